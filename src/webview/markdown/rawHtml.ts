/** Raw HTML is looked at no further than this, so that many open tags take no time. */
const furthest = 2_000;

/** What is closed by something else than its own `>`, and by what. */
const containers: readonly (readonly [opening: RegExp, closing: RegExp])[] = [
  [/^<script(?=[\s>])/i, /<\/script>/i],
  [/^<pre(?=[\s>])/i, /<\/pre>/i],
  [/^<style(?=[\s>])/i, /<\/style>/i],
  [/^<textarea(?=[\s>])/i, /<\/textarea>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<!\[CDATA\[/, /\]\]>/],
  // A tag on several lines.
  [/^[^\n>]*\n/, />/],
];

const blankLineOrFence = /\n[ \t]*(?=\n|$|`{3}|~{3})/;

const tagLine = /^[ \t]*<[a-zA-Z/!?][^\n]*>[ \t]*$/;

/** What is Markdown in a line beside its tags. */
const marks = /[*_`$[\]~\\]/;

/**
 * The lines of HTML that a text starts with: a container that is closed before a blank line and a code fence, or lines
 * of nothing but tags and plain text. Whatever else begins with a tag is Markdown, so that no tag takes what follows it.
 */
export function rawHtml(source: string): string | undefined {
  const whole = source.slice(0, furthest);
  const part = whole.slice(0, blankLineOrFence.exec(whole)?.index);
  const text = part.trimStart();
  const container = containers.find(([opening]) => opening.test(text));
  if (container) {
    const end = container[1].exec(part);
    return end ? endOfLine(source, end.index + end[0].length) : undefined;
  }
  const lines = part.split('\n');
  if (lines.length === 1 && part.length === furthest) {
    return undefined;
  }
  const first = lines.findIndex((line) => !isTags(line));
  const taken = first < 0 ? lines : lines.slice(0, first);
  return taken.length === 0 ? undefined : endOfLine(source, taken.join('\n').length);
}

/** The text up to the end of a line, if nothing but white space is between. */
function endOfLine(source: string, from: number): string | undefined {
  const isWhole = /^[ \t]*(?:\n|$)/.test(source.slice(from, from + 100));
  return isWhole ? source.slice(0, from) : undefined;
}

function isTags(line: string): boolean {
  return tagLine.test(line) && !marks.test(line.replace(/<[^<>]*>/g, ''));
}
