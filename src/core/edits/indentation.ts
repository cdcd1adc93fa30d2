/** What is needed to indent lines as a document has them. */
export interface Indenting {
  /** The lines that an answer quotes, and those of the document, one for each. */
  readonly quoted: readonly string[];
  readonly found: readonly string[];
  /** One level of indentation, in the answer and in the document; unknown where all lines stand at one depth. */
  readonly quotedUnit: string | undefined;
  readonly foundUnit: string | undefined;
}

/** Indents by the smallest step that counts: one blank more is how comments and arguments are aligned. */
const minStep = 2;

/** One level of indentation: a tab, or the most frequent step of blanks from a line to a deeper one. */
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

/**
 * Gives a line of an answer the indentation that it has in the document: that of the lines quoted at the same depth,
 * or so many levels more or less. Nothing where lines of that depth stand at several depths in the document, for
 * then it is not known which one is meant.
 */
export function indenter({
  quoted,
  found,
  quotedUnit,
  foundUnit,
}: Indenting): (line: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  for (const [index, line] of quoted.entries()) {
    if (line.trim() !== '') {
      const [key, value] = [indentOf(line), indentOf(found[index] ?? '')];
      known.set(key, known.has(key) && known.get(key) !== value ? undefined : value);
    }
  }
  const byDepth = [...known].sort(([one], [other]) => other.length - one.length);
  return (line) => {
    if (line.trim() === '') {
      return '';
    }
    const [indent, words] = [indentOf(line), line.trimStart()];
    const nearest = byDepth.find(([key]) => indent.startsWith(key));
    if (nearest) {
      const deeper = inUnits(indent.slice(nearest[0].length), quotedUnit, foundUnit);
      return nearest[1] === undefined ? undefined : nearest[1] + deeper + words;
    }
    const [key, value] = byDepth.at(-1) ?? ['', undefined];
    if (value === undefined || !key.startsWith(indent)) {
      return undefined;
    }
    const less = inUnits(key.slice(indent.length), quotedUnit, foundUnit);
    return (value.endsWith(less) ? value.slice(0, value.length - less.length) : '') + words;
  };
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** The same levels in the other unit; blanks that make no level are alignment, and stay. */
function inUnits(indent: string, from: string | undefined, to: string | undefined): string {
  if (from === undefined || to === undefined || from === to) {
    return indent;
  }
  const tabs = indent.split('\t').length - 1;
  const blanks = indent.length - tabs;
  const levels = from === '\t' ? 0 : Math.floor(blanks / from.length);
  return to.repeat(tabs + levels) + ' '.repeat(blanks - levels * (from === '\t' ? 0 : from.length));
}
