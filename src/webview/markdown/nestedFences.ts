import { readFenceInfo } from './fenceInfo.ts';

const holdsFences = /^(?:md|mdx|markdown|gfm|rmd|qmd)$/i;

const fenceLine = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\n]*)$/;

/** The code fences inside of a fence of Markdown: what opens with a language is closed before the fence itself. */
export class NestedFences {
  readonly #marker: string | undefined;
  readonly #open: string[] = [];

  constructor(marker: string, info: string) {
    this.#marker = holdsFences.test(readFenceInfo(info).language) ? marker : undefined;
  }

  /** Takes the next whole line; returns whether it belongs to a fence inside. */
  take(line: string): boolean {
    const [, marks, rest = ''] = (this.#marker !== undefined && fenceLine.exec(line)) || [];
    if (marks === undefined || !marks.startsWith(this.#marker ?? '')) {
      return this.#open.length > 0;
    }
    if (rest.trim() === '') {
      const inner = this.#open.at(-1);
      if (inner !== undefined && marks.startsWith(inner)) {
        this.#open.pop();
        return true;
      }
      return inner !== undefined;
    }
    if (/^[\w+#.{-][^`]*$/.test(rest)) {
      this.#open.push(marks);
      return true;
    }
    return this.#open.length > 0;
  }
}

const opening = /^( {0,3})(`{3,}|~{3,})([^\n]*)(?:\n|$)/;

const closing = /^ {0,3}(`{3,}|~{3,}) *$/;

/** The fence of Markdown that a text starts with, and how it would be written with marks that no line inside has. */
export function fenceWithFences(
  source: string,
): { readonly raw: string; readonly plain: string } | undefined {
  const [line, indent = '', marker, info = ''] = opening.exec(source) ?? [];
  if (line === undefined || marker === undefined) {
    return undefined;
  }
  const nested = new NestedFences(marker, info);
  let longest = marker.length;
  let hasInner = false;
  for (let from = line.length; from < source.length;) {
    const end = source.indexOf('\n', from);
    const to = end < 0 ? source.length : end;
    const current = source.slice(from, to);
    const isInner = nested.take(current);
    hasInner ||= isInner;
    if (!isInner && closing.exec(current)?.[1]?.startsWith(marker)) {
      const marks = marker.charAt(0).repeat(longest + 1);
      const plain = `${indent}${marks}${info}\n${source.slice(line.length, from)}${marks}`;
      return hasInner ? { raw: source.slice(0, to), plain } : undefined;
    }
    longest = Math.max(longest, /^ *([`~]+)/.exec(current)?.[1]?.length ?? 0);
    from = to + 1;
  }
  const marks = marker.charAt(0).repeat(longest + 1);
  return hasInner
    ? { raw: source, plain: `${indent}${marks}${info}\n${source.slice(line.length)}` }
    : undefined;
}
