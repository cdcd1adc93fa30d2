import type { ChatPlugin } from '../../conversation/generation/chatPlugin.ts';
import type { AnswerForm, AnswerSchema, ChatRequest } from '../../conversation/generation/chatModel.ts';
import { maxWebCalls } from '../../conversation/generation/extraCost.ts';
import type { ChatTool } from '../../conversation/generation/chatTool.ts';
import { jsonText, prose, verbatim, type CleanText } from '../../context/clean.ts';
import { mediaOf } from '../../conversation/message.ts';
import { routersIn } from '../../model/autoRouter.ts';
import { wireFields, type RequestFields } from '../../model/requestFields.ts';
import type { Routing } from '../../model/routing.ts';
import { toWireMessages, type WireMessage } from './requestMessages.ts';
import type { ServerKind } from '../../model/server.ts';

/** One of our functions, or a tool that OpenRouter runs itself. */
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

/** The body of `POST /chat/completions`, by the service's own names. */
export interface ChatBody {
  readonly model: string;
  readonly models?: readonly string[];
  readonly messages: readonly WireMessage[];
  readonly stream: boolean;
  /** OpenRouter always reports usage; other servers must be asked. */
  readonly stream_options?: { readonly include_usage: true };
  readonly max_tokens: number;
  readonly temperature?: number;
  readonly top_p?: number;
  readonly reasoning?: { readonly effort: string };
  readonly provider?: Routing;
  readonly session_id?: string;
  readonly tools?: readonly WireTool[];
  readonly tool_choice?: string | { readonly type: 'function'; readonly function: { readonly name: string } };
  readonly parallel_tool_calls?: boolean;
  /** How many tools OpenRouter may run for one answer. */
  readonly max_tool_calls?: number;
  readonly plugins?: readonly ChatPlugin[];
  readonly debug?: { readonly echo_upstream_body: true };
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
}

/** Converts our request to the service's body. Servers other than OpenRouter get only OpenAI's fields. */
export function toChatBody(request: ChatRequest, kind: ServerKind = 'openrouter'): ChatBody {
  const form = formOf(request, kind);
  const streams = request.stream !== false && !(kind === 'openrouter' && heals(request, form));
  const { temperature, topP } = request;
  return {
    // First, so that none can take the place of another.
    ...advancedFields(request, kind),
    model: request.model,
    messages: toWireMessages({ ...request, system: systemOf(request, form) }, kind),
    stream: streams,
    ...(streams && { stream_options: { include_usage: true } }),
    max_tokens: request.maxTokens,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...toolsOf(request, kind, form),
    ...formatOf(request, form),
    ...(kind === 'openrouter' && openRouterFields(request, form)),
  };
}

function advancedFields({ fields, schema }: ChatRequest, kind: ServerKind): RequestFields {
  return wireFields(fields, { isOpenRouter: kind === 'openrouter', isStructured: schema !== undefined });
}

/** The service repairs only JSON that comes as text, and in one piece. */
function heals({ responseHealing }: ChatRequest, form: AnswerForm | undefined): boolean {
  return responseHealing === true && (form === 'format' || form === 'json');
}

/** Only OpenRouter says which models support which form. */
function formOf({ schema }: ChatRequest, kind: ServerKind): AnswerForm | undefined {
  return schema && (kind === 'openrouter' ? (schema.form ?? 'format') : 'format');
}

function systemOf({ system, schema }: ChatRequest, form: AnswerForm | undefined): CleanText {
  if (!schema || form !== 'json') {
    return system;
  }
  const wish = prose`Answer with one JSON object and nothing else, without a fence around it. It must fit this JSON Schema:`;
  return verbatim`${system}\n\n${wish}\n${jsonText(schema.schema)}`;
}

function formatOf(
  { schema: asked }: ChatRequest,
  form: AnswerForm | undefined,
): Pick<ChatBody, 'response_format'> {
  if (!asked || form === undefined || form === 'tool') {
    return {};
  }
  const { name, schema } = asked;
  return {
    response_format:
      form === 'json'
        ? { type: 'json_object' }
        : { type: 'json_schema', json_schema: { strict: true, name, schema } },
  };
}

const serverTools = [
  { type: 'openrouter:web_search' },
  { type: 'openrouter:web_fetch' },
  { type: 'openrouter:datetime' },
] as const satisfies readonly WireTool[];

function toolsOf(
  request: ChatRequest,
  kind: ServerKind,
  form: AnswerForm | undefined,
): Pick<ChatBody, 'tools' | 'tool_choice' | 'parallel_tool_calls' | 'max_tool_calls'> {
  const { parallelToolCalls: parallel } = request;
  const answer = form === 'tool' && request.schema ? [answerTool(request.schema)] : [];
  const choice = answer[0] ?? request.toolChoice;
  const own = [...(request.tools ?? []), ...answer].map(
    (tool) => ({ type: 'function', function: tool }) as const,
  );
  // A structured answer is based only on the request.
  const searches = request.webSearch === true && kind === 'openrouter' && !request.schema;
  const tools = [...own, ...(searches ? serverTools : [])];
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
    // What the web may cost is estimated by it.
    ...(searches && { max_tool_calls: maxWebCalls }),
  };
}

/** The tool whose arguments are the answer. */
function answerTool({ name, schema }: AnswerSchema): ChatTool {
  return { name, description: verbatim`Takes the answer, complete.`, parameters: schema };
}

/** What only OpenRouter understands. */
function openRouterFields(
  request: ChatRequest,
  form: AnswerForm | undefined,
): Pick<ChatBody, 'models' | 'provider' | 'reasoning' | 'session_id' | 'plugins' | 'debug'> {
  const { fallbackModels = [], reasoningEffort: effort, sessionId, responseCache } = request;
  // Without it, a provider that can't enforce the schema may answer in prose.
  const provider = { ...request.routing, ...(form === 'format' && { require_parameters: true }) };
  const plugins = pluginsOf(request, form);
  // Some providers can't reason before a required tool call.
  const thinks = effort !== undefined && (form !== 'tool' || effort === 'none');
  return {
    ...(fallbackModels.length > 0 && { models: fallbackModels }),
    ...(Object.keys(provider).length > 0 && { provider }),
    ...(thinks && { reasoning: { effort } }),
    // The body is the response cache's key, so values that differ between chats go into a header.
    ...(sessionId !== undefined && responseCache !== true && { session_id: sessionId }),
    ...(plugins.length > 0 && { plugins }),
    ...(request.echoUpstream === true && { debug: { echo_upstream_body: true as const } }),
  };
}

/** The requested plugins that apply, with those that the settings and an attached document call for. */
function pluginsOf(request: ChatRequest, form: AnswerForm | undefined): readonly ChatPlugin[] {
  const mendsJson =
    (request.stream === false || heals(request, form)) && (form === 'format' || form === 'json');
  const wished = [...settingPlugins(request, form), ...(request.plugins ?? [])].filter(
    ({ id }) => id !== 'response-healing' || mendsJson,
  );
  const sendsFile = request.messages.some((message) => mediaOf(message).some(({ type }) => type === 'file'));
  const parses = wished.some(({ id }) => id === 'file-parser');
  return sendsFile && !parses ? [...wished, { id: 'file-parser' }] : wished;
}

function settingPlugins(request: ChatRequest, form: AnswerForm | undefined): readonly ChatPlugin[] {
  const { model, fallbackModels = [], contextCompression: compress, autoRouter } = request;
  // Code that is missing from its middle can't be edited.
  const compression: readonly ChatPlugin[] =
    compress === false
      ? [{ id: 'context-compression', enabled: false }]
      : compress === true && !request.schema
        ? [{ id: 'context-compression', engine: 'middle-out' }]
        : [];
  const routers = autoRouter ? routersIn([model, ...fallbackModels]) : [];
  return [
    ...compression,
    ...(heals(request, form) ? [{ id: 'response-healing' } as const] : []),
    ...routers.map((id) => ({ id, ...autoRouter })),
  ];
}
