import { isObject, listOf, numberOf, objectOf, textOf, textsOf } from './json.ts';
import type { JsonObject } from './json.ts';

/** One message with its text parts joined. */
export interface ChatMessage {
  readonly role: string;
  readonly text: string;
  readonly hasImage: boolean;
  readonly hasFile: boolean;
}

/** A function that the answer may call. */
export interface OfferedTool {
  readonly name: string;
  readonly parameters: JsonObject;
  readonly strict: boolean;
}

/** Which tool the answer has to call. */
export type ToolChoice = 'none' | 'auto' | 'required' | { readonly name: string };

/** The form that the answer's text must have. */
export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly name: string;
      readonly schema: JsonObject;
      readonly strict: boolean;
    };

/** A valid request, reduced to what the simulator acts on. */
export interface ChatRequest {
  readonly body: JsonObject;
  /** The models to try, in order; never empty. */
  readonly models: readonly string[];
  readonly messages: readonly ChatMessage[];
  readonly stream: boolean;
  readonly maxTokens: number | undefined;
  readonly stop: readonly string[];
  readonly tools: readonly OfferedTool[];
  /** A server tool or plugin that searches the web was asked for. */
  readonly searchesWeb: boolean;
  readonly toolChoice: ToolChoice;
  readonly format: ResponseFormat;
  readonly reasoning: JsonObject;
  readonly provider: JsonObject;
}

/** The account's default model, for requests that name none. */
const defaultModel = 'openrouter/auto';

/** Reads a body that has passed `requestProblem`. */
export function readChatRequest(body: JsonObject): ChatRequest {
  const chain = [textOf(body.model), ...textsOf(body.models)].filter((model) => model !== undefined);
  const stop = body.stop;
  return {
    body,
    models: chain.length === 0 ? [defaultModel] : [...new Set(chain)],
    messages: listOf(body.messages).map((message) => readMessage(objectOf(message))),
    stream: body.stream === true,
    maxTokens: numberOf(body.max_completion_tokens) ?? numberOf(body.max_tokens),
    stop: typeof stop === 'string' ? [stop] : textsOf(stop),
    tools: readTools(body),
    searchesWeb: searchesWeb(body),
    toolChoice: readToolChoice(body.tool_choice),
    format: readFormat(objectOf(body.response_format)),
    reasoning: readReasoning(body),
    provider: objectOf(body.provider),
  };
}

/** The text of the newest message of the user, where markers and questions are looked for. */
export function lastUserText(request: ChatRequest): string {
  return request.messages.findLast((message) => message.role === 'user')?.text ?? '';
}

function readMessage(message: JsonObject): ChatMessage {
  const content = message.content;
  const parts = listOf(content).map(objectOf);
  const texts = parts.map((part) => textOf(part.text)).filter((text) => text !== undefined);
  return {
    role: textOf(message.role) ?? '',
    text: typeof content === 'string' ? content : texts.join('\n\n'),
    hasImage: parts.some((part) => part.type === 'image_url'),
    hasFile: parts.some((part) => part.type === 'file'),
  };
}

function readTools(body: JsonObject): readonly OfferedTool[] {
  return listOf(body.tools)
    .map(objectOf)
    .filter((tool) => tool.type === 'function')
    .map((tool) => {
      const declared = objectOf(tool.function);
      return {
        name: textOf(declared.name) ?? '',
        parameters: objectOf(declared.parameters),
        strict: declared.strict === true,
      };
    });
}

function searchesWeb(body: JsonObject): boolean {
  const types = listOf(body.tools).map((tool) => objectOf(tool).type);
  const plugins = listOf(body.plugins).map((plugin) => objectOf(plugin));
  return (
    types.includes('openrouter:web_search') ||
    plugins.some((plugin) => plugin.id === 'web' && plugin.enabled !== false)
  );
}

function readToolChoice(choice: unknown): ToolChoice {
  if (choice === 'none' || choice === 'required') return choice;
  const name = isObject(choice) ? textOf(objectOf(choice.function).name) : undefined;
  return name === undefined ? 'auto' : { name };
}

function readFormat(format: JsonObject): ResponseFormat {
  if (format.type === 'json_object') return { type: 'json_object' };
  if (format.type !== 'json_schema') return { type: 'text' };
  const declared = objectOf(format.json_schema);
  return {
    type: 'json_schema',
    name: textOf(declared.name) ?? '',
    schema: objectOf(declared.schema),
    strict: declared.strict === true,
  };
}

function readReasoning(body: JsonObject): JsonObject {
  const effort = textOf(body.reasoning_effort);
  return { ...(effort === undefined ? {} : { effort }), ...objectOf(body.reasoning) };
}
