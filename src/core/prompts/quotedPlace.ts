import type { ContextItem } from '../context/contextItem.ts';

/** A quote's place for the panel's link: by its text, or else by the line the model named. */
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
