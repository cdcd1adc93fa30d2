import { editsInBlock } from './blockEdits.ts';
import { findRegion } from './codeRegion.ts';
import { filledLines } from './elidedLines.ts';
import { isElision } from './elision.ts';
import { placeEdits } from './fileEdits.ts';
import { endOfLine, type Placement } from './placement.ts';
import { plainNewText } from './quoteReadings.ts';
import { isFull } from './snapshot.ts';

/** What a fence says of its code, and the document's path. */
export interface CodeFacts {
  readonly language?: string;
  readonly file?: string;
}

/** The share of a region's lines that must return before it is replaced, so that unmentioned code isn't lost. */
const minKept = 0.5;

/** Whether code isn't meant to be written as it stands: it is a list of edits, or leaves out code. */
export function isPartial(code: string, { language }: CodeFacts = {}): boolean {
  return editsInBlock(code, language) !== undefined || code.split('\n').some((line) => isElision(line));
}

/**
 * Where code from an answer belongs in a document: in place of the declaration or lines it is another version of, or
 * where the edits belong that it consists of. What it leaves out stays. Absent if unclear, or if more would be lost than
 * kept.
 */
export function placeCode(document: string, code: string, facts: CodeFacts = {}): Placement | undefined {
  const edits = editsInBlock(code, facts.language);
  if (edits) {
    return placeBlock(document, edits, facts);
  }
  const plain = plainNewText(code, facts.file);
  if (plain.trim() === '') {
    return undefined;
  }
  if (document.trim() === '') {
    return isPartial(plain) ? undefined : { start: 0, end: document.length, text: plain };
  }
  const pieces = piecesOf(plain);
  const placed = pieces.map((piece) => placePiece(document, piece));
  return placed.every((each) => each !== undefined) ? joined(document, placed) : undefined;
}

/** The text of a new file; absent if the code is a list of edits to another text. */
export function newFileText(code: string, facts: CodeFacts = {}): string | undefined {
  const edits = editsInBlock(code, facts.language);
  const [only, other] = edits ?? [{ search: '', replace: plainNewText(code, facts.file) }];
  return only?.search === '' && other === undefined ? only.replace : undefined;
}

/** A selection's new text; absent if it leaves out code, and it is unclear which. */
export function replaceSelected(selected: string, code: string, facts: CodeFacts = {}): string | undefined {
  if (!isPartial(code, facts)) {
    return plainNewText(code, facts.file);
  }
  const lines = filledLines(selected.replaceAll('\r\n', '\n').split('\n'), code.split('\n'));
  return lines === 'elided' || editsInBlock(code, facts.language) ? undefined : lines.join('\n');
}

function placeBlock(
  document: string,
  edits: NonNullable<ReturnType<typeof editsInBlock>>,
  { file }: CodeFacts,
): Placement | undefined {
  const names = new Set(edits.map((edit) => edit.file));
  // A diff of several files has only one part for this one.
  const own = names.size < 2 ? edits : edits.filter((edit) => isSamePath(edit.file, file));
  const result = placeEdits(
    document,
    own.map((edit) => ({ ...edit, file: file ?? edit.file ?? '', reason: '' })),
  );
  return result.state === 'placed' && own.length > 0 ? joined(document, result.placements) : undefined;
}

function isSamePath(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && (one === other || `/${other}`.endsWith(`/${one}`));
}

/** The code between the marks that stand for declarations; marks within them stay. */
function piecesOf(code: string): readonly string[] {
  const lines = code.split('\n');
  const depths = lines.filter((line) => isFull(line) && !isElision(line)).map(depthOf);
  const least = Math.min(...depths);
  const pieces: string[][] = [[]];
  for (const line of lines) {
    if (isElision(line) && depthOf(line) <= least) {
      pieces.push([]);
    } else {
      pieces.at(-1)?.push(line);
    }
  }
  return pieces.filter((piece) => piece.some(isFull)).map((piece) => piece.join('\n'));
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}

function placePiece(document: string, code: string): Placement | undefined {
  const isLazy = code.split('\n').some((line) => isElision(line));
  const region = findRegion(document, code, (line) => !isElision(line));
  if (!region) {
    return undefined;
  }
  const { start, end, present, kept } = region;
  const lines = isLazy ? filledLines(present, region.code) : region.code;
  if (lines === 'elided' || (!isLazy && kept < minKept)) {
    return undefined;
  }
  const indent = /^[ \t]*/.exec(lines[0] ?? '')?.[0] ?? '';
  return { start, end, text: lines.join(endOfLine(document)).slice(indent.length) };
}

/** Several changes as one, if they are in order. */
function joined(document: string, placements: readonly Placement[]): Placement | undefined {
  const [first] = placements;
  const last = placements.at(-1);
  if (!first || !last || placements.some(({ start }, at) => start < (placements[at - 1]?.end ?? 0))) {
    return undefined;
  }
  let [text, at] = ['', first.start];
  for (const { start, end, text: by } of placements) {
    text += document.slice(at, start) + by;
    at = end;
  }
  return { start: first.start, end: last.end, text };
}
