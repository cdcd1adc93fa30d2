import type { ToolCall } from '../../conversation/part.ts';
import { numberIn, objectIn, objectsIn, parseJson, textIn, type JsonObject } from '../../util/json.ts';

/**
 * Joins tool-call fragments: by index, else by id, else to the last call. Names and ids arrive once; arguments grow. A
 * provider may give all its calls the same index, and say a complete call once more.
 */
export function mergeToolCalls(
  calls: readonly IndexedCall[],
  fragments: readonly JsonObject[],
): readonly IndexedCall[] {
  let merged = calls;
  for (const fragment of fragments) {
    const at = placeOf(merged, fragment);
    const call = merged[at];
    if (!call || isAnother(call, fragment)) {
      merged = [...merged, joined(undefined, fragment)];
    } else if (!isSaidAgain(call, fragment)) {
      merged = merged.with(at, joined(call, fragment));
    }
  }
  return merged;
}

/** The fragments in a delta: a list, a single one, or the only call of servers from before there were tools. */
export function fragmentsIn(delta: JsonObject): readonly JsonObject[] {
  const calls = delta['tool_calls'];
  const only = objectIn(calls);
  const legacy = objectIn(delta['function_call']);
  return only ? [only] : [...objectsIn(calls), ...(legacy ? [{ index: 0, function: legacy }] : [])];
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
    return calls.findLastIndex((call) => call.index === index);
  }
  const id = textIn(fragment['id']);
  return id === undefined ? calls.length - 1 : calls.findIndex((call) => call.id === id);
}

/** Whether a fragment begins a call of its own, though its place is that of another. */
function isAnother(call: IndexedCall, fragment: JsonObject): boolean {
  const [id, name] = [textIn(fragment['id']), nameIn(fragment)];
  if (name === undefined || call.name === '' || isSaidAgain(call, fragment)) {
    return false;
  }
  return id !== undefined && call.id !== undefined ? id !== call.id : isComplete(call);
}

function isSaidAgain(call: IndexedCall, fragment: JsonObject): boolean {
  const id = textIn(fragment['id']);
  return (
    nameIn(fragment) === call.name &&
    (id === undefined || id === call.id) &&
    argumentsOf(fragment) === call.arguments &&
    isComplete(call)
  );
}

function isComplete(call: IndexedCall): boolean {
  return /\}\s*$/.test(call.arguments.slice(-20)) && objectIn(parseJson(call.arguments)) !== undefined;
}

function nameIn(fragment: JsonObject): string | undefined {
  return textIn(objectIn(fragment['function'])?.['name']);
}

function argumentsOf(fragment: JsonObject): string {
  return argumentsIn(objectIn(fragment['function'])?.['arguments']);
}

function joined(call: IndexedCall | undefined, fragment: JsonObject): IndexedCall {
  const [id, index] = [call?.id ?? textIn(fragment['id']), call?.index ?? numberIn(fragment['index'])];
  return {
    ...(id !== undefined && { id }),
    ...(index !== undefined && { index }),
    name: call?.name !== undefined && call.name !== '' ? call.name : (nameIn(fragment) ?? ''),
    arguments: (call?.arguments ?? '') + argumentsOf(fragment),
  };
}

/** Some providers send the arguments as a whole object. */
function argumentsIn(value: unknown): string {
  return typeof value === 'string' ? value : objectIn(value) ? JSON.stringify(value) : '';
}
