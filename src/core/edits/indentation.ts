/** What is needed to indent lines like the document. */
export interface Indenting {
  /** The quoted lines of an answer, paired with the document's. */
  readonly quoted: readonly string[];
  readonly found: readonly string[];
  /** The lines that take their place. */
  readonly by: readonly string[];
  /** One level of indentation in the document, if known. */
  readonly unit: string | undefined;
}

/** The smallest real step: a single extra space aligns comments and arguments. */
const minStep = 2;

/** One level of indentation: a tab, or the most frequent number of spaces between a line and a deeper one. */
export function unitOf(lines: readonly string[]): string | undefined {
  const steps = new Map<number, number>();
  let [tabs, blanks] = [0, 0];
  let last: number | undefined;
  for (const line of lines) {
    if (line.trim() === '') {
      continue;
    }
    const { length } = indentOf(line);
    if (line.startsWith('\t')) {
      tabs += 1;
    } else {
      blanks += length > 0 ? 1 : 0;
      const step = length - (last ?? length);
      if (step >= minStep) {
        steps.set(step, (steps.get(step) ?? 0) + 1);
      }
      last = length;
    }
  }
  if (tabs > 0 && tabs >= blanks) {
    return '\t';
  }
  const [best] = [...steps].sort(([one, often], [other, oftener]) => oftener - often || one - other);
  return best && ' '.repeat(best[0]);
}

/** The white space at the beginning of a line. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

type Indent = (indent: string) => string | undefined;
type Pair = readonly [quoted: string, found: string];

/**
 * Indents an answer's line like the document: as the quoted lines of the same depth, or by what sets those off from the
 * document's. Absent if that is unclear.
 */
export function indenter({ quoted, found, by, unit }: Indenting): (line: string) => string | undefined {
  const pairs = quoted.flatMap((line, index): readonly Pair[] =>
    line.trim() === '' ? [] : [[indentOf(line), indentOf(found[index] ?? '')]],
  );
  const known = new Map<string, string | undefined>();
  for (const [one, other] of pairs) {
    known.set(one, known.has(one) && known.get(one) !== other ? undefined : other);
  }
  const quotedUnit = unitOf([...quoted, ...by]);
  const rule =
    unchanged(pairs, { quotedUnit, unit }) ??
    betweenTabsAndBlanks(pairs) ??
    shifted(pairs, { quotedUnit, unit }) ??
    byLevels(known, { quotedUnit, unit });
  return (line) => {
    if (line.trim() === '') {
      return '';
    }
    const indent = indentOf(line);
    const by = known.has(indent) ? known.get(indent) : rule(indent);
    return by === undefined ? undefined : by + line.slice(indent.length);
  };
}

interface Units {
  readonly quotedUnit: string | undefined;
  readonly unit: string | undefined;
}

/** Where all quoted lines are indented as in the document, others are too, unless they use tabs for blanks or the reverse. */
function unchanged(pairs: readonly Pair[], { quotedUnit, unit }: Units): Indent | undefined {
  if (pairs.some(([one, other]) => one !== other)) {
    return undefined;
  }
  const has = (sign: string): boolean => pairs.some(([one]) => one.includes(sign));
  if (unit === '\t' && !has(' ') && quotedUnit?.startsWith(' ') === true) {
    return (indent) => (/^ {2}/.test(indent) ? inUnits(indent, quotedUnit, unit) : indent);
  }
  if (unit?.startsWith(' ') === true && !has('\t')) {
    return (indent) => inUnits(indent, '\t', unit);
  }
  return (indent) => indent;
}

/** The rule where one side uses tabs and the other as many blanks for each of them. */
function betweenTabsAndBlanks(pairs: readonly Pair[]): Indent | undefined {
  const counts = pairs.map(([one, other]) => ({ one: counted(one), other: counted(other) }));
  const toTabs = counts.every(({ one }) => one.tabs === 0) && counts.some(({ other }) => other.tabs > 0);
  const toBlanks = counts.every(({ other }) => other.tabs === 0) && counts.some(({ one }) => one.tabs > 0);
  if (!toTabs && !toBlanks) {
    return undefined;
  }
  const widths = new Set(
    counts.map(({ one, other }) => {
      const [tabbed, spaced] = toTabs ? [other, one] : [one, other];
      return tabbed.tabs === 0
        ? tabbed.blanks === spaced.blanks
          ? undefined
          : -1
        : (spaced.blanks - tabbed.blanks) / tabbed.tabs;
    }),
  );
  widths.delete(undefined);
  const [width] = widths;
  if (widths.size !== 1 || width === undefined || !Number.isInteger(width) || width < 1) {
    return undefined;
  }
  const blanks = ' '.repeat(width);
  return (indent) => (toTabs ? inUnits(indent, blanks, '\t') : inUnits(indent, '\t', blanks));
}

/** The rule where all quoted lines lack the same indentation, or have it too much. */
function shifted(pairs: readonly Pair[], { quotedUnit, unit }: Units): Indent | undefined {
  const [[one, other] = ['', '']] = pairs;
  const isMore = other.length >= one.length;
  const step = isMore ? other.slice(0, other.length - one.length) : one.slice(0, one.length - other.length);
  const isShift = pairs.every(([quoted, found]) =>
    isMore ? step + quoted === found : quoted === step + found,
  );
  if (!isShift || isScaled(pairs, { quotedUnit, unit })) {
    return undefined;
  }
  return isMore
    ? (indent) => step + indent
    : (indent) => (indent.startsWith(step) ? indent.slice(step.length) : undefined);
}

/** Whether the answer indents each level by another number of blanks than the document. */
function isScaled(pairs: readonly Pair[], { quotedUnit, unit }: Units): boolean {
  if (quotedUnit === undefined || unit === undefined || quotedUnit === unit) {
    return false;
  }
  return pairs.every(([one, other]) => one.length * unit.length === other.length * quotedUnit.length);
}

/** The rule by the levels that a line is deeper or less deep than a quoted one. */
function byLevels(known: ReadonlyMap<string, string | undefined>, { quotedUnit, unit }: Units): Indent {
  const byDepth = [...known].sort(([one], [other]) => other.length - one.length);
  return (indent) => {
    const nearest = byDepth.find(([key]) => indent.startsWith(key));
    if (nearest) {
      const deeper = inUnits(indent.slice(nearest[0].length), quotedUnit, unit);
      return nearest[1] === undefined ? undefined : nearest[1] + deeper;
    }
    const [key, value] = byDepth.at(-1) ?? ['', undefined];
    if (value === undefined || !key.startsWith(indent)) {
      return undefined;
    }
    const less = inUnits(key.slice(indent.length), quotedUnit, unit);
    return value.endsWith(less) ? value.slice(0, value.length - less.length) : undefined;
  };
}

function counted(indent: string): { readonly tabs: number; readonly blanks: number } {
  const tabs = indent.split('\t').length - 1;
  return { tabs, blanks: indent.length - tabs };
}

/** The same levels in the other unit; leftover spaces are alignment and stay. */
function inUnits(indent: string, from: string | undefined, to: string | undefined): string {
  if (from === undefined || to === undefined || from === to) {
    return indent;
  }
  const { tabs, blanks } = counted(indent);
  const levels = from === '\t' ? 0 : Math.floor(blanks / from.length);
  return to.repeat(tabs + levels) + ' '.repeat(blanks - levels * (from === '\t' ? 0 : from.length));
}
