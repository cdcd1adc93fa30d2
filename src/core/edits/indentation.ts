/** What is needed to indent lines like the document. */
export interface Indenting {
  /** The quoted lines of an answer, paired with the document's. */
  readonly quoted: readonly string[];
  readonly found: readonly string[];
  /** One level of indentation in the answer and in the document; unknown if all lines have the same depth. */
  readonly quotedUnit: string | undefined;
  readonly foundUnit: string | undefined;
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

/**
 * Indents an answer's line like the document: as the quoted lines of the same depth, or by levels relative to them.
 * Absent if that depth is ambiguous in the document.
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

/** The same levels in the other unit; leftover spaces are alignment and stay. */
function inUnits(indent: string, from: string | undefined, to: string | undefined): string {
  if (from === undefined || to === undefined || from === to) {
    return indent;
  }
  const tabs = indent.split('\t').length - 1;
  const blanks = indent.length - tabs;
  const levels = from === '\t' ? 0 : Math.floor(blanks / from.length);
  return to.repeat(tabs + levels) + ' '.repeat(blanks - levels * (from === '\t' ? 0 : from.length));
}
