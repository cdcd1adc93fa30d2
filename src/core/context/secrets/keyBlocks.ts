import { possibly, type Secret } from '../redaction.ts';
import { keyLines, type KeyLine } from './keyLines.ts';

const kind = 'private key';

/** Where a block of a key begins or ends; blocks of other things are told apart from it. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly isBegin: boolean;
  readonly isPrivate: boolean;
}

const marks =
  /-{4,5} ?(?<side>BEGIN|END) (?<what>[A-Z][A-Z0-9 ]{2,40}?) ?-{4,5}|PuTTY-User-Key-File-\d: [\w-]{1,40}|Private-Lines: \d{1,4}|Private-MAC: [0-9a-f]{0,128}/g;

/** A block beyond this length has lost its end. */
const maxBlock = 40_000;

/**
 * Private keys in blocks of Base64: whole ones, and what a selection left of one. They may stand in a diff, a comment,
 * a string or a list of strings.
 */
export function* keyBlocks(text: string): Generator<Secret> {
  const found = Array.from(text.matchAll(marks), toMark);
  const ends: readonly (Mark | undefined)[] = [...found, undefined];
  let before: Mark | undefined;
  for (const after of ends) {
    const [start, end] = [before?.end ?? 0, after?.start ?? text.length];
    yield* blockBetween(text, before, after, start, end);
    before = after;
  }
}

function toMark(match: RegExpExecArray): Mark {
  const { side, what = '' } = match.groups ?? {};
  const [start, end] = [match.index, match.index + match[0].length];
  return {
    start,
    end,
    isBegin: side === undefined ? !match[0].startsWith('Private-MAC') : side === 'BEGIN',
    isPrivate: side === undefined || what.includes('PRIVATE KEY'),
  };
}

function* blockBetween(
  text: string,
  before: Mark | undefined,
  after: Mark | undefined,
  start: number,
  end: number,
): Generator<Secret> {
  const begins = before?.isBegin === true && before.isPrivate;
  const ends = after?.isBegin === false && after.isPrivate;
  if (begins && ends && end - start <= maxBlock && isBlock(keyLines(text, start, end))) {
    yield { start: before.start, end: after.end, kind };
    return;
  }
  if (begins) {
    const to = endOfRun(keyLines(text, start, Math.min(end, start + maxBlock)), !after);
    yield* to === undefined ? [] : [{ start: before.start, end: to, kind }];
  }
  if (ends) {
    const from = startOfRun(keyLines(text, Math.max(start, end - maxBlock), end), !before);
    yield* from === undefined ? [] : [{ start: from, end: after.end, kind }];
  }
  if (!begins && !ends && /[A-Za-z0-9+/]{64}/.test(text.slice(start, end))) {
    yield* unmarked(keyLines(text, start, end), before?.isBegin === true, after?.isBegin === false);
  }
}

/** Whether what stands between the marks is a key: its lines, a tail, and little else. */
function isBlock(lines: readonly KeyLine[]): boolean {
  const count = (form: KeyLine['form']): number => lines.filter((line) => line.form === form).length;
  return count('key') > 0 && count('other') + count('tail') <= count('key') + 3;
}

/** Where a key ends that has lost its end. What stands on the line of its mark counts for nothing. */
function endOfRun(lines: readonly KeyLine[], isCut: boolean): number | undefined {
  let last: KeyLine | undefined;
  for (const [at, line] of lines.entries()) {
    const isEnd = isCut && at === lines.length - 1;
    const isTail = line.form === 'tail' || (line.form === 'other' && isLikeBefore(line, last));
    if ((line.form === 'other' && !isTail && at > 0) || (isTail && last === undefined && !isEnd)) {
      break;
    }
    last = line.form === 'key' || (isTail && (last !== undefined || isEnd)) ? line : last;
    if (isTail) {
      break;
    }
  }
  return last?.to;
}

/** Whether a line begins as the key's line before it: `key += "…`. */
function isLikeBefore(line: KeyLine, before: KeyLine | undefined): boolean {
  return before !== undefined && before.lead !== '' && line.lead.startsWith(before.lead);
}

/** Where a key begins that has lost its beginning. Its mark's line and its last one may hold other things. */
function startOfRun(all: readonly KeyLine[], isCut: boolean): number | undefined {
  const lines = all.filter(({ form }) => form !== 'blank');
  let first: KeyLine | undefined;
  for (const [back, line] of lines.toReversed().entries()) {
    const isStart = isCut && back === lines.length - 1;
    if (line.form === 'key' || (isStart && line.form === 'tail')) {
      first = line;
    } else if (first !== undefined || back > 1) {
      break;
    }
  }
  return first?.from;
}

/** The widths of lines in files of keys: of all, and of OpenSSH's. */
const widths: ReadonlySet<number> = new Set([64, 70]);
const fewestLines = 3;

/** The middle of a key that lost both its ends: lines of one width, as only such files have them. */
function* unmarked(all: readonly KeyLine[], isOpen: boolean, isClosed: boolean): Generator<Secret> {
  const lines = all.filter(({ form }) => form !== 'blank');
  for (let first = 0; first < lines.length;) {
    const last = endOfWidth(lines, first);
    const belongs = (isOpen && first <= 3) || (isClosed && lines.length - last <= 3);
    if (last - first >= fewestLines && !belongs) {
      const [before, from, to, after] = [lines[first - 1], lines[first], lines[last - 1], lines[last]];
      const isStart = widths.has(widthOf(before)) || (first === 1 && before?.form === 'tail');
      const isEnd = after?.form === 'tail' || (after?.run ?? '') !== '' || (after && isLikeBefore(after, to));
      yield {
        start: (isStart ? before : from)?.from ?? 0,
        end: (isEnd ? after : to)?.to ?? 0,
        kind: possibly(kind),
      };
    }
    first = Math.max(last, first + 1);
  }
}

/** Behind the lines that have the width of the first and begin like it, if it has a width of a key's lines. */
function endOfWidth(lines: readonly KeyLine[], first: number): number {
  const width = widthOf(lines[first]);
  let end = first;
  while (widths.has(width) && widthOf(lines[end]) === width && lines[end]?.lead === lines[first]?.lead) {
    end++;
  }
  return end;
}

/** Without the sign of a diff, which Base64 has, too. Hexadecimal has none: sums come in such lines. */
function widthOf(line: KeyLine | undefined): number {
  const { run = '', lead = '' } = line ?? {};
  const isAdded = run.startsWith('+') && lead === '' && widths.has(run.length - 1);
  return /^[\da-f]*$/i.test(run) ? 0 : run.length - (isAdded ? 1 : 0);
}
