import { numberIn, objectIn } from '../util/json.ts';
import type { Model } from './model.ts';
import type { MicroDollars } from '../money/money.ts';
import { isFree } from './pricing.ts';

/** Yes-or-no filters. */
export const modelTraits = ['free', 'tools', 'structured', 'vision', 'thinking', 'zdr', 'allowed'] as const;

export type ModelTrait = (typeof modelTraits)[number];

/** Filter conditions; all must hold. */
export interface ModelFilter {
  readonly traits: readonly ModelTrait[];
  /** Minimum context, in tokens. */
  readonly minContext?: number;
  /** Maximum input price per 1M tokens. */
  readonly maxPrice?: MicroDollars;
}

/** Matches every model. */
export const noFilter: ModelFilter = { traits: [] };

/** Whether a filter excludes anything. */
export function isFiltering({ traits, minContext, maxPrice }: ModelFilter): boolean {
  return traits.length > 0 || minContext !== undefined || maxPrice !== undefined;
}

/**
 * Whether a model matches a filter. Zero retention is known only from the service; until it is, no model matches,
 * because the user may rely on it.
 */
export function passes(
  model: Model,
  { traits, minContext, maxPrice }: ModelFilter,
  zeroRetention: ReadonlySet<string> | undefined,
): boolean {
  return (
    traits.every((trait) => hasTrait(model, trait, zeroRetention)) &&
    (minContext === undefined || (model.contextLength ?? 0) >= minContext) &&
    (maxPrice === undefined || (model.pricing?.kind === 'fixed' && model.pricing.prompt <= maxPrice))
  );
}

/** Adds or removes one trait of the filter. */
export function withTrait(filter: ModelFilter, trait: ModelTrait): ModelFilter {
  const { traits } = filter;
  return {
    ...filter,
    traits: traits.includes(trait) ? traits.filter((each) => each !== trait) : [...traits, trait],
  };
}

/** The filter with other bounds; absent means unbounded. */
export function withBounds(
  { traits }: ModelFilter,
  { minContext, maxPrice }: { minContext: number | undefined; maxPrice: MicroDollars | undefined },
): ModelFilter {
  return {
    traits,
    ...(minContext !== undefined && { minContext }),
    ...(maxPrice !== undefined && { maxPrice }),
  };
}

/** A remembered filter, without anything unusable. */
export function readFilter(value: unknown): ModelFilter {
  const saved = objectIn(value);
  const traits: readonly unknown[] = Array.isArray(saved?.['traits']) ? saved['traits'] : [];
  return withBounds(
    { traits: modelTraits.filter((trait) => traits.includes(trait)) },
    { minContext: numberIn(saved?.['minContext']), maxPrice: numberIn(saved?.['maxPrice']) },
  );
}

/** Parses `128k`, `1M`, `200000`, or `200,000`. */
export function tokensFrom(text: string): number | undefined {
  const [, digits = '', unit = ''] =
    /^(\d+(?:[.,]\d+)?|\d{1,3}(?:[.,]\d{3})+)\s*([km]?)$/i.exec(text.trim()) ?? [];
  if (unit === '') {
    // Tokens have no fractions, so a separator can only group thousands.
    return /^(\d+|[1-9]\d{0,2}([.,]\d{3})+)$/.test(digits) ? Number(digits.replace(/[.,]/g, '')) : undefined;
  }
  const factor = unit.toLowerCase() === 'k' ? 1_000 : 1_000_000;
  const amount = Number(digits.replace(',', '.'));
  return Number.isNaN(amount) ? undefined : Math.round(amount * factor);
}

function hasTrait(model: Model, trait: ModelTrait, zeroRetention: ReadonlySet<string> | undefined): boolean {
  switch (trait) {
    case 'free':
      return isFree(model.pricing);
    case 'tools':
      return model.capabilities.includes('tools');
    case 'structured':
      return model.capabilities.includes('structured output');
    case 'vision':
      return model.capabilities.includes('images');
    case 'thinking':
      return model.capabilities.includes('reasoning');
    case 'zdr':
      return zeroRetention?.has(model.id) ?? false;
    case 'allowed':
      return model.excluded !== true;
    default:
      return trait satisfies never;
  }
}
