import { objectIn, textIn, type JsonObject } from '../../util/json.ts';

/** References that lead on and on are taken for a circle. */
const maxHops = 64;

/** What is wrong with a schema, in words. */
export class SchemaError extends Error {}

/** The schema that a reference means; throws a `SchemaError` where it leads nowhere. */
export function definitionIn(root: JsonObject, ref: string): unknown {
  const [, keyword = '', name = ''] = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(ref) ?? [];
  const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
  const definitions = objectIn(root[keyword]) ?? {};
  if (ref !== '#' && !Object.hasOwn(definitions, key)) {
    throw new SchemaError(`"${ref}" leads nowhere: only "#" and what stands in "$defs" can be meant.`);
  }
  return ref === '#' ? root : definitions[key];
}

/** The schema, or what it refers to, through references to references. */
export function targetOf(root: JsonObject, schema: JsonObject): JsonObject {
  let target = schema;
  for (let hops = 0; hops < maxHops; hops += 1) {
    const ref = textIn(target['$ref']);
    if (ref === undefined) {
      return target;
    }
    target = objectIn(definitionIn(root, ref)) ?? {};
  }
  throw new SchemaError('A "$ref" refers to itself.');
}
