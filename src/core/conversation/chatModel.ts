import type { ReasoningEffort } from '../model/model.ts';
import type { ChatPlugin } from './chatPlugin.ts';
import type { ChatTool, ToolChoice } from './chatTool.ts';
import type { Message, Usage } from './message.ts';

/** What is asked of a model. What a model or a server does not know is left out when it is sent. */
export interface ChatRequest {
  /** Sent exactly so, with whatever variant or preset it names. */
  readonly model: string;
  /** Asked in this order when the model fails. */
  readonly fallbackModels?: readonly string[];
  readonly system: string;
  /** A partial answer at the end is continued where it breaks off. */
  readonly messages: readonly Message[];
  /** The longest answer, in tokens; less is asked for where the model cannot give as much. */
  readonly maxTokens: number;
  /** The model's own when absent. */
  readonly reasoningEffort?: ReasoningEffort;
  /** The provider's own when absent. */
  readonly temperature?: number;
  /** Lets the model search the web, read pages and ask for the time. */
  readonly webSearch?: boolean;
  readonly tools?: readonly ChatTool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly plugins?: readonly ChatPlugin[];
  /** `use` takes an identical earlier answer, free of charge; `clear` forgets it, for who wants another one. */
  readonly responseCache?: 'use' | 'clear';
  /** `false` asks for the answer in one piece. */
  readonly stream?: boolean;
  /** Groups the requests of one conversation, so that they meet warm caches. */
  readonly sessionId?: string;
  /** Asks for some JSON object, where there is no schema. */
  readonly json?: boolean;
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
  | { readonly type: 'finish'; readonly reason: FinishReason }
  | { readonly type: 'usage'; readonly usage: Usage };

/**
 * A model that can be asked. The stream throws a `RequestError` when it fails, and ends without one when the
 * signal is aborted.
 */
export interface ChatModel {
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ResponseEvent>;
}
