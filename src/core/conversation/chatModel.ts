import type { RequestSettings } from '../model/requestSettings.ts';
import type { Message, Usage } from './message.ts';

/** What is asked of a model. */
export interface ChatRequest extends RequestSettings {
  readonly system: string;
  readonly messages: readonly Message[];
  /** The user wants another answer than the last one, so none from a cache. */
  readonly fresh?: boolean;
  /** Groups the requests of one conversation, so that they meet warm caches. */
  readonly sessionId?: string;
  /** Asks for an answer that fits a strict JSON Schema. */
  readonly schema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
}

/** Why a model stopped; open, because providers invent reasons. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'error' | (string & {});

/** What arrives while a model answers, in the order in which it arrives. */
export type ResponseEvent =
  | {
      readonly type: 'origin';
      readonly generationId?: string;
      readonly model?: string;
      readonly provider?: string;
    }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'reasoningDetails'; readonly details: readonly unknown[] }
  /** A failure that may pass: another try follows after this time. */
  | { readonly type: 'waiting'; readonly milliseconds: number }
  | { readonly type: 'finish'; readonly reason: FinishReason }
  | { readonly type: 'usage'; readonly usage: Usage };

/**
 * A model that can be asked. The stream throws a `RequestError` when it fails, and ends without one when the
 * signal is aborted.
 */
export interface ChatModel {
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ResponseEvent>;
}
