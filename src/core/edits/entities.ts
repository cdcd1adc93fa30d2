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
  const strings = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|`(?:[^`\\]|\\[^])*`/g;
  let [result, at] = ['', 0];
  for (const { 0: string, index } of text.matchAll(strings)) {
    result += change(text.slice(at, index)) + string;
    at = index + string.length;
  }
  return result + change(text.slice(at));
}
