import type { JsonObject } from './json.ts';
import { isObject, listOf, objectOf, textOf } from './json.ts';

const roles = new Set(['system', 'developer', 'user', 'assistant', 'tool']);
const partTypes = new Set(['text', 'image_url', 'input_audio', 'file', 'video_url', 'input_video']);
const efforts = new Set(['max', 'xhigh', 'high', 'medium', 'low', 'minimal', 'none']);
const formats = new Set(['text', 'json_object', 'json_schema', 'grammar', 'python']);

/** Inclusive bounds of the sampling parameters. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  temperature: [0, 2],
  top_p: [0, 1],
  top_k: [0, Infinity],
  min_p: [0, 1],
  top_a: [0, 1],
  frequency_penalty: [-2, 2],
  presence_penalty: [-2, 2],
  repetition_penalty: [0, 2],
  top_logprobs: [0, 20],
  max_tokens: [1, Infinity],
  max_completion_tokens: [1, Infinity],
};

/** Why the service would answer 400 to this body, or undefined when it is well formed. */
export function requestProblem(body: JsonObject): string | undefined {
  return (
    messagesProblem(body) ??
    rangeProblem(body) ??
    modelProblem(body) ??
    toolsProblem(body) ??
    formatProblem(body) ??
    reasoningProblem(body) ??
    metadataProblem(body)
  );
}

function messagesProblem(body: JsonObject): string | undefined {
  const messages = listOf(body.messages);
  if (messages.length === 0) return 'Input required: specify "messages"';
  const open = new Set<string>();
  for (const [position, message] of messages.entries()) {
    const path = `messages[${String(position)}]`;
    if (!isObject(message)) return `${path}: expected an object`;
    const problem = messageProblem(message, path) ?? resultProblem(message, path, open);
    if (problem !== undefined) return problem;
    for (const call of listOf(message.tool_calls)) open.add(textOf(objectOf(call).id) ?? '');
  }
  if (open.size > 0)
    return `An assistant message with tool_calls must be followed by a result for ${[...open].join(', ')}`;
  return undefined;
}

function messageProblem(message: JsonObject, path: string): string | undefined {
  const role = textOf(message.role);
  if (role === undefined || !roles.has(role)) return `${path}.role: invalid value`;
  const content = message.content;
  const mayBeAbsent = role === 'assistant';
  if (content === null || content === undefined) return mayBeAbsent ? undefined : `${path}.content: required`;
  if (typeof content === 'string') return undefined;
  if (!Array.isArray(content)) return `${path}.content: expected a string or an array`;
  const wrong = content.findIndex((part) => !partTypes.has(textOf(objectOf(part).type) ?? ''));
  return wrong === -1 ? undefined : `${path}.content[${String(wrong)}].type: invalid value`;
}

/** A result must answer an open call, and nothing but results may follow until every call has one. */
function resultProblem(message: JsonObject, path: string, open: Set<string>): string | undefined {
  if (message.role !== 'tool') {
    return open.size > 0 ? `${path}: tool_calls without a result: ${[...open].join(', ')}` : undefined;
  }
  const id = textOf(message.tool_call_id);
  if (id === undefined) return `${path}.tool_call_id: required`;
  return open.delete(id) ? undefined : `${path}: no tool call has the id ${id}`;
}

function rangeProblem(body: JsonObject): string | undefined {
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'number') return `${name}: expected a number`;
    if (value < least || value > most) return `${name}: ${String(value)} is out of range`;
    if (name.startsWith('max_') && !Number.isInteger(value)) return `${name}: expected an integer`;
  }
  const stop = body.stop;
  return Array.isArray(stop) && stop.length > 4 ? 'stop: at most 4 sequences' : undefined;
}

function modelProblem(body: JsonObject): string | undefined {
  const { model, models, stream, provider } = body;
  if (model !== undefined && (typeof model !== 'string' || model === '')) return 'model: expected a string';
  if (models !== undefined && !isTextList(models)) return 'models: expected an array of strings';
  if (stream !== undefined && stream !== null && typeof stream !== 'boolean')
    return 'stream: expected a boolean';
  if (provider === undefined || provider === null) return undefined;
  if (!isObject(provider)) return 'provider: expected an object';
  const wrong = ['order', 'only', 'ignore', 'quantizations'].find((name) => {
    return provider[name] !== undefined && provider[name] !== null && !isTextList(provider[name]);
  });
  return wrong === undefined ? undefined : `provider.${wrong}: expected an array of strings`;
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function toolsProblem(body: JsonObject): string | undefined {
  const { tools, messages } = body;
  const carriesResults = listOf(messages).some((message) => objectOf(message).role === 'tool');
  if (tools === undefined || tools === null) {
    return carriesResults ? 'tools: required in every request that carries tool results' : undefined;
  }
  if (!Array.isArray(tools)) return 'tools: expected an array';
  const wrong = tools.findIndex((tool) => {
    const { type, function: declared } = objectOf(tool);
    if (type !== 'function') return typeof type !== 'string';
    return !/^[a-zA-Z0-9_-]{1,64}$/.test(textOf(objectOf(declared).name) ?? '');
  });
  return wrong === -1
    ? undefined
    : `tools[${String(wrong)}]: expected a function with a name of a-z, A-Z, 0-9, _ and -`;
}

function formatProblem(body: JsonObject): string | undefined {
  const format = body.response_format;
  if (format === undefined || format === null) return undefined;
  const type = textOf(objectOf(format).type);
  if (type === undefined || !formats.has(type)) return 'response_format.type: invalid value';
  if (type !== 'json_schema') return undefined;
  const declared = objectOf(objectOf(format).json_schema);
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(textOf(declared.name) ?? '')) {
    return 'response_format.json_schema.name: expected 1 to 64 characters of a-z, A-Z, 0-9, _ and -';
  }
  return isObject(declared.schema) ? undefined : 'response_format.json_schema.schema: expected an object';
}

function reasoningProblem(body: JsonObject): string | undefined {
  const { reasoning, reasoning_effort: shorthand } = body;
  if (reasoning !== undefined && reasoning !== null && !isObject(reasoning))
    return 'reasoning: expected an object';
  const { effort, max_tokens: budget } = objectOf(reasoning);
  const wrong = [effort, shorthand].find(
    (value) => value !== undefined && value !== null && !efforts.has(textOf(value) ?? ''),
  );
  if (wrong !== undefined) return `reasoning.effort: ${JSON.stringify(wrong)} is not an effort`;
  if (typeof effort === 'string' && typeof budget === 'number') {
    return 'Only one of "reasoning.effort" and "reasoning.max_tokens" can be specified';
  }
  if (typeof effort === 'string' && typeof shorthand === 'string' && effort !== shorthand) {
    return '"reasoning_effort" contradicts "reasoning.effort"';
  }
  return undefined;
}

function metadataProblem(body: JsonObject): string | undefined {
  const { metadata, session_id: session } = body;
  if (typeof session === 'string' && session.length > 256) return 'session_id: at most 256 characters';
  if (metadata === undefined || metadata === null) return undefined;
  const pairs = Object.entries(objectOf(metadata));
  if (!isObject(metadata) || pairs.length > 16) return 'metadata: at most 16 pairs';
  const wrong = pairs.find(
    ([key, value]) => key.length > 64 || typeof value !== 'string' || value.length > 512,
  );
  return wrong === undefined
    ? undefined
    : `metadata.${wrong[0]}: expected a string of at most 512 characters`;
}
