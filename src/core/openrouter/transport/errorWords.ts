import { objectIn, parseJson, type JsonObject } from '../../util/json.ts';

/** What services call the words of a failure, the most telling first. */
const wordFields = ['message', 'error', 'detail', 'msg', 'details', 'errors', 'error_description', 'reason'];

/** Deeper than anybody wraps an error. */
const maxDepth = 8;

/** More is no sentence that somebody reads. */
const maxLength = 500;

/** The sentence in whatever a service says of a failure: text, JSON, JSON within text, or a web page; never JSON itself. */
export function sentenceIn(value: unknown, depth = 0): string | undefined {
  if (depth > maxDepth) {
    return undefined;
  }
  if (typeof value === 'string') {
    return sentenceInText(value.trim(), depth);
  }
  if (Array.isArray(value)) {
    const all = value.slice(0, 5).flatMap((each: unknown) => sentenceIn(each, depth + 1) ?? []);
    return all.length === 0 ? undefined : [...new Set(all)].join(' ');
  }
  const object = objectIn(value);
  return object && sentenceInObject(object, depth);
}

function sentenceInObject(object: JsonObject, depth: number): string | undefined {
  for (const field of wordFields) {
    const words = sentenceIn(object[field], depth + 1);
    if (words !== undefined) {
      return words;
    }
  }
  return undefined;
}

function sentenceInText(text: string, depth: number): string | undefined {
  if (isPage(text)) {
    return pageWords(text);
  }
  const start = text.search(/\{\s*["'}]|\[\s*[{["'\]]/);
  if (start === -1) {
    return text === '' ? undefined : text.slice(0, maxLength);
  }
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  const json = parseJson(text.slice(start, end));
  const before = text.slice(0, start).replace(/(?<![\s:–-])[\s:–-]+$/, '');
  const within = json === undefined ? quotedWords(text) : sentenceIn(json, depth + 1);
  return within ?? (/[a-z]{3}/i.test(before) ? before.slice(0, maxLength) : undefined);
}

/** The words of JSON that was cut off, or written as another language writes it. */
function quotedWords(text: string): string | undefined {
  const found = /["'](?:message|detail|msg)["']\s{0,9}:\s{0,9}(?:"((?:[^"\\]|\\.)+)|'((?:[^'\\]|\\.)+))/.exec(
    text,
  );
  const words = found?.[1] ?? found?.[2];
  return words
    ?.replaceAll(/\\[nrt]/g, ' ')
    .replaceAll(/\\(.)/g, '$1')
    .slice(0, maxLength);
}

/** Whether a text is a web page, which no service answers with. */
export function isPage(text: string): boolean {
  const start = text.slice(0, 2_000).replace(/^[\s\uFEFF]+/, '');
  return start.startsWith('<') && /<(!doctype|\?xml|html|head|body|title|meta|center|h1)\b/i.test(start);
}

/** What a web page is called, in a sentence. */
export function pageWords(page: string): string {
  const start = page.slice(0, 20_000);
  const titled = /<title[^<>]*>([^<]+)/i.exec(start) ?? /<h1[^<>]*>([^<]+)/i.exec(start);
  const title = withoutEntities(titled?.[1] ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  return title === ''
    ? 'The server sent a web page instead of an API response.'
    : `The server sent a web page instead of an API response: "${title}"`;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function withoutEntities(text: string): string {
  return text
    .replaceAll(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(lt|gt|quot|apos|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replaceAll('&amp;', '&');
}
