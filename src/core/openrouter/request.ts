import { renderContextItem } from '../context/contextItem.ts';
import {
  contextOf,
  reasoningOf,
  textOf,
  type AssistantMessage,
  type Message,
} from '../conversation/message.ts';
import type { ChatRequest } from '../conversation/chatModel.ts';
import type { Routing } from '../model/routing.ts';

/** One message as the service takes it. */
interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  readonly reasoning?: string;
  readonly reasoning_details?: readonly unknown[];
}

/** The body of `POST /chat/completions`, in the service's own names. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly WireMessage[];
  readonly stream: true;
  /** OpenRouter reports the usage anyway; other servers want to be asked. */
  readonly stream_options: { readonly include_usage: true };
  readonly max_tokens: number;
  readonly session_id?: string;
  readonly response_format?: {
    readonly type: 'json_schema';
    readonly json_schema: {
      readonly name: string;
      readonly strict: true;
      readonly schema: Readonly<Record<string, unknown>>;
    };
  };
  readonly models?: readonly string[];
  readonly provider?: Routing;
  readonly reasoning?: { readonly effort: string };
  readonly temperature?: number;
  readonly tools?: readonly { readonly type: string }[];
}

/** What the service itself runs for a model, when the user lets it search the web. */
const webTools = [
  { type: 'openrouter:web_search' },
  { type: 'openrouter:web_fetch' },
  { type: 'openrouter:datetime' },
];

/** Turns a request of ours into the body that the service takes. */
export function toChatBody(request: ChatRequest): ChatBody {
  return {
    model: request.model,
    messages: [
      { role: 'system', content: request.system },
      ...request.messages.flatMap((message) => toWireMessage(message) ?? []),
    ],
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: request.maxTokens,
    ...toParameters(request),
    ...(request.sessionId === undefined ? {} : { session_id: request.sessionId }),
    ...(request.schema && {
      response_format: { type: 'json_schema', json_schema: { strict: true, ...request.schema } },
    }),
  };
}

/** What the user has set beyond the model and the length. */
function toParameters(request: ChatRequest): Partial<ChatBody> {
  const { fallbackModels = [], temperature, reasoningEffort, webSearch, schema } = request;
  // Without it a provider that cannot hold to the schema may answer in prose.
  const provider = { ...request.routing, ...(schema && { require_parameters: true }) };
  return {
    ...(fallbackModels.length > 0 && { models: fallbackModels }),
    ...(Object.keys(provider).length > 0 && { provider }),
    ...(reasoningEffort !== undefined && { reasoning: { effort: reasoningEffort } }),
    ...(temperature !== undefined && { temperature }),
    ...(webSearch === true && !schema && { tools: webTools }),
  };
}

/** The headers of a request that its settings ask for. */
export function toHeaders({ responseCache, fresh }: ChatRequest): Readonly<Record<string, string>> {
  if (responseCache !== true) {
    return {};
  }
  return fresh === true ? { 'X-OpenRouter-Cache-Clear': 'true' } : { 'X-OpenRouter-Cache': 'true' };
}

function toWireMessage(message: Message): WireMessage | undefined {
  return message.role === 'user' ? toUserMessage(message) : toAssistantMessage(message);
}

/** The context comes before the question, so that the words to answer are the last ones read. */
function toUserMessage(message: Message): WireMessage {
  const context = contextOf(message).map(renderContextItem);
  return { role: 'user', content: [...context, textOf(message)].join('\n\n') };
}

/** Reasoning goes back unchanged, because providers check its signatures. An answer that never began is left out. */
function toAssistantMessage(message: AssistantMessage): WireMessage | undefined {
  const content = textOf(message);
  if (content === '') {
    return undefined;
  }
  const details = message.answer.reasoningDetails;
  if (details !== undefined && details.length > 0) {
    return { role: 'assistant', content, reasoning_details: details };
  }
  const reasoning = reasoningOf(message);
  return { role: 'assistant', content, ...(reasoning === '' ? {} : { reasoning }) };
}
