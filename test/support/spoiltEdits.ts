import { diffLines } from '../../src/core/edits/lineDiff.ts';
import { isComment } from '../../src/core/edits/elision.ts';

/** A change to a text, as an exact edit. */
export interface ExactEdit {
  readonly text: string;
  readonly search: string;
  readonly replace: string;
  /** From 1. */
  readonly startLine: number;
  /** The text with the edit made. */
  readonly wanted: string;
}

/** An edit as a model writes it. */
export interface SpoiltEdit {
  readonly text: string;
  readonly search: string;
  readonly replace: string;
  readonly startLine?: number | undefined;
  readonly wanted: string;
}

/** A way in which models spoil edits. */
export interface Fault {
  readonly name: string;
  /** Whether a careful reader could still place such an edit. */
  readonly isPlain: boolean;
  /** Nothing where the fault isn't possible. */
  readonly spoil: (edit: ExactEdit, random: () => number) => SpoiltEdit | undefined;
}

/** Numbers from 0 to 1 that are the same in each run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The changes that lead from one text to another, each as an edit of the first with lines around it. */
export function editsBetween(before: string, after: string, context: number): readonly ExactEdit[] {
  const lines = diffLines(before.split('\n'), after.split('\n'));
  const old = before.split('\n');
  // What follows the last line break is no line.
  const end = old.at(-1) === '' ? old.length - 1 : old.length;
  const edits: ExactEdit[] = [];
  let row = 0;
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]?.kind === 'same') {
      row += 1;
      continue;
    }
    const first = row;
    const added: string[] = [];
    for (; at < lines.length && lines[at]?.kind !== 'same'; at += 1) {
      const { kind, text } = lines[at] ?? { kind: 'same', text: '' };
      row += kind === 'removed' ? 1 : 0;
      added.push(...(kind === 'added' ? [text] : []));
    }
    at -= 1;
    const [from, to] = [Math.max(0, first - context), Math.min(end, row + context)];
    const search = old.slice(from, to);
    const replace = [...old.slice(from, first), ...added, ...old.slice(row, to)];
    const wanted = [...old.slice(0, from), ...replace, ...old.slice(to)].join('\n');
    if (search.join('').trim() !== '' && replace.join('') !== '' && wanted !== before) {
      edits.push({
        text: before,
        search: search.join('\n'),
        replace: replace.join('\n'),
        startLine: from + 1,
        wanted,
      });
    }
  }
  return edits;
}

type Change = (text: string) => string;

/** A fault of both sides, where it changes the quote. */
function both(name: string, change: (edit: ExactEdit, random: () => number) => Change | undefined): Fault {
  return {
    name,
    isPlain: true,
    spoil: (edit, random) => {
      const spoil = change(edit, random);
      const search = spoil?.(edit.search);
      return spoil && search !== undefined && search !== edit.search
        ? { ...edit, search, replace: spoil(edit.replace) }
        : undefined;
    },
  };
}

function quoteOnly(
  name: string,
  spoil: (edit: ExactEdit, random: () => number) => string | undefined,
): Fault {
  return {
    name,
    isPlain: true,
    spoil: (edit, random) => {
      const search = spoil(edit, random);
      return search === undefined || search === edit.search ? undefined : { ...edit, search };
    },
  };
}

const eachLine = (text: string, change: (line: string, index: number) => string): string =>
  text.split('\n').map(change).join('\n');

const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

function unitIn(text: string): string {
  const indents = text
    .split('\n')
    .map(indentOf)
    .filter((indent) => indent !== '');
  return indents.some((indent) => indent.startsWith('\t'))
    ? '\t'
    : ' '.repeat(Math.min(4, ...indents.filter(({ length }) => length > 1).map(({ length }) => length)));
}

/** Lines that stand on both sides of an edit, one after another: where they begin on each, and how many they are. */
function sharedRun(
  { search, replace }: ExactEdit,
  least: number,
): { old: number; now: number; count: number } | undefined {
  let [old, now, count] = [0, 0, 0];
  let best: { old: number; now: number; count: number } | undefined;
  for (const { kind } of [...diffLines(search.split('\n'), replace.split('\n')), { kind: 'end' }]) {
    if (kind === 'same') {
      count += 1;
    } else {
      if (count >= least && count > (best?.count ?? 0)) {
        best = { old: old - count, now: now - count, count };
      }
      count = 0;
    }
    old += kind === 'added' ? 0 : 1;
    now += kind === 'removed' ? 0 : 1;
  }
  return best;
}

const marks = [
  '// ... existing code ...',
  '# ... rest unchanged ...',
  '/* … */',
  '// (rest of the code remains the same)',
];

function elided(edit: ExactEdit, random: () => number, sides: 'both' | 'new'): SpoiltEdit | undefined {
  const run = sharedRun(edit, 3);
  if (!run) {
    return undefined;
  }
  // One line stays on the outer side, and in the new text on the inner one, too: otherwise nothing says where it ends.
  const isFirst = run.old === 0;
  const [skip, count] = sides === 'new' ? [1, run.count - 2] : [isFirst ? 1 : 0, run.count - 1];
  const mark =
    indentOf(edit.search.split('\n')[run.old + skip] ?? '') +
    (marks[Math.floor(random() * marks.length)] ?? '');
  const without = (text: string, at: number): string =>
    text
      .split('\n')
      .toSpliced(at + skip, count, mark)
      .join('\n');
  return {
    ...edit,
    search: sides === 'both' ? without(edit.search, run.old) : edit.search,
    replace: without(edit.replace, run.now),
  };
}

const curly: Change = (text) =>
  text
    .replace(/(^|[\s([{=,:])"/gm, '$1“')
    .replaceAll('"', '”')
    .replace(/(^|[\s([{=,:])'/gm, '$1‘')
    .replaceAll("'", '’');

const escaped: Change = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function twice(edit: ExactEdit, off: number): SpoiltEdit | undefined {
  const far = 40;
  if (edit.text.split(edit.search).length !== 2) {
    return undefined;
  }
  const filler = Array.from({ length: far }, (_, index) => `filler line ${String(index)}`).join('\n');
  const add = `\n${filler}\n${edit.search}\n`;
  return { ...edit, text: edit.text + add, wanted: edit.wanted + add, startLine: edit.startLine + off };
}

function withoutLine(text: string, at: number): string {
  return text.split('\n').toSpliced(at, 1).join('\n');
}

function sharedLine(
  edit: ExactEdit,
  random: () => number,
  fits: (line: string) => boolean,
): { old: number; now: number } | undefined {
  const found: { old: number; now: number }[] = [];
  let [old, now] = [0, 0];
  const [last, lines] = [
    edit.search.split('\n').length - 1,
    diffLines(edit.search.split('\n'), edit.replace.split('\n')),
  ];
  for (const { kind, text } of lines) {
    if (kind === 'same' && old > 0 && old < last && fits(text)) {
      found.push({ old, now });
    }
    old += kind === 'added' ? 0 : 1;
    now += kind === 'removed' ? 0 : 1;
  }
  return found[Math.floor(random() * found.length)];
}

/** A line that both sides have, and that is in neither of what the model writes. */
function leftOut(name: string, isLeftOut: (line: string) => boolean): Fault {
  return {
    name,
    isPlain: true,
    spoil: (edit, random) => {
      const at = sharedLine(edit, random, isLeftOut);
      return (
        at && {
          ...edit,
          search: withoutLine(edit.search, at.old),
          replace: withoutLine(edit.replace, at.now),
        }
      );
    },
  };
}

/** The ways in which models spoil edits, with those that nobody can place. */
export const faults: readonly Fault[] = [
  { name: 'exact', isPlain: true, spoil: (edit) => edit },
  {
    name: 'no line',
    isPlain: true,
    spoil: (edit) => (isOnce(edit) ? { ...edit, startLine: undefined } : undefined),
  },
  {
    name: 'line off by 40',
    isPlain: true,
    spoil: (edit) => (isOnce(edit) ? { ...edit, startLine: edit.startLine + 40 } : undefined),
  },
  both('crlf', () => (text) => text.replaceAll('\n', '\r\n')),
  {
    name: 'crlf in the document',
    isPlain: true,
    spoil: (edit) => ({
      ...edit,
      text: edit.text.replaceAll('\n', '\r\n'),
      wanted: edit.wanted.replaceAll('\n', '\r\n'),
    }),
  },
  quoteOnly('blanks at the ends of lines', ({ search }) =>
    eachLine(search, (line) => (line === '' ? line : `${line}  `)),
  ),
  {
    name: 'blanks at the ends of lines lost',
    isPlain: true,
    spoil: (edit) => {
      const lines = edit.search.split('\n');
      const at = edit.startLine - 1;
      const spoil = (text: string): string =>
        eachLine(text, (line, index) => (index === at && line !== '' ? `${line}  ` : line));
      const isKept = edit.replace.split('\n')[0] === lines[0];
      return isKept && lines[0] !== ''
        ? { ...edit, text: spoil(edit.text), wanted: spoil(edit.wanted) }
        : undefined;
    },
  },
  both('tabs for blanks', ({ text }) => {
    const unit = unitIn(text);
    return unit.startsWith(' ') && unit.length > 1
      ? (each) =>
          eachLine(each, (line) => {
            const { length } = indentOf(line);
            return (
              '\t'.repeat(Math.floor(length / unit.length)) +
              ' '.repeat(length % unit.length) +
              line.trimStart()
            );
          })
      : undefined;
  }),
  {
    name: 'blanks for tabs',
    isPlain: true,
    spoil: (edit) => {
      const unit = unitIn(edit.text);
      if (!unit.startsWith(' ') || unit.length < 2) {
        return undefined;
      }
      const spoil = (each: string): string =>
        eachLine(each, (line) => {
          const { length } = indentOf(line);
          return (
            '\t'.repeat(Math.floor(length / unit.length)) +
            ' '.repeat(length % unit.length) +
            line.trimStart()
          );
        });
      const result = { ...edit, text: spoil(edit.text), wanted: spoil(edit.wanted) };
      return result.text === edit.text ||
        result.text.replaceAll('\t', unit) !== edit.text ||
        result.wanted.replaceAll('\t', unit) !== edit.wanted
        ? undefined
        : result;
    },
  },
  both('indented a level less', ({ text, search, replace }) => {
    const unit = unitIn(text);
    const lines = [...search.split('\n'), ...replace.split('\n')].filter((line) => line.trim() !== '');
    return lines.every((line) => line.startsWith(unit))
      ? (each) => eachLine(each, (line) => line.slice(unit.length))
      : undefined;
  }),
  both(
    'indented a level more',
    ({ text }) =>
      (each) =>
        eachLine(each, (line) => (line.trim() === '' ? line : unitIn(text) + line)),
  ),
  both('not indented at all', ({ search, replace }) => {
    const lines = [...search.split('\n'), ...replace.split('\n')].filter((line) => line.trim() !== '');
    const least = Math.min(...lines.map((line) => indentOf(line).length));
    return least > 0 ? (each) => eachLine(each, (line) => line.slice(least)) : undefined;
  }),
  both('first line not indented', () => (text) => text.trimStart()),
  {
    name: 'new text a level less',
    isPlain: true,
    spoil: (edit) => {
      const [unit, lines] = [
        unitIn(edit.text),
        edit.replace.split('\n').filter((line) => line.trim() !== ''),
      ];
      const isReturned =
        edit.search.split('\n')[0] === edit.replace.split('\n')[0] && lines[0]?.trim() !== '';
      return isReturned && lines.every((line) => line.startsWith(unit))
        ? { ...edit, replace: eachLine(edit.replace, (line) => line.slice(unit.length)) }
        : undefined;
    },
  },
  {
    name: 'new text a level more',
    isPlain: true,
    spoil: (edit) => {
      const isReturned =
        edit.search.split('\n')[0] === edit.replace.split('\n')[0] &&
        edit.search.split('\n')[0]?.trim() !== '';
      return isReturned
        ? {
            ...edit,
            replace: eachLine(edit.replace, (line) => (line.trim() === '' ? line : unitIn(edit.text) + line)),
          }
        : undefined;
    },
  },
  both('curly quotes', () => curly),
  quoteOnly('curly quotes in the quote', ({ search }) => curly(search)),
  both('no-break spaces', () => (text) => text.replaceAll(' ', '\u00a0')),
  both('long dashes', () => (text) => text.replaceAll(' - ', ' – ')),
  leftOut('a blank line dropped', (line) => line.trim() === ''),
  quoteOnly('a blank line dropped in the quote', (edit, random) => {
    const at = sharedLine(edit, random, (line) => line.trim() === '');
    const search = at && withoutLine(edit.search, at.old);
    return search !== undefined && edit.text.includes(search) ? undefined : search;
  }),
  {
    name: 'a blank line added',
    isPlain: true,
    spoil: (edit, random) => {
      const at = sharedLine(edit, random, (line) => line.trim() !== '');
      return (
        at && {
          ...edit,
          search: edit.search.split('\n').toSpliced(at.old, 0, '').join('\n'),
          replace: edit.replace.split('\n').toSpliced(at.now, 0, '').join('\n'),
        }
      );
    },
  },
  quoteOnly('a blank line added in the quote', (edit, random) => {
    const at = sharedLine(edit, random, (line) => line.trim() !== '');
    return at && edit.search.split('\n').toSpliced(at.old, 0, '').join('\n');
  }),
  leftOut('a comment left out', isComment),
  quoteOnly('a comment left out of the quote', (edit, random) => {
    const at = sharedLine(edit, random, isComment);
    return at && withoutLine(edit.search, at.old);
  }),
  { name: 'code elided', isPlain: true, spoil: (edit, random) => elided(edit, random, 'both') },
  {
    name: 'code elided in the new text',
    isPlain: true,
    spoil: (edit, random) => elided(edit, random, 'new'),
  },
  {
    name: 'a line end that the file lacks',
    isPlain: true,
    spoil: (edit) => {
      const end = edit.startLine - 1 + edit.search.split('\n').length;
      const lines = edit.text.split('\n').slice(0, end);
      if (lines.at(-1)?.trim() === '') {
        return undefined;
      }
      const wanted = [...lines.slice(0, edit.startLine - 1), edit.replace].join('\n');
      return {
        ...edit,
        text: lines.join('\n'),
        wanted,
        search: `${edit.search}\n`,
        replace: `${edit.replace}\n`,
      };
    },
  },
  both('escaped line ends', ({ search }) =>
    search.includes('\n') ? (text) => text.replaceAll('\n', '\\n') : undefined,
  ),
  both('escaped as in JSON', ({ search }) =>
    search.includes('\n') ? (text) => JSON.stringify(text).slice(1, -1) : undefined,
  ),
  both('a fence', () => (text) => `\`\`\`ts\n${text}\n\`\`\``),
  {
    name: 'line numbers',
    isPlain: true,
    spoil: (edit, random) => {
      const sign = [' | ', ': ', '\t', '→', '| '][Math.floor(random() * 5)] ?? '';
      const spoil = (text: string): string =>
        eachLine(text, (line, index) => `${String(edit.startLine + index)}${sign}${line}`);
      return { ...edit, search: spoil(edit.search), replace: spoil(edit.replace) };
    },
  },
  {
    name: 'signs of a diff',
    isPlain: true,
    spoil: (edit) => {
      const lines = diffLines(edit.search.split('\n'), edit.replace.split('\n'));
      const spoil = (kind: string, sign: string): string =>
        lines
          .filter((line) => line.kind === 'same' || line.kind === kind)
          .map((line) => (line.kind === 'same' ? ' ' : sign) + line.text)
          .join('\n');
      return { ...edit, search: spoil('removed', '-'), replace: spoil('added', '+') };
    },
  },
  both('HTML entities', () => escaped),
  { name: 'twice, line right', isPlain: true, spoil: (edit) => twice(edit, 0) },
  { name: 'twice, line off by one', isPlain: true, spoil: (edit) => twice(edit, 1) },
  { name: 'twice, line off by two', isPlain: true, spoil: (edit) => twice(edit, -2) },
  {
    name: 'twice, no line',
    isPlain: false,
    spoil: (edit) => {
      const spoilt = twice(edit, 0);
      return spoilt && { ...spoilt, startLine: undefined };
    },
  },
  {
    name: 'a typo',
    isPlain: false,
    spoil: (edit, random) => {
      const words = [...edit.search.matchAll(/[A-Za-z]{4,}/g)];
      const word = words[Math.floor(random() * words.length)];
      return (
        word && { ...edit, search: edit.search.slice(0, word.index + 1) + edit.search.slice(word.index + 2) }
      );
    },
  },
  {
    name: 'changed within',
    isPlain: false,
    spoil: (edit, random) => {
      const lines = edit.search.split('\n');
      const rows = lines.flatMap((line, index) => (/\w/.test(line) ? [index] : []));
      const row = rows[Math.floor(random() * rows.length)];
      if (row === undefined) {
        return undefined;
      }
      const at = edit.startLine - 1 + row;
      const text = eachLine(edit.text, (line, index) =>
        index === at ? line.replace(/\w(?=\W*$)/, '$&x1') : line,
      );
      return text.includes(edit.search) ? undefined : { ...edit, text };
    },
  },
  {
    name: 'not in the file',
    isPlain: false,
    spoil: (edit) => ({
      ...edit,
      search: eachLine(edit.search, (line) => line.replace(/\w+/g, (word) => `${word}Q`)),
    }),
  },
];

function isOnce({ text, search }: ExactEdit): boolean {
  return text.split(search).length === 2;
}
