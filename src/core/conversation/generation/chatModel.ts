import type { CleanJson, CleanText } from '../../context/clean.ts';
import type { RequestSettings } from '../../model/requestSettings.ts';
import type { ChatPlugin } from './chatPlugin.ts';
import type { ChatTool, ToolChoice } from './chatTool.ts';
import type { FailedAttempt, Message, Usage } from '../message.ts';
import type { Source, ToolCall, ToolResult } from '../part.ts';
import type { RunBudget } from './runBudget.ts';

/** What is asked of a model. Every text in it is clean, so nothing else can be sent. */
export interface ChatRequest extends RequestSettings {
  readonly system: CleanText;
  /** A partial answer at the end is continued where it breaks off. */
  readonly messages: readonly Message[];
  /** The user wants another answer than the last one, so none from a cache. */
  readonly fresh?: boolean;
  readonly tools?: readonly ChatTool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly plugins?: readonly ChatPlugin[];
  /** `false` asks for the answer in one piece. */
  readonly stream?: boolean;
  /** Groups the requests of one conversation, so that they meet warm caches. */
  readonly sessionId?: string;
  /** Who asks: `chat`, or the id of a command. It is not sent. */
  readonly feature?: string;
  /** The run that it belongs to. It is not sent. */
  readonly run?: RunBudget;
  /** Asks for an answer that fits a strict JSON Schema. */
  readonly schema?: AnswerSchema;
}

/**
 * How a structured answer is asked for: in a format that the provider enforces, as the arguments of a tool that has to
 * be called, or as any JSON, with the schema among the instructions.
 */
export type AnswerForm = 'format' | 'tool' | 'json';

/** The shape that an answer is to have. */
export interface AnswerSchema {
  /** Letters, digits, `_` and `-`. */
  readonly name: CleanText;
  readonly schema: CleanJson;
  /** Absent for `format`. Servers other than OpenRouter are always asked for the format. */
  readonly form?: AnswerForm;
}

/** Why a model stopped; open, because providers invent reasons. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'error' | (string & {});

/** Who answers. */
export interface AnswerOrigin {
  readonly generationId?: string;
  readonly model?: string;
  readonly provider?: string;
}

/** What arrives while a model answers, in the order in which it arrives. */
export type ResponseEvent =
  | ({ readonly type: 'origin' } & AnswerOrigin)
  /** The answer was whole before it came here: how fast it comes says nothing of the model. */
  | { readonly type: 'untimed' }
  /** Some more of the answer: a token, or as many as have come together. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'reasoningDetails'; readonly details: readonly unknown[] }
  /** Pages that the answer draws on, and pictures that it holds, as data URLs; each is told once. */
  | { readonly type: 'sources'; readonly sources: readonly Source[] }
  | { readonly type: 'images'; readonly images: readonly string[] }
  /** Tools that the model calls, complete. */
  | { readonly type: 'toolCalls'; readonly calls: readonly ToolCall[] }
  /** A failure that may pass: another try follows after this time. */
  | { readonly type: 'waiting'; readonly milliseconds: number }
  | { readonly type: 'finish'; readonly reason: FinishReason }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** Who was asked in vain before the one that answered. */
  | { readonly type: 'attempts'; readonly attempts: readonly FailedAttempt[] };

/** What arrives while an answer comes that takes several requests: what the models say, and what happens in between. */
export type AnswerEvent =
  | ResponseEvent
  /** Another request is made for the same answer. */
  | { readonly type: 'nextGeneration' }
  /** What came of a tool that the model called. */
  | { readonly type: 'toolResult'; readonly result: ToolResult };

/**
 * A model that can be asked. The stream throws a `RequestError` when it fails, and ends without one when the
 * signal is aborted.
 */
export interface ChatModel {
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ResponseEvent>;
}
