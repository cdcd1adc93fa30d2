import type { Model } from './model.ts';

/** What a model is chosen for: chat, structured code work, or background tasks. */
export type ModelPurpose = 'chat' | 'code' | 'background';

/** More recommendations wouldn't be recommendations. */
const most = 4;

/** The best models for a purpose, by what the service knows; empty if it knows nothing. */
export function recommendedFor(purpose: ModelPurpose, models: readonly Model[]): readonly Model[] {
  const fit = models.filter((model) => isLasting(model) && canDo(model, purpose));
  switch (purpose) {
    case 'chat':
      return best(fit, ({ benchmarks }) => benchmarks?.intelligence);
    case 'code':
      return best(fit, ({ benchmarks }) => benchmarks?.coding ?? benchmarks?.intelligence);
    case 'background':
      return cheapest(fit);
    default:
      return purpose satisfies never;
  }
}

/** Excludes deprecated models, aliases, and variants of listed models. */
function isLasting({ id, aliasOf, expiresOn, excluded }: Model): boolean {
  return aliasOf === undefined && expiresOn === undefined && excluded !== true && !id.includes(':');
}

function canDo({ capabilities, outputs, pricing }: Model, purpose: ModelPurpose): boolean {
  const writes = outputs === undefined || outputs.includes('text');
  return (
    writes && pricing?.kind === 'fixed' && (purpose === 'chat' || capabilities.includes('structured output'))
  );
}

function best(models: readonly Model[], score: (model: Model) => number | undefined): readonly Model[] {
  return models
    .flatMap((model) => {
      const value = score(model);
      return value === undefined ? [] : [{ model, value }];
    })
    .toSorted((one, other) => other.value - one.value)
    .slice(0, most)
    .map(({ model }) => model);
}

/** Background tasks need a decent but cheap model: the cheapest of the better half. */
function cheapest(models: readonly Model[]): readonly Model[] {
  const rated = models.filter(({ benchmarks }) => benchmarks?.intelligence !== undefined);
  const scores = rated
    .map(({ benchmarks }) => benchmarks?.intelligence ?? 0)
    .toSorted((one, other) => one - other);
  const middle = scores[Math.floor(scores.length / 2)] ?? 0;
  const price = ({ pricing }: Model): number =>
    pricing?.kind === 'fixed' ? pricing.prompt + pricing.completion : 0;
  return rated
    .filter(({ benchmarks }) => (benchmarks?.intelligence ?? 0) >= middle)
    .toSorted((one, other) => price(one) - price(other))
    .slice(0, most);
}
