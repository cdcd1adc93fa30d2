import { textIn, type JsonObject } from '../../util/json.ts';

/** Fields that grow with each fragment; others are taken as they are. */
const growing = ['text', 'summary', 'data'] as const;

/**
 * Joins `reasoning_details` fragments into the items that the next turn must return unmodified: by index and type,
 * growing fields concatenated, signatures and ids taken when present, in order of first appearance.
 */
export function mergeReasoningDetails(
  items: readonly JsonObject[],
  fragments: readonly JsonObject[],
): readonly JsonObject[] {
  let merged = items;
  for (const fragment of fragments) {
    const at = merged.findLastIndex((item) => belongsTo(item, fragment));
    const item = merged[at];
    merged = item ? merged.with(at, joined(item, fragment)) : [...merged, fragment];
  }
  return merged;
}

/** A fragment without an index continues the last item of its type, unless that has an index or another id. */
function belongsTo(item: JsonObject, fragment: JsonObject): boolean {
  const [id, other] = [textIn(item['id']), textIn(fragment['id'])];
  const sameId = id === undefined || other === undefined || id === other;
  return (
    item['type'] === fragment['type'] &&
    (item['index'] ?? undefined) === (fragment['index'] ?? undefined) &&
    sameId
  );
}

function joined(item: JsonObject, fragment: JsonObject): JsonObject {
  const present = Object.entries(fragment).filter(([, value]) => value !== null && value !== undefined);
  const result: Record<string, unknown> = { ...item, ...Object.fromEntries(present) };
  for (const field of growing) {
    const [before, more] = [textIn(item[field]), textIn(fragment[field])];
    if (before !== undefined) {
      result[field] = before + (more ?? '');
    }
  }
  return result;
}
