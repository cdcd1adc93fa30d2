import type { ContextItem } from '../context/contextItem.ts';
import { objectIn } from '../util/json.ts';

/** A longer quote is not repeated: its lines are linked. */
const longestQuote = 6;

/**
 * An explanation as paragraphs of Markdown, as far as it has come: what may still grow is left out until `complete`, so
 * that later paragraphs only follow the earlier ones. Each step names its lines, which the panel links to the editor.
 */
export function explanationMarkdown(
  value: unknown,
  items: readonly ContextItem[],
  complete: boolean,
): readonly string[] {
  const { summary, steps, pitfalls } = objectIn(value) ?? {};
  const all = Array.isArray(steps) ? steps : [];
  const stepsEnded = complete || pitfalls !== undefined;
  const warnings =
    complete && Array.isArray(pitfalls) ? pitfalls.map(words).filter((each) => each !== '') : [];
  return [
    ...(words(summary) !== '' && (complete || steps !== undefined) ? [words(summary)] : []),
    ...all
      .slice(0, stepsEnded ? undefined : -1)
      .map((step: unknown, at) => stepMarkdown(step, at + 1, items)),
    ...(warnings.length > 0 ? [`**Pitfalls**\n\n${warnings.map((each) => `- ${each}`).join('\n')}`] : []),
  ];
}

function stepMarkdown(step: unknown, number: number, items: readonly ContextItem[]): string {
  const { quote, startLine, explanation } = objectIn(step) ?? {};
  const lines = words(quote).split(/\r?\n/);
  const place = placeOf(words(quote), typeof startLine === 'number' ? startLine : undefined, items);
  const indent = ' '.repeat(`${String(number)}. `.length);
  const code =
    words(quote) !== '' && lines.length <= longestQuote
      ? `\n\n${['```' + (items[0]?.languageId ?? ''), ...lines, '```'].map((line) => indent + line).join('\n')}`
      : '';
  return `${String(number)}. ${place}${words(explanation)}${code}`;
}

/** Where a quote stands: by its text, and by the line that the model named only where that is not found. */
function placeOf(quote: string, hint: number | undefined, items: readonly ContextItem[]): string {
  const item = items.find(({ text }) => quote !== '' && text.includes(quote)) ?? items[0];
  if (!item) {
    return '';
  }
  const at = quote === '' ? -1 : item.text.indexOf(quote);
  const first = at < 0 ? hint : (item.lines?.start ?? 1) + item.text.slice(0, at).split('\n').length - 1;
  if (first === undefined) {
    return '';
  }
  const last = first + quote.trimEnd().split('\n').length - 1;
  return `\`${item.path}:${String(first)}${last > first ? `-${String(last)}` : ''}\` `;
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
