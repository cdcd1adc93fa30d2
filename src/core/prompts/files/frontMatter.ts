import { FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';
import { objectIn } from '../../util/json.ts';

/** A value of front matter: a text, or lists and maps of texts. */
export interface FrontMatterField {
  readonly value: unknown;
  /** From 1, at the top of the file. */
  readonly line: number;
}

/** The front matter of a Markdown text, and the text. */
export interface FrontMatter {
  readonly fields: ReadonlyMap<string, FrontMatterField>;
  readonly body: string;
}

/** What can't be read in a file, and where: lines are counted from 1. */
export class FrontMatterError extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}

/** A field that is longer is not one that we know. */
const maxFieldLength = 10_000;

/** The lines of one field, from the one with its name on. */
interface Field {
  readonly name: string;
  readonly lines: readonly string[];
  readonly line: number;
}

/** Reads the fields with these names. The others are meant for other programs, and stay unread. */
export function readFrontMatter(text: string, names: readonly string[]): FrontMatter {
  const lines = unwrapped(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')).split('\n');
  if (!isFence(lines[0])) {
    return { fields: new Map(), body: lines.join('\n').trim() };
  }
  const end = lines.findIndex((line, index) => index > 0 && isFence(line));
  if (end < 0) {
    throw new FrontMatterError(1, 'The front matter has no end: a line of "---" is missing after it.');
  }
  const fields = new Map<string, FrontMatterField>();
  for (const field of fieldsIn(lines.slice(1, end)).filter(({ name }) => names.includes(name))) {
    if (fields.has(field.name)) {
      throw new FrontMatterError(field.line, `"${field.name}" stands here for the second time.`);
    }
    fields.set(field.name, { value: readValue(field), line: field.line });
  }
  return {
    fields,
    body: lines
      .slice(end + 1)
      .join('\n')
      .trim(),
  };
}

/** Prompts that were written down by a chat stand in a fence that says so. */
function unwrapped(text: string): string {
  const [, , inside] = /^(`{3,})prompt[ \t]*\n([^]*?)\n\1\s*$/.exec(text) ?? [];
  return inside ?? text;
}

function isFence(line: string | undefined): boolean {
  return line !== undefined && /^---\s*$/.test(line);
}

/** A field begins with its name at the beginning of a line; what is indented, lists and comments belong to it. */
function fieldsIn(lines: readonly string[]): readonly Field[] {
  const starts = lines.flatMap((line, index) => (/^(?:[\s#\]}-]|$)/.test(line) ? [] : [index]));
  const first = lines.findIndex((line) => !/^\s*(?:#.*)?$/.test(line));
  return [...new Set(first < 0 ? [] : [first, ...starts])].map((start, index, all) => {
    const [, name] = /^([A-Za-z][\w-]*):(?:\s|$)/.exec(lines[start] ?? '') ?? [];
    if (name === undefined) {
      throw new FrontMatterError(start + 2, 'This is not "name: value".');
    }
    return { name, line: start + 2, lines: lines.slice(start, all[index + 1]) };
  });
}

/** Everything is text or made of texts: no dates, no numbers, no yes that is true. */
function readValue({ name, lines, line }: Field): unknown {
  const text = lines.join('\n');
  if (text.length > maxFieldLength) {
    throw new FrontMatterError(line, `"${name}" is too long.`);
  }
  try {
    return objectIn(load(text, { schema: FAILSAFE_SCHEMA, maxAliases: 0 }))?.[name];
  } catch (error) {
    const plain = plainWithColon(text);
    if (plain !== undefined) {
      return plain;
    }
    if (error instanceof YAMLException) {
      throw new FrontMatterError(
        line + (error.mark?.line ?? 0),
        `This cannot be read as YAML: ${error.reason}. Put the text into single quotes.`,
      );
    }
    throw error;
  }
}

/** Words with a colon in them are no YAML, but nothing else can be meant, and other programs read them. */
function plainWithColon(text: string): string | undefined {
  const [, words] = /^[\w-]+:[ \t]+([\p{L}\p{N}(][^\n]*)$/u.exec(text.trimEnd()) ?? [];
  return words?.replace(/(?<!\s)\s+#.*$/, '').trim();
}
