import type { ContextItem } from '../context/contextItem.ts';

/** Where a quote stands, as the panel links it: by its text, and by the line that the model named only where that is not found. */
export function quotedPlace(
  quote: string,
  hint: number | undefined,
  items: readonly ContextItem[],
): string | undefined {
  const item = items.find(({ text }) => quote !== '' && text.includes(quote)) ?? items[0];
  if (!item) {
    return undefined;
  }
  const at = quote === '' ? -1 : item.text.indexOf(quote);
  const first = at < 0 ? hint : (item.lines?.start ?? 1) + item.text.slice(0, at).split('\n').length - 1;
  if (first === undefined) {
    return undefined;
  }
  const last = first + quote.trimEnd().split('\n').length - 1;
  return `${item.path}:${String(first)}${last > first ? `-${String(last)}` : ''}`;
}
