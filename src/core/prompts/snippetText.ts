import type { Snippet } from './generateSnippet.ts';

const marker = /\{\{([^{}]+)\}\}/g;

/**
 * A snippet in VS Code's syntax. Only the model's listed placeholders become tab stops; all other text is escaped, so
 * that `$`, `}`, and `{{…}}` in the code survive.
 */
export function toSnippetText(snippet: Pick<Snippet, 'body' | 'placeholders'>): string {
  const defaults = new Map(snippet.placeholders.map((each) => [each.name.trim(), each.default]));
  const stops = new Map<string, number>();
  // Always in braces: a digit after `$1` would belong to it.
  const stopOf = (name: string): string => {
    const known = stops.get(name);
    if (known !== undefined) {
      return `\${${String(known)}}`;
    }
    stops.set(name, stops.size + 1);
    const text = escapeInside(defaults.get(name) ?? name);
    return `\${${String(stops.size)}${text === '' ? '' : `:${text}`}}`;
  };
  let result = '';
  let end = 0;
  for (const match of snippet.body.matchAll(marker)) {
    const name = match[1]?.trim() ?? '';
    if (defaults.has(name)) {
      result += escapeText(snippet.body.slice(end, match.index)) + stopOf(name);
      end = match.index + match[0].length;
    }
  }
  return `${result}${escapeText(snippet.body.slice(end))}$0`;
}

/** Text between tab stops: only `$` and `\` are special. */
function escapeText(text: string): string {
  return text.replace(/[\\$]/g, '\\$&');
}

/** Text inside a placeholder, where `}` would end it. */
function escapeInside(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A snippet as in a `.code-snippets` file. */
export function toSnippetEntry(snippet: Snippet, scope: string): Readonly<Record<string, unknown>> {
  return {
    scope,
    prefix: snippet.prefix,
    description: snippet.description,
    body: toSnippetText(snippet).split(/\r?\n/),
  };
}
