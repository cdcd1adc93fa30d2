import type { Model } from './model.ts';

/** The order of the model list; `listed` is the service's. */
export const modelOrders = [
  'listed',
  'name',
  'promptPrice',
  'completionPrice',
  'context',
  'newest',
  'throughput',
  'coding',
  'agentic',
  'intelligence',
] as const;

export type ModelOrder = (typeof modelOrders)[number];

/** A remembered order. */
export function readOrder(value: unknown): ModelOrder {
  return modelOrders.find((order) => order === value) ?? 'listed';
}

/** The models in an order, unknown values last. `fastest` holds ids by speed. */
export function ordered(
  models: readonly Model[],
  order: ModelOrder,
  fastest: readonly string[] | undefined,
): readonly Model[] {
  switch (order) {
    case 'listed':
      return models;
    case 'name': {
      const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
      return models.toSorted((one, other) => collator.compare(one.name, other.name));
    }
    case 'promptPrice':
      return ascending(models, ({ pricing }) => (pricing?.kind === 'fixed' ? pricing.prompt : undefined));
    case 'completionPrice':
      return ascending(models, ({ pricing }) => (pricing?.kind === 'fixed' ? pricing.completion : undefined));
    case 'context':
      return ascending(models, ({ contextLength }) => negative(contextLength));
    case 'newest':
      return ascending(models, ({ createdAt }) => negative(createdAt));
    case 'throughput': {
      const places = new Map(fastest?.map((id, place) => [id, place]));
      return ascending(models, ({ id }) => places.get(id));
    }
    case 'coding':
    case 'agentic':
    case 'intelligence':
      return ascending(models, ({ benchmarks }) => negative(benchmarks?.[order]));
    default:
      return order satisfies never;
  }
}

function negative(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}

function ascending(
  models: readonly Model[],
  measure: (model: Model) => number | undefined,
): readonly Model[] {
  const known = models.map((model) => ({ model, value: measure(model) ?? Infinity }));
  // Infinity minus infinity is NaN; then the original order holds.
  return known.toSorted((one, other) => one.value - other.value || 0).map(({ model }) => model);
}
