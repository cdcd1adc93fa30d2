import type { JsonObject } from '../util/json.ts';
import type { CleanJson, CleanText } from './clean.ts';

// What may leave the machine without a `Cleaner`, each with its reason. `.ci/dependency-cruiser.cjs` lists the few
// files that may use it.

/** Text written by a model, or derived from it. */
export function fromModel(text: string): CleanText {
  return text as CleanText;
}

/** Text of a saved chat: only clean text is ever saved. */
export function asSaved(text: string): CleanText {
  return text as CleanText;
}

/** A JSON Schema from our own source or made from a clean text. */
export function asSchema(schema: JsonObject): CleanJson {
  return schema as CleanJson;
}
