import { fromModel } from '../context/trusted.ts';
import type { JsonObject } from '../util/json.ts';
import type { AnswerPart, ReasoningPart, Source, ToolCallPart, ToolResultPart } from './part.ts';

/** What grows word by word. */
export type GrowingType = 'text' | 'reasoning';

/** The parts with a text at the end of one of them, or in a new part behind the last; `at` says which. */
export interface GrownParts {
  readonly parts: readonly AnswerPart[];
  readonly at: number;
  /** Whether the part is new. */
  readonly begun: boolean;
}

/**
 * Adds words to an answer: to its last part where that is of this kind, else as a new part. An answer that goes on
 * where it broke off (`goesOn`) joins what it says to what it said before, even with thoughts in between: it may have
 * broken off in the middle of a word.
 */
export function withGrowth(
  parts: readonly AnswerPart[],
  type: GrowingType,
  text: string,
  goesOn = false,
): GrownParts {
  const at = growingAt(parts, type, goesOn);
  const part = parts[at];
  return part?.type === 'text' || part?.type === 'reasoning'
    ? { parts: parts.with(at, { ...part, text: fromModel(part.text + text) }), at, begun: false }
    : { parts: [...parts, { type, text: fromModel(text) }], at: parts.length, begun: true };
}

/** Sources are told while a sentence is being said, so they do not end it. */
function growingAt(parts: readonly AnswerPart[], type: GrowingType, goesOn: boolean): number {
  for (let at = parts.length - 1; at >= 0; at -= 1) {
    const part = parts[at];
    if (part?.type === type) {
      return at;
    }
    const isPassed =
      part?.type === 'sources' ||
      part?.type === 'parsedFiles' ||
      (goesOn && (part?.type === 'text' || part?.type === 'reasoning'));
    if (!isPassed) {
      return -1;
    }
  }
  return -1;
}

/** Adds the provider's own form of the reasoning to what the model thought last, since the last tool result. */
export function withReasoningDetails(parts: readonly AnswerPart[], details: readonly unknown[]): GrownParts {
  const at = findInLastRound(parts, 'reasoning');
  const part = parts[at];
  const reasoning: ReasoningPart =
    part?.type === 'reasoning' ? part : { type: 'reasoning', text: fromModel('') };
  return withPartAt(parts, at, { ...reasoning, details });
}

/** The parts of the last round with its words as thoughts. */
export function withTextAsThoughts(parts: readonly AnswerPart[]): readonly AnswerPart[] {
  const begin = parts.findLastIndex((part) => part.type === 'toolResult') + 1;
  return parts.map((part, at) =>
    at >= begin && part.type === 'text' ? { type: 'reasoning', text: part.text } : part,
  );
}

/** Adds pages to the sources of an answer; a page counts once, however often it is cited. */
export function withSources(parts: readonly AnswerPart[], more: readonly Source[]): GrownParts {
  const at = findInLastRound(parts, 'sources');
  const part = parts[at];
  const known = part?.type === 'sources' ? part.sources : [];
  const byUrl = new Map([...known, ...more].map((source) => [source.url, source]));
  return withPartAt(parts, at, { type: 'sources', sources: [...byUrl.values()] });
}

/** Adds what the service read in documents; a document counts once. */
export function withParsedFiles(parts: readonly AnswerPart[], more: readonly JsonObject[]): GrownParts {
  const at = findInLastRound(parts, 'parsedFiles');
  const part = parts[at];
  const known = part?.type === 'parsedFiles' ? part.files : [];
  const byContent = new Map([...known, ...more].map((file) => [JSON.stringify(file), file]));
  return withPartAt(parts, at, { type: 'parsedFiles', files: [...byContent.values()] });
}

function findInLastRound(parts: readonly AnswerPart[], type: AnswerPart['type']): number {
  const begin = parts.findLastIndex((part) => part.type === 'toolResult') + 1;
  const at = parts.findLastIndex((part) => part.type === type);
  return at >= begin ? at : -1;
}

function withPartAt(parts: readonly AnswerPart[], at: number, part: AnswerPart): GrownParts {
  return at < 0
    ? { parts: [...parts, part], at: parts.length, begun: true }
    : { parts: parts.with(at, part), at, begun: false };
}

/** What one request brought: what the model said, and what came of the tools that it called. */
export interface Round {
  readonly parts: readonly Exclude<AnswerPart, ToolResultPart>[];
  /** The calls that have a result, each with it. */
  readonly calls: readonly { readonly call: ToolCallPart; readonly result: ToolResultPart }[];
}

/** An answer in the rounds in which it came: a model that has the results of its tools begins anew. */
export function roundsOf(parts: readonly AnswerPart[]): readonly Round[] {
  const rounds: { said: Exclude<AnswerPart, ToolResultPart>[]; results: ToolResultPart[] }[] = [];
  for (const part of parts) {
    const last = rounds.at(-1);
    if (part.type === 'toolResult') {
      last?.results.push(part);
    } else if (last && last.results.length === 0) {
      last.said.push(part);
    } else {
      rounds.push({ said: [part], results: [] });
    }
  }
  return rounds.map(({ said, results }) => ({
    parts: said,
    calls: said.flatMap((call) => {
      const result = call.type === 'toolCall' ? results.find(({ callId }) => callId === call.id) : undefined;
      return call.type === 'toolCall' && result ? [{ call, result }] : [];
    }),
  }));
}
