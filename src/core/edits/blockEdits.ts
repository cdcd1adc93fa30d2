import type { Quote } from './quote.ts';

/** The edits that a code block consists of, each perhaps with the path it names. */
export type BlockEdits = readonly Quote[];

interface Hunk {
  file?: string | undefined;
  startLine?: number | undefined;
  readonly old: string[];
  readonly now: string[];
}

const searchStart = /^(?:<{5,9} ?(?:SEARCH|ORIGINAL)|-{5,9} ?SEARCH)\b.*$/i;
const divider = /^={5,9}\s*$/;
const replaceEnd = /^(?:>{5,9} ?(?:REPLACE|UPDATED)?|\+{5,9} ?REPLACE)\b.*$/i;
const hunkHead = /^@@(?: -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@.*| .*)?$/;

/**
 * Reads a code block that is a list of edits: SEARCH/REPLACE blocks, a patch, or a unified diff, also one without its
 * heads. Absent if it is code.
 */
export function editsInBlock(code: string, language = ''): BlockEdits | undefined {
  const lines = code.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
  if (lines.some((line) => searchStart.test(line)) && lines.some((line) => replaceEnd.test(line))) {
    return searchReplaceIn(lines);
  }
  if (lines.some((line) => /^\*{3} (?:Begin Patch|(?:Update|Add|Delete) File:)/.test(line))) {
    return quotesOf(hunksIn(lines));
  }
  const hasHeads = lines.some((line) => hunkHead.test(line)) && lines.some((line) => /^[+-]/.test(line));
  return hasHeads || hasFileHeads(lines) || isHeadless(lines, /^(?:diff|patch|udiff)$/i.test(language))
    ? quotesOf(hunksIn(lines))
    : undefined;
}

function hasFileHeads(lines: readonly string[]): boolean {
  return lines.some((line, at) => /^--- \S/.test(line) && /^\+\+\+ \S/.test(lines[at + 1] ?? ''));
}

/** A diff of one place: every line has a sign, and lines come; in a block that says so, they may also only go. */
function isHeadless(lines: readonly string[], isNamed: boolean): boolean {
  const hasSigns = lines.every((line) => /^[ +-]|^$/.test(line));
  const [added, removed] = ['+', '-'].map((sign) => lines.some((line) => line.startsWith(sign)));
  const hasContext = lines.some((line) => /^ *\S/.test(line.slice(1)) && line.startsWith(' '));
  return (
    hasSigns &&
    (isNamed ? added === true || removed === true : added === true && (removed === true || hasContext))
  );
}

function searchReplaceIn(lines: readonly string[]): BlockEdits {
  const edits: Hunk[] = [];
  let part: 'none' | 'old' | 'now' = 'none';
  for (const line of lines) {
    const last = edits.at(-1);
    if (searchStart.test(line)) {
      edits.push({ old: [], now: [] });
      part = 'old';
    } else if (part === 'old' && divider.test(line)) {
      part = 'now';
    } else if (part === 'now' && replaceEnd.test(line)) {
      part = 'none';
    } else if (
      part === 'old' &&
      last?.old.length === 0 &&
      /^:(?:start_line|end_line):|^-{5,9}\s*$/.test(line)
    ) {
      last.startLine ??= Number(/^:start_line: *(\d+)/.exec(line)?.[1] ?? NaN) || undefined;
    } else if (part !== 'none') {
      last?.[part].push(line);
    }
  }
  return part === 'none' ? quotesOf(edits) : [];
}

function hunksIn(lines: readonly string[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let file: string | undefined;
  let hunk: Hunk | undefined;
  for (const [at, line] of lines.entries()) {
    const path = pathIn(line, lines[at - 1], lines[at + 1]);
    const head = hunkHead.exec(line);
    if (path !== undefined) {
      file = path === '' ? file : path;
      hunk = undefined;
    } else if (head) {
      hunk = { file, startLine: head[1] === undefined ? undefined : Number(head[1]), old: [], now: [] };
      hunks.push(hunk);
    } else if (!/^\\ No newline/.test(line)) {
      if (!hunk) {
        hunk = { file, old: [], now: [] };
        hunks.push(hunk);
      }
      addLine(hunk, line);
    }
  }
  return hunks;
}

function addLine({ old, now }: Hunk, line: string): void {
  // Some models leave out the blank before unchanged lines.
  const text = /^[ +-]/.test(line) ? line.slice(1) : line;
  if (!line.startsWith('+')) {
    old.push(text);
  }
  if (!line.startsWith('-')) {
    now.push(text);
  }
}

/** The path of a head; empty if it names none. */
function pathIn(line: string, before = '', after = ''): string | undefined {
  const [, patched] = /^\*{3} (?:Update|Add|Delete) File: *(\S.*)$/.exec(line) ?? [];
  if (patched !== undefined) {
    return patched.trim();
  }
  if (/^--- \S/.test(line) && /^\+\+\+ \S/.test(after)) {
    return '';
  }
  const [, added] = (/^--- \S/.test(before) && /^\+\+\+ (\S+)/.exec(line)) || [];
  if (added !== undefined) {
    return added === '/dev/null' ? '' : added.replace(/^[ab]\//, '');
  }
  const isHead =
    /^(?:diff --git |index [\da-f]+\.\.|(?:new|deleted) file mode |similarity index |rename (?:from|to) |\*{3} (?:Begin|End) Patch|\*{3} (?:Move to|End of File))/;
  return isHead.test(line) ? '' : undefined;
}

function quotesOf(hunks: readonly Hunk[]): BlockEdits {
  return hunks
    .map(({ file, startLine, old, now }) => {
      while (old.at(-1)?.trim() === '' && now.at(-1)?.trim() === '') {
        old.pop();
        now.pop();
      }
      return {
        search: old.join('\n'),
        replace: now.join('\n'),
        ...(startLine !== undefined && { startLine }),
        ...(file !== undefined && { file }),
      };
    })
    .filter(({ search, replace }) => search !== replace);
}
