import type { ContextItem } from '../context/contextItem.ts';
import { objectIn } from '../util/json.ts';
import { quotedPlace } from './quotedPlace.ts';

/** A longer quote isn't repeated; its lines are linked. */
const maxQuoteLength = 6;

/**
 * An explanation as Markdown paragraphs, as far as it has arrived: anything that may still grow is left out until
 * `complete`, so that paragraphs are only appended. Each step names its lines, which the panel links to the editor.
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
  const place = quotedPlace(words(quote), typeof startLine === 'number' ? startLine : undefined, items);
  const indent = ' '.repeat(`${String(number)}. `.length);
  const code =
    words(quote) !== '' && lines.length <= maxQuoteLength
      ? `\n\n${['```' + (items[0]?.languageId ?? ''), ...lines, '```'].map((line) => indent + line).join('\n')}`
      : '';
  return `${String(number)}. ${place === undefined ? '' : `\`${place}\` `}${words(explanation)}${code}`;
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
