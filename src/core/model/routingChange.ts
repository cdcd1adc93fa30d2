import { objectIn } from '../util/json.ts';
import type { Routing } from './routing.ts';

/** A provider list in a routing. */
export type ProviderList = 'order' | 'only' | 'ignore';

/** The tags in a list; empty if not set. */
export function providersIn(routing: Routing, list: ProviderList): readonly string[] {
  const value = routing[list];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** The routing with one field set; `undefined` and empty values remove it. */
export function withField(routing: Routing, name: string, value: unknown): Routing {
  const { [name]: _previous, ...others } = routing;
  const object = objectIn(value);
  const says =
    value !== undefined &&
    !(Array.isArray(value) && value.length === 0) &&
    !(object && Object.keys(object).length === 0);
  return says ? { ...others, [name]: value } : others;
}

/** The routing with a provider added to a list, or removed if it was there. */
export function withToggled(routing: Routing, list: ProviderList, tag: string): Routing {
  const tags = providersIn(routing, list);
  return withField(routing, list, tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag]);
}

/**
 * The routing that never uses a provider, whatever variant of its endpoints; absent if it allows nobody else. What
 * names the provider in other lists goes.
 */
export function withoutProvider(routing: Routing, slug: string): Routing | undefined {
  const isIts = (tag: string): boolean => tag === slug || tag.startsWith(`${slug}/`);
  const others = (list: ProviderList): readonly string[] =>
    providersIn(routing, list).filter((tag) => !isIts(tag));
  const only = others('only');
  if (providersIn(routing, 'only').length > 0 && only.length === 0) {
    return undefined;
  }
  const lists = { order: others('order'), only, ignore: [...others('ignore'), slug] };
  return Object.entries(lists).reduce((each, [list, tags]) => withField(each, list, tags), routing);
}

/** A routing's maximum prices, in USD per million tokens, as text. */
export function priceCeiling(routing: Routing): { readonly prompt?: string; readonly completion?: string } {
  const price = objectIn(routing['max_price']);
  const textOf = (value: unknown): string | undefined =>
    typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
  const [prompt, completion] = [textOf(price?.['prompt']), textOf(price?.['completion'])];
  return { ...(prompt !== undefined && { prompt }), ...(completion !== undefined && { completion }) };
}

/** The routing with other maximum prices; an empty text removes one. */
export function withPriceCeiling(
  routing: Routing,
  prices: { readonly prompt: string; readonly completion: string },
): Routing {
  const { prompt: _prompt, completion: _completion, ...others } = objectIn(routing['max_price']) ?? {};
  const { prompt, completion } = prices;
  return withField(routing, 'max_price', {
    ...others,
    ...(prompt.trim() !== '' && { prompt: Number(prompt) }),
    ...(completion.trim() !== '' && { completion: Number(completion) }),
  });
}

/** Whether a text is a price in USD; empty is allowed. */
export function isPrice(text: string): boolean {
  const price = Number(text);
  return Number.isFinite(price) && price >= 0;
}
