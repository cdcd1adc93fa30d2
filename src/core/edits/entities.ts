const characters: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  '#34': '"',
  '#39': "'",
  '#x22': '"',
  '#x27': "'",
  '#x2f': '/',
  '#x60': '`',
  nbsp: ' ',
};

const entity = /&(lt|gt|amp|quot|apos|#34|#39|#x22|#x27|#x2f|#x60|nbsp);/gi;

/** Languages in which an entity outside of a string is never meant. */
const codeFile =
  /\.(?:[cm]?[jt]s|c|h|cc|cpp|cxx|hh|hpp|hxx|m|mm|cs|go|rs|java|kt|kts|swift|scala|dart|py|pyi|rb|lua|pl|r|jl|ex|exs|erl|hs|ml|fs|clj|zig|nim|sh|bash|zsh|ps1|sql|proto|graphql|toml|ini|yaml|yml|json|jsonc|css|scss|less|tf|gradle|groovy)$/i;

/** Whether a path is that of a program or data, in which neither markup nor Markdown stands by itself. */
export function isCodeFile(path: string | undefined): boolean {
  return path !== undefined && codeFile.test(path);
}

/** A text with the characters that its HTML entities stand for; each is read once. */
export function plainEntities(text: string): string {
  return text.replace(entity, (found, name: string) => characters[name.toLowerCase()] ?? found);
}

/** New code without entities outside of strings, where the quoted code has none. */
export function plainEntitiesOfCode(search: string, replace: string, path: string | undefined): string {
  return isCodeFile(path) && plainEntities(search) === search
    ? outsideStrings(replace, plainEntities)
    : replace;
}

/** A text with what isn't in quotes changed. */
export function outsideStrings(text: string, change: (text: string) => string): string {
  const strings = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|`(?:[^`\\]|\\[^])*`/y;
  // Up to where no string with these quotes ends.
  const endless = new Map<string, number>();
  let [result, at] = ['', 0];
  for (
    let quote = nextQuote(text, 0);
    quote < text.length;
    quote = nextQuote(text, Math.max(quote + 1, at))
  ) {
    const mark = text.charAt(quote);
    strings.lastIndex = quote;
    const string = quote < (endless.get(mark) ?? 0) ? undefined : strings.exec(text)?.[0];
    if (string === undefined) {
      const lineEnd = mark === '`' ? -1 : text.indexOf('\n', quote);
      endless.set(mark, Math.max(endless.get(mark) ?? 0, lineEnd < 0 ? text.length : lineEnd));
    } else {
      result += change(text.slice(at, quote)) + string;
      at = quote + string.length;
    }
  }
  return result + change(text.slice(at));
}

function nextQuote(text: string, from: number): number {
  const quotes = /["'`]/g;
  quotes.lastIndex = from;
  return quotes.exec(text)?.index ?? text.length;
}
