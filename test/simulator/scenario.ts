import type { ReplyAt } from './errorCases.ts';
import type { HttpReply } from './exchange.ts';

/** How the server turns a request away instead of answering it. */
export type Refusal =
  | { readonly kind: 'reply'; readonly reply: HttpReply | ReplyAt }
  /** 302 to the second server, whose journal tells whether anybody followed. */
  | { readonly kind: 'redirect' }
  /** The connection is reset before the first byte. */
  | { readonly kind: 'disconnect' }
  /** No byte ever comes. */
  | { readonly kind: 'silence' };

/** How a stream ends when it does not end well. `after` counts pieces of content, reasoning or tool arguments. */
export type Ending =
  | { readonly kind: 'error'; readonly shape: ErrorShape; readonly after: number }
  /** A clean end of the body without `finish_reason` and without `[DONE]`. */
  | { readonly kind: 'truncate'; readonly after: number }
  | { readonly kind: 'reset'; readonly after: number }
  /** Silence; with `commentsEveryMs`, keep-alive comments and nothing else. */
  | { readonly kind: 'stall'; readonly after: number; readonly commentsEveryMs?: number };

/** The three forms in which an error was seen inside a stream. */
export type ErrorShape = 'chunk' | 'string-code' | 'bare';

/** How fast the pieces come. Without a rate they come as fast as the socket takes them. */
export interface Pace {
  readonly tokensPerSecond?: number;
  readonly firstTokenMs?: number;
}

/** How the events are written. */
export interface Framing {
  readonly newline?: '\n' | '\r\n';
  /** Every character of several bytes is cut in two socket writes. */
  readonly splitCharacters?: boolean;
  /** Keep-alive comments before the first event and after each so many events. */
  readonly commentEvery?: number;
  /** `with-choice` repeats `finish_reason`, as recorded; `empty-choices` is the documented form. */
  readonly usage?: 'with-choice' | 'empty-choices';
}

/** A call that the answer makes. Without arguments, some that fit the tool's schema are made up. */
export interface PlannedCall {
  readonly name: string;
  readonly arguments?: string;
}

/** Parts of the answer that replace those the simulator would make up. */
export interface AnswerChanges {
  readonly content?: string;
  /** The content, or the arguments of a call, as long as the conversation has no answer yet. */
  readonly firstContent?: string;
  /** A structured answer stands in a fence between sentences, with a comment and a trailing comma in it. */
  readonly fenced?: boolean;
  /** Made-up tokens in place of an answer: so many, as Markdown with code, lists and tables. */
  readonly burst?: number;
  readonly reasoning?: string;
  readonly reasoningDetails?: 'text' | 'signature' | 'encrypted';
  readonly calls?: readonly PlannedCall[] | 'offered-tools';
  /** The arguments come in small pieces that interleave the calls, and `id` is absent after the first. */
  readonly fragments?: boolean;
  readonly finishReason?: 'stop' | 'length' | 'content_filter' | 'error';
  /** The answer is cut after so many pieces, as a length limit or a filter does. */
  readonly cutAfter?: number;
  readonly annotations?: boolean;
  readonly images?: boolean;
}

/** Which requests a refusal meets: the model endpoints, all of them, or those to some paths. */
export type Reach = 'inference' | 'everything' | readonly string[];

/** What the simulator does with a request. Every part is optional; an empty scenario answers well. */
export interface Scenario {
  readonly name: string;
  /** What a person sees who tries it. */
  readonly about: string;
  readonly reach?: Reach;
  /** Every request in reach is refused so. */
  readonly refusal?: Refusal;
  /** The first requests are refused so, in order; the next one is answered. */
  readonly refusals?: readonly Refusal[];
  /** HTTP 200 with an error as the whole body. */
  readonly errorBody?: boolean;
  readonly answer?: AnswerChanges;
  readonly ending?: Ending;
  readonly framing?: Framing;
  readonly pace?: Pace;
  /** The stream waits after so many pieces until the promise is settled: a test's own brake. */
  readonly pause?: { readonly after: number; readonly until: Promise<unknown> };
  /** Models that fail with 503, so that the next in `models` answers; `first` is whichever is asked first. */
  readonly failing?: 'first' | readonly string[];
  /** How often `GET /generation` answers 404 before it knows the generation. */
  readonly generationLag?: number;
  /** The account's own provider key is used: `cost` is only the fee. */
  readonly ownProviderKey?: boolean;
  /** The share of the list price that the service takes for using that key. */
  readonly ownProviderKeyFee?: number;
  /** The share of the prompt that comes from the provider's prompt cache. */
  readonly promptCache?: number;
}
