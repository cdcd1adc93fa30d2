import type { CleanJson, CleanText } from '../../context/clean.ts';
import type { RequestSettings } from '../../model/requestSettings.ts';
import type { ChatPlugin } from './chatPlugin.ts';
import type { ChatTool, ToolChoice } from './chatTool.ts';
import type { FailedAttempt, Message, RoutingReport, Usage } from '../message.ts';
import type { Source, ToolCall, ToolResult } from '../part.ts';
import type { JsonObject } from '../../util/json.ts';
import type { RunBudget } from './runBudget.ts';

/** A request to a model. All text in it is clean, so nothing else can be sent. */
export interface ChatRequest extends RequestSettings {
  readonly system: CleanText;
  /** Whether a partial answer at the end is continued. */
  readonly messages: readonly Message[];
  /** The user wants a different answer, so none from a cache. */
  readonly fresh?: boolean;
  readonly tools?: readonly ChatTool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly plugins?: readonly ChatPlugin[];
  /** `false` requests the answer in one piece. */
  readonly stream?: boolean;
  /** Groups a conversation's requests so that they hit warm caches. */
  readonly sessionId?: string;
  /** Requests that the service tells what it sent to the provider; for development. */
  readonly echoUpstream?: boolean;
  /** The source: `chat` or a command id. It isn't sent. */
  readonly feature?: string;
  /** The run it belongs to. It isn't sent. */
  readonly run?: RunBudget;
  /** Requests an answer that matches a strict JSON Schema. */
  readonly schema?: AnswerSchema;
}

/**
 * How a structured answer is requested: as a format that the provider enforces, as arguments of a required tool call,
 * or as plain JSON with the schema in the instructions.
 */
export type AnswerForm = 'format' | 'tool' | 'json';

/** The expected shape of the answer. */
export interface AnswerSchema {
  /** Letters, digits, `_` and `-`. */
  readonly name: CleanText;
  readonly schema: CleanJson;
  /** Absent for `format`. Servers other than OpenRouter always get the format. */
  readonly form?: AnswerForm;
}

/** Why a model stopped; open, because providers invent reasons. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'error' | (string & {});

/** Which model and provider answer. */
export interface AnswerOrigin {
  readonly generationId?: string;
  readonly model?: string;
  readonly provider?: string;
  /** It comes from the response cache of the service. */
  readonly cached?: true;
}

/** What arrives while a model answers, in order. */
export type ResponseEvent =
  | ({ readonly type: 'origin' } & AnswerOrigin)
  /** The answer was complete before it arrived, so its speed says nothing about the model. */
  | { readonly type: 'untimed' }
  /** More of the answer: one token, or several that arrived together. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  /** All text so far was thought: the mark that ends it came without the one that begins it. */
  | { readonly type: 'thoughts' }
  | { readonly type: 'reasoningDetails'; readonly details: readonly unknown[] }
  /** Cited pages, and images as data URLs; each is reported once. */
  | { readonly type: 'sources'; readonly sources: readonly Source[] }
  | { readonly type: 'images'; readonly images: readonly string[] }
  /** What the service read in attached documents, for the next request. */
  | { readonly type: 'parsedFiles'; readonly files: readonly JsonObject[] }
  /** A request as the service sent it to a provider. */
  | { readonly type: 'echo'; readonly body: JsonObject }
  /** Complete tool calls. */
  | { readonly type: 'toolCalls'; readonly calls: readonly ToolCall[] }
  /** A temporary failure: the next attempt follows after this delay. */
  | { readonly type: 'waiting'; readonly milliseconds: number }
  | { readonly type: 'finish'; readonly reason: FinishReason }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** Which models or providers failed first. */
  | { readonly type: 'attempts'; readonly attempts: readonly FailedAttempt[] }
  /** How the service chose who answers. */
  | { readonly type: 'routed'; readonly report: RoutingReport };

/** What arrives while an answer comes that takes several requests: what the models say, and what happens in between. */
export type AnswerEvent =
  | ResponseEvent
  /** Another request is made for the same answer. */
  | { readonly type: 'nextGeneration' }
  /** What came of a tool that the model called. */
  | { readonly type: 'toolResult'; readonly result: ToolResult };

/**
 * A model that can be asked. The stream throws a `RequestError` on failure and ends quietly when the signal is aborted.
 */
export interface ChatModel {
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ResponseEvent>;
}
