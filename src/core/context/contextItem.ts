import { estimateTokenCount } from 'tokenx';

/** A piece of the user's work that goes with a question: what it is, where it is from, and its text. */
export interface ContextItem {
  /** Two items with the same id are the same piece, as it was at two times. */
  readonly id: string;
  /** Names the item to people, for example `cart.ts:10-24`. */
  readonly label: string;
  /** Relative to the workspace where there is one. */
  readonly path: string;
  readonly languageId: string;
  /** First and last line, counted from 1; absent for a whole file. */
  readonly lines?: { readonly start: number; readonly end: number };
  readonly text: string;
  /** Estimated. */
  readonly tokens: number;
  /** The user has decided that it goes as it is, with the secrets in it. */
  readonly asIs?: true;
}

/** Why a text cannot be attached. */
export type Refusal =
  | { readonly reason: 'empty' }
  | { readonly reason: 'binary' }
  | { readonly reason: 'tooLarge'; readonly tokens: number; readonly limit: number };

/** Above this many characters the estimate reads an even sample: exactness is not worth a frozen editor. */
const estimateWholeUpTo = 200_000;
const samples = 20;

/** Estimates the tokens of a text; errs on the safe side for code. */
export function estimateTokens(text: string): number {
  if (text.length <= estimateWholeUpTo) {
    return estimateTokenCount(text);
  }
  const size = estimateWholeUpTo / samples;
  const stride = (text.length - size) / (samples - 1);
  let sampled = 0;
  for (let index = 0; index < samples; index++) {
    const start = Math.floor(index * stride);
    sampled += estimateTokenCount(text.slice(start, start + size));
  }
  return Math.round((sampled * text.length) / estimateWholeUpTo);
}

/** A question must leave at least this share of the model's context for its answer and the conversation. */
const contextShare = 0.75;

/** Without a known context length, more code than this is taken for a slip of the hand. */
const tokensWithoutKnownContext = 200_000;

/** More than this is refused whatever the model could read: nobody selects a thousand pages to ask about them. */
const tokensAtMost = 500_000;

/** How many tokens of context one question may carry to a model with this context length. */
export function contextTokenLimit(contextLength: number | undefined): number {
  return contextLength === undefined
    ? tokensWithoutKnownContext
    : Math.min(Math.floor(contextLength * contextShare), tokensAtMost);
}

/** Says why a text cannot go with a question, before anything is sent. */
export function refusalOf(text: string, tokens: number, limit: number): Refusal | undefined {
  if (text.trim() === '') {
    return { reason: 'empty' };
  }
  if (text.includes('\0')) {
    return { reason: 'binary' };
  }
  return tokens > limit ? { reason: 'tooLarge', tokens, limit } : undefined;
}

/** How an item reads in a request: where it is from, then its text in a fence that the text cannot close. */
export function renderContextItem(item: ContextItem): string {
  const where = item.lines ? `, lines ${String(item.lines.start)}-${String(item.lines.end)}` : '';
  const fence = fenceFor(item.text);
  const text = item.text.endsWith('\n') ? item.text : `${item.text}\n`;
  return `${item.path}${where} (${item.languageId}):\n${fence}${item.languageId}\n${text}${fence}`;
}

/** A run of backticks longer than any in the text. */
function fenceFor(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`{3,}/g)) {
    longest = Math.max(longest, run.length);
  }
  return '`'.repeat(longest + 1);
}
