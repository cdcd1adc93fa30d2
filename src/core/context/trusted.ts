import type { JsonObject } from '../util/json.ts';
import type { CleanJson, CleanText } from './clean.ts';

// What may leave the machine without a `Cleaner` having seen it, each with its reason. `.ci/dependency-cruiser.cjs`
// lists the few files that may say so.

/** Words of a model, or made from them: they were written there, from what had been sent. */
export function fromModel(text: string): CleanText {
  return text as CleanText;
}

/** Text of a chat that this extension has saved: only what was clean when it was asked or answered is ever saved. */
export function asSaved(text: string): CleanText {
  return text as CleanText;
}

/** A JSON Schema that is written in our own source, or made from a clean text. */
export function asSchema(schema: JsonObject): CleanJson {
  return schema as CleanJson;
}
