import * as z from 'zod/mini';
import type { CleanJson } from '../../context/clean.ts';
import { asSchema } from '../../context/trusted.ts';
import { objectIn } from '../../util/json.ts';

/** Keywords that strict mode doesn't support; answers are still validated against them. */
const unsupported = new Set([
  '$schema',
  'default',
  'format',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
]);

/**
 * A zod schema as strict structured output requires it: closed objects with all keys required, `null` for optional
 * values, and no unsupported keyword.
 */
export function toStrictSchema(schema: z.ZodMiniType): CleanJson {
  const json: unknown = z.toJSONSchema(schema, { target: 'draft-7', io: 'output' });
  return asSchema(objectIn(strict(json)) ?? {});
}

function strict(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(strict);
  }
  const object = objectIn(node);
  if (!object) {
    return node;
  }
  const kept = Object.entries(object).filter(([key]) => !unsupported.has(key));
  const properties = objectIn(object['properties']);
  if (object['type'] !== 'object' || !properties) {
    return Object.fromEntries(kept.map(([key, value]) => [key, strict(value)]));
  }
  return {
    ...Object.fromEntries(kept.map(([key, value]) => [key, key === 'properties' ? value : strict(value)])),
    properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, strict(value)])),
    required: Object.keys(properties),
    additionalProperties: false,
  };
}
