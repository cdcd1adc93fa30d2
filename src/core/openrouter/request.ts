import type { ChatPlugin } from '../conversation/chatPlugin.ts';
import type { ChatRequest } from '../conversation/chatModel.ts';
import { mediaOf } from '../conversation/message.ts';
import type { ReasoningEffort } from '../model/model.ts';
import { toWireMessages, type WireMessage } from './requestMessages.ts';
import {
  hasSome,
  maxTokensOf,
  reasoningEffortOf,
  searchesWeb,
  temperatureOf,
  type RequestReader,
} from './requestRules.ts';

/** A function of ours, or a tool that OpenRouter runs itself. */
type WireTool =
  | {
      readonly type: 'function';
      readonly function: {
        readonly name: string;
        readonly description?: string;
        readonly parameters?: Readonly<Record<string, unknown>>;
        readonly strict?: boolean;
      };
    }
  | { readonly type: 'openrouter:web_search' | 'openrouter:web_fetch' | 'openrouter:datetime' };

/** The body of `POST /chat/completions`, in the service's own names. */
export interface ChatBody {
  readonly model: string;
  readonly models?: readonly string[];
  readonly messages: readonly WireMessage[];
  readonly stream: boolean;
  /** OpenRouter reports the usage anyway; other servers want to be asked. */
  readonly stream_options?: { readonly include_usage: true };
  readonly max_tokens: number;
  readonly reasoning?: { readonly effort: ReasoningEffort };
  readonly temperature?: number;
  readonly session_id?: string;
  readonly tools?: readonly WireTool[];
  readonly tool_choice?: string | { readonly type: 'function'; readonly function: { readonly name: string } };
  readonly parallel_tool_calls?: boolean;
  readonly plugins?: readonly ChatPlugin[];
  readonly response_format?:
    | { readonly type: 'json_object' }
    | {
        readonly type: 'json_schema';
        readonly json_schema: {
          readonly name: string;
          readonly strict: true;
          readonly schema: Readonly<Record<string, unknown>>;
        };
      };
  readonly provider?: { readonly require_parameters: true };
}

/**
 * Turns a request of ours into the body that the service takes. What the reader does not know is not in it; a body for
 * a server that is not OpenRouter has OpenAI's fields only.
 */
export function toChatBody(request: ChatRequest, reader: RequestReader = { kind: 'openrouter' }): ChatBody {
  const streams = request.stream !== false;
  return {
    model: request.model,
    ...(reader.kind === 'openrouter' &&
      hasSome(request.fallbackModels) && { models: request.fallbackModels }),
    messages: toWireMessages(request, reader),
    stream: streams,
    ...(streams && { stream_options: { include_usage: true } }),
    max_tokens: maxTokensOf(request, reader),
    ...samplingOf(request, reader),
    ...toolsOf(request, reader),
    ...formatOf(request),
    ...(reader.kind === 'openrouter' && openRouterFields(request)),
  };
}

function samplingOf(
  request: ChatRequest,
  reader: RequestReader,
): Pick<ChatBody, 'reasoning' | 'temperature'> {
  const effort = reasoningEffortOf(request, reader);
  const temperature = temperatureOf(request, reader);
  return {
    ...(effort && { reasoning: { effort } }),
    ...(temperature === undefined ? {} : { temperature }),
  };
}

const serverTools = [
  { type: 'openrouter:web_search' },
  { type: 'openrouter:web_fetch' },
  { type: 'openrouter:datetime' },
] as const satisfies readonly WireTool[];

function toolsOf(
  request: ChatRequest,
  reader: RequestReader,
): Pick<ChatBody, 'tools' | 'tool_choice' | 'parallel_tool_calls'> {
  const { toolChoice: choice, parallelToolCalls: parallel } = request;
  const own = (request.tools ?? []).map((tool) => ({ type: 'function', function: tool }) as const);
  const tools = [...own, ...(searchesWeb(request, reader) ? serverTools : [])];
  if (tools.length === 0) {
    return {};
  }
  return {
    tools,
    ...(choice !== undefined && {
      tool_choice:
        typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } },
    }),
    ...(parallel === undefined ? {} : { parallel_tool_calls: parallel }),
  };
}

function formatOf({ schema, json }: ChatRequest): Pick<ChatBody, 'response_format'> {
  if (schema) {
    return { response_format: { type: 'json_schema', json_schema: { strict: true, ...schema } } };
  }
  return json === true ? { response_format: { type: 'json_object' } } : {};
}

/** What only OpenRouter understands. */
function openRouterFields(request: ChatRequest): Pick<ChatBody, 'session_id' | 'plugins' | 'provider'> {
  const plugins = pluginsOf(request);
  return {
    // The body is the key of the response cache, so what is different in every chat goes into a header there.
    ...(request.sessionId !== undefined &&
      request.responseCache === undefined && { session_id: request.sessionId }),
    ...(plugins.length > 0 && { plugins }),
    // Without it a provider that cannot hold to the schema may answer in prose.
    ...(request.schema && { provider: { require_parameters: true } }),
  };
}

/** The wished plugins as far as they apply, and the one that reads documents where there is one to read. */
function pluginsOf(request: ChatRequest): readonly ChatPlugin[] {
  const mendsJson = request.stream === false && (request.schema !== undefined || request.json === true);
  const wished = (request.plugins ?? []).filter(({ id }) => id !== 'response-healing' || mendsJson);
  const sendsFile = request.messages.some((message) => mediaOf(message).some(({ type }) => type === 'file'));
  const parses = wished.some(({ id }) => id === 'file-parser');
  return sendsFile && !parses ? [...wished, { id: 'file-parser' }] : wished;
}
