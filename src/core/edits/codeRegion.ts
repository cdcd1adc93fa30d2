/** The start of a named declaration, in most languages. */
const declaration =
  /\b(?:function|class|interface|type|enum|struct|trait|impl|def|fn|func|fun|sub|module|namespace|record|object|const|let|var)\s+\*?([\p{L}_$][\p{L}\p{N}_$]*)/u;

/** What belongs to the declaration below it. */
const heading = /^(?:\/\/|\/\*|\*|#|@|--|\[)/;

/** What closes a block on its own line. */
const closing = /^(?:[})\]]|end\b|fi\b|done\b|esac\b)/;

interface Line {
  /** Trimmed. */
  readonly text: string;
  readonly indent: string;
  readonly start: number;
  /** Without the line ending. */
  readonly end: number;
}

/** A document's lines that code is another version of. */
export interface CodeRegion {
  /** Offsets; the first line's indentation isn't part of it. */
  readonly start: number;
  readonly end: number;
  /** The lines as they are, and the code's lines, indented like them. */
  readonly present: readonly string[];
  readonly code: readonly string[];
  /** The share of the lines that return. */
  readonly kept: number;
}

/** The declaration or the lines of which code is another version; absent if unclear. `isSaid` tells lines that count. */
export function findRegion(
  document: string,
  code: string,
  isSaid: (line: string) => boolean = () => true,
): CodeRegion | undefined {
  const wanted = withoutBlankEnds(linesOf(code));
  const said = wanted.filter(({ text }) => isSaid(text));
  const present = linesOf(document);
  const anchor = findAnchor(present, said);
  if (!anchor) {
    return undefined;
  }
  const first = anchor.headed ? headingAbove(present, anchor.at) : anchor.at;
  const last = bestEnd(present, anchor.at, said);
  const [from, to] = [present[first], present[last]];
  return from && to
    ? {
        start: from.start + from.indent.length,
        end: to.end,
        present: present.slice(first, last + 1).map(({ text, indent }) => (text === '' ? '' : indent + text)),
        code: wanted.map((line) => moved(line, anchor)),
        kept: keptShare(present.slice(anchor.at, last + 1), said),
      }
    : undefined;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    lines.push({ text: line.trim(), indent, start, end: start + line.length });
    start += raw.length + 1;
  }
  return lines;
}

function withoutBlankEnds(lines: readonly Line[]): readonly Line[] {
  const first = lines.findIndex(({ text }) => text !== '');
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(({ text }) => text !== '') + 1);
}

interface Anchor {
  /** The line in the document. */
  readonly at: number;
  /** The line's indentation in the document and in the code. */
  readonly indent: string;
  readonly codeIndent: string;
  /** Whether comments or decorators above it in the code replace those in the document. */
  readonly headed: boolean;
}

/** The first line of the code that matches exactly one document line, by its words or the declared name. */
function findAnchor(present: readonly Line[], wanted: readonly Line[]): Anchor | undefined {
  for (const [index, line] of wanted.entries()) {
    if (line.text === '' || heading.test(line.text)) {
      continue;
    }
    const at = onlyIndex(present, ({ text }) => text === line.text) ?? declaredAt(present, line);
    const isFirst = wanted.slice(0, index).every(({ text }) => text === '' || heading.test(text));
    const found = at === undefined ? undefined : present[at];
    // If the code starts with something new, it is unclear what that replaces.
    return at !== undefined && found && isFirst
      ? { at, indent: found.indent, codeIndent: line.indent, headed: index > 0 }
      : undefined;
  }
  return undefined;
}

function declaredAt(present: readonly Line[], { text }: Line): number | undefined {
  const name = declaration.exec(text)?.[1];
  return name === undefined
    ? undefined
    : onlyIndex(present, (line) => declaration.exec(line.text)?.[1] === name);
}

function onlyIndex(lines: readonly Line[], matches: (line: Line) => boolean): number | undefined {
  const first = lines.findIndex(matches);
  return first >= 0 && lines.findLastIndex(matches) === first ? first : undefined;
}

function headingAbove(present: readonly Line[], at: number): number {
  let first = at;
  while (first > 0 && heading.test(present[first - 1]?.text ?? '')) {
    first -= 1;
  }
  return first;
}

/** The end of the region from `at` that is most similar to the code, among all block ends. */
function bestEnd(present: readonly Line[], at: number, wanted: readonly Line[]): number {
  const indent = present[at]?.indent.length ?? 0;
  const remaining = countsOf(wanted);
  let [common, size, best, bestScore] = [0, 0, at, -1];
  for (let index = at; index < present.length; index += 1) {
    const line = present[index];
    if (!line || line.text === '') {
      continue;
    }
    if (index > at && line.indent.length < indent) {
      break;
    }
    size += 1;
    common += take(remaining, line.text) ? 1 : 0;
    const score = (2 * common) / (size + wanted.length);
    if (score > bestScore && endsBlock(present, index, indent)) {
      [best, bestScore] = [index, score];
    }
  }
  return best;
}

/** Whether the lines after the block are no deeper than its start and close nothing of it. */
function endsBlock(present: readonly Line[], index: number, indent: number): boolean {
  const next = present.slice(index + 1, index + 20).find(({ text }) => text !== '');
  return !next || next.indent.length < indent || (next.indent.length === indent && !closing.test(next.text));
}

function keptShare(region: readonly Line[], wanted: readonly Line[]): number {
  const remaining = countsOf(wanted);
  const lines = region.filter(({ text }) => text !== '');
  const kept = lines.filter(({ text }) => take(remaining, text)).length;
  // A short declaration may change completely: its name says where it belongs.
  return lines.length <= 12 ? 1 : kept / lines.length;
}

function countsOf(lines: readonly Line[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of lines) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

function take(counts: Map<string, number>, text: string): boolean {
  const left = counts.get(text) ?? 0;
  counts.set(text, left - 1);
  return left > 0;
}

/** A line of the code, indented like the document. */
function moved({ text, indent }: Line, anchor: Anchor): string {
  if (text === '') {
    return '';
  }
  const inner = indent.startsWith(anchor.codeIndent) ? indent.slice(anchor.codeIndent.length) : '';
  return `${anchor.indent}${inner}${text}`;
}
