import { objectIn } from '../util/json.ts';
import type { Routing } from './routing.ts';

/** A list of providers in a routing. */
export type ProviderList = 'order' | 'only' | 'ignore';

/** The tags in one of the lists; empty where it is not set. */
export function providersIn(routing: Routing, list: ProviderList): readonly string[] {
  const value = routing[list];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** The routing with one field set; `undefined` and what says nothing take the field out. */
export function withField(routing: Routing, name: string, value: unknown): Routing {
  const { [name]: _previous, ...others } = routing;
  const object = objectIn(value);
  const says =
    value !== undefined &&
    !(Array.isArray(value) && value.length === 0) &&
    !(object && Object.keys(object).length === 0);
  return says ? { ...others, [name]: value } : others;
}

/** The routing with a provider put at the end of a list, or taken out of it where it was in. */
export function withToggled(routing: Routing, list: ProviderList, tag: string): Routing {
  const tags = providersIn(routing, list);
  return withField(routing, list, tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag]);
}

/** The highest prices that a routing accepts, in USD per million tokens, as they are written. */
export function priceCeiling(routing: Routing): { readonly prompt?: string; readonly completion?: string } {
  const price = objectIn(routing['max_price']);
  const textOf = (value: unknown): string | undefined =>
    typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
  const [prompt, completion] = [textOf(price?.['prompt']), textOf(price?.['completion'])];
  return { ...(prompt !== undefined && { prompt }), ...(completion !== undefined && { completion }) };
}

/** The routing with other highest prices; what else its ceiling holds stays. An empty text lifts a limit. */
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

/** Whether a text is a price in USD; an empty one is none at all, which will do. */
export function isPrice(text: string): boolean {
  const price = Number(text);
  return Number.isFinite(price) && price >= 0;
}
