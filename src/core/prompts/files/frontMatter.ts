/** A value of front matter: a text, or a list of texts. */
export interface FrontMatterField {
  readonly value: string | readonly string[];
  /** Counted from 1, from the top of the file. */
  readonly line: number;
}

/** What stands above a Markdown text, and the text itself. */
export interface FrontMatter {
  readonly fields: ReadonlyMap<string, FrontMatterField>;
  readonly body: string;
}

/** What cannot be read of a file, in words, and where: lines are counted from 1. */
export class FrontMatterError extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}

interface Line {
  readonly text: string;
  readonly number: number;
}

/**
 * Reads the part of YAML that front matter needs: one `key: value` a line, quoted texts, and lists of them. Whatever
 * YAML would read in another way than it looks throws a `FrontMatterError`; nothing is guessed.
 */
export function readFrontMatter(text: string): FrontMatter {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (!isFence(lines[0])) {
    return { fields: new Map(), body: lines.join('\n').trim() };
  }
  const end = lines.findIndex((line, index) => index > 0 && isFence(line));
  if (end < 0) {
    throw new FrontMatterError(1, 'The front matter has no end: a line of "---" is missing after it.');
  }
  const head = lines.slice(1, end).map((line, index) => ({ text: line, number: index + 2 }));
  const body = lines.slice(end + 1).join('\n');
  return {
    fields: readFields(head.filter(({ text: line }) => !/^\s*(?:#.*)?$/.test(line))),
    body: body.trim(),
  };
}

function isFence(line: string | undefined): boolean {
  return line !== undefined && /^---\s*$/.test(line);
}

function readFields(lines: readonly Line[]): ReadonlyMap<string, FrontMatterField> {
  const fields = new Map<string, FrontMatterField>();
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    const [, key, rest] = /^([A-Za-z][\w-]*):(?:[ \t]+(.*))?$/.exec(line?.text ?? '') ?? [];
    if (!line || key === undefined) {
      throw new FrontMatterError(line?.number ?? 1, 'This is not "name: value".');
    }
    if (fields.has(key)) {
      throw new FrontMatterError(line.number, `"${key}" stands here for the second time.`);
    }
    const items = rest === undefined || isComment(rest) ? itemsFrom(lines, at + 1) : [];
    const value = items.length > 0 ? items.map(readItem) : readValue(rest ?? '', line.number);
    fields.set(key, { value, line: line.number });
    at += 1 + items.length;
  }
  return fields;
}

/** The lines of a list, each of which begins with `-`. */
function itemsFrom(lines: readonly Line[], start: number): readonly Line[] {
  const length = lines.slice(start).findIndex(({ text }) => !/^\s*-(?:\s|$)/.test(text));
  return lines.slice(start, length < 0 ? undefined : start + length);
}

function readItem({ text, number }: Line): string {
  return readText(text.replace(/^\s*-/, '').trim(), number);
}

function readValue(text: string, line: number): string | readonly string[] {
  const trimmed = text.trim();
  return trimmed.startsWith('[') ? readList(trimmed, line) : readText(trimmed, line);
}

/** A quoted text, or one up to the comma or the end of a list. */
const listItem = /\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,[\]{}"'][^,[\]{}]*)\s*([,\]])/y;

function readList(text: string, line: number): readonly string[] {
  const [, empty] = /^\[\s*\](.*)$/.exec(text) ?? [];
  const items: string[] = [];
  let [at, ended] = [1, false];
  if (empty !== undefined && isComment(empty)) {
    return [];
  }
  while (!ended) {
    listItem.lastIndex = at;
    const [whole = '', item = '', sign] = listItem.exec(text) ?? [];
    if (whole === '' || item.trim() === '') {
      throw new FrontMatterError(line, 'This list cannot be read: write [one, "two"] on one line.');
    }
    items.push(readText(item.trim(), line));
    at += whole.length;
    ended = sign === ']';
  }
  if (!isComment(text.slice(at))) {
    throw new FrontMatterError(line, 'There is something after the end of the list.');
  }
  return items;
}

function isComment(text: string): boolean {
  return /^\s*(?:#.*)?$/.test(text);
}

function readText(text: string, line: number): string {
  return text.startsWith('"')
    ? readDoubleQuoted(text, line)
    : text.startsWith("'")
      ? readSingleQuoted(text, line)
      : readPlain(text, line);
}

function readDoubleQuoted(text: string, line: number): string {
  const [, quoted, rest] = /^("(?:[^"\\]|\\.)*")(.*)$/.exec(text) ?? [];
  try {
    // What both YAML and JSON read in the same way.
    const value: unknown = quoted !== undefined && isComment(rest ?? '') ? JSON.parse(quoted) : undefined;
    if (typeof value === 'string') {
      return value;
    }
  } catch {
    // An escape that JSON does not have.
  }
  throw new FrontMatterError(line, 'This text in double quotes does not end, or something stands after it.');
}

function readSingleQuoted(text: string, line: number): string {
  const [, quoted, rest] = /^'((?:[^']|'')*)'(.*)$/.exec(text) ?? [];
  if (quoted === undefined || !isComment(rest ?? '')) {
    throw new FrontMatterError(
      line,
      'This text in single quotes does not end, or something stands after it.',
    );
  }
  return quoted.replaceAll("''", "'");
}

function readPlain(text: string, line: number): string {
  const value = text.replace(/(?:^|\s)#.*$/, '').trim();
  if (/^[|>]/.test(value)) {
    throw new FrontMatterError(line, 'A text over several lines cannot be read here. Write it on one line.');
  }
  if (/^[&*!%@`{}[\],?]/.test(value) || /:(?:\s|$)/.test(value) || /^-(?:\s|$)/.test(value)) {
    throw new FrontMatterError(line, 'This value means something else in YAML. Put it into quotes.');
  }
  return value;
}
