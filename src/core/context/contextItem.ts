import { estimateTokenCount } from 'tokenx';

/** Code or text attached to a question: what it is, where it is from, and its text. */
export interface ContextItem {
  /** Items with the same id are the same source at different times. */
  readonly id: string;
  /** The label people see, for example `cart.ts:10-24`. */
  readonly label: string;
  /** Relative to the workspace, if there is one. */
  readonly path: string;
  readonly languageId: string;
  /** First and last line, from 1; absent for a whole file. */
  readonly lines?: { readonly start: number; readonly end: number };
  readonly text: string;
  /** Estimated. */
  readonly tokens: number;
  /** The user chose to send it as is, including its secrets. */
  readonly asIs?: true;
}

/** Why a text can't be attached. */
export type Refusal =
  | { readonly reason: 'empty' }
  | { readonly reason: 'binary' }
  | { readonly reason: 'tooLarge'; readonly tokens: number; readonly limit: number };

/** Above this length, in characters, the estimate samples the text so that the editor doesn't freeze. */
const estimateWholeUpTo = 200_000;
const samples = 20;

/** Estimates the tokens of a text, on the safe side for code. */
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

/** The share of the context that a question must leave for its answer and the conversation. */
const contextShare = 0.75;

/** If the context length is unknown, more code than this is treated as a mistake. */
const tokensWithoutKnownContext = 200_000;

/** More than this is always refused: nobody selects a thousand pages on purpose. */
const tokensAtMost = 500_000;

/** How many tokens of context a question may have for a model with this context length. */
export function contextTokenLimit(contextLength: number | undefined): number {
  return contextLength === undefined
    ? tokensWithoutKnownContext
    : Math.min(Math.floor(contextLength * contextShare), tokensAtMost);
}

/** Says why a text can't be sent, before anything is. */
export function refusalOf(text: string, tokens: number, limit: number): Refusal | undefined {
  if (text.trim() === '') {
    return { reason: 'empty' };
  }
  if (text.includes('\0')) {
    return { reason: 'binary' };
  }
  return tokens > limit ? { reason: 'tooLarge', tokens, limit } : undefined;
}

/** An item as sent: its source, then its text in a fence it can't close. */
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
