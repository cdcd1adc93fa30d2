import type { ToolCall } from '../../conversation/part.ts';
import { numberIn, objectIn, textIn, type JsonObject } from '../../util/json.ts';

/**
 * Joins tool-call fragments: by index, else by id, else to the last call. Names and ids arrive once; arguments grow.
 */
export function mergeToolCalls(
  calls: readonly IndexedCall[],
  fragments: readonly JsonObject[],
): readonly IndexedCall[] {
  let merged = calls;
  for (const fragment of fragments) {
    const at = placeOf(merged, fragment);
    const grown = joined(merged[at], fragment);
    merged = at < 0 ? [...merged, grown] : merged.with(at, grown);
  }
  return merged;
}

/** A partial tool call. */
export interface IndexedCall extends Omit<ToolCall, 'id'> {
  readonly id?: string;
  readonly index?: number;
}

/**
 * The calls as whoever runs them takes them: without what only the stream needs, with arguments that are JSON, and each
 * with an id of its own, because some providers leave it out or give it twice.
 */
export function completeCalls(calls: readonly IndexedCall[]): readonly ToolCall[] {
  const ids = new Set<string>();
  return calls
    .filter(({ name }) => name !== '')
    .map(({ index: _index, id = '', name, arguments: json }, at) => {
      const own = id === '' || ids.has(id) ? `call_${String(at)}_${name}` : id;
      ids.add(own);
      return { id: own, name, arguments: json.trim() === '' ? '{}' : json };
    });
}

function placeOf(calls: readonly IndexedCall[], fragment: JsonObject): number {
  const index = numberIn(fragment['index']);
  if (index !== undefined) {
    return calls.findIndex((call) => call.index === index);
  }
  const id = textIn(fragment['id']);
  return id === undefined ? calls.length - 1 : calls.findIndex((call) => call.id === id);
}

function joined(call: IndexedCall | undefined, fragment: JsonObject): IndexedCall {
  const part = objectIn(fragment['function']);
  const [id, index] = [call?.id ?? textIn(fragment['id']), call?.index ?? numberIn(fragment['index'])];
  return {
    ...(id !== undefined && { id }),
    ...(index !== undefined && { index }),
    name: call?.name !== undefined && call.name !== '' ? call.name : (textIn(part?.['name']) ?? ''),
    arguments: (call?.arguments ?? '') + argumentsIn(part?.['arguments']),
  };
}

/** Some providers send the arguments as a whole object. */
function argumentsIn(value: unknown): string {
  return typeof value === 'string' ? value : objectIn(value) ? JSON.stringify(value) : '';
}
