import type { Model } from './model.ts';
import { passes, type ModelFilter } from './modelFilter.ts';
import { ordered, type ModelOrder } from './modelOrder.ts';
import { recommendedFor, type ModelPurpose } from './recommended.ts';

/** Why a model is in a section. */
export type SectionKind = 'current' | 'favorites' | 'recent' | 'recommended' | 'all' | 'excluded';

/** Models under a heading. */
export interface ModelSection {
  readonly kind: SectionKind;
  readonly models: readonly Model[];
}

/** The inputs of the list. */
export interface ListedModels {
  /** Including those that the account's settings exclude. */
  readonly models: readonly Model[];
  /** The ids of the current, favorite, and recent models, newest first. */
  readonly current: string;
  readonly favorites: readonly string[];
  readonly recent: readonly string[];
  readonly purpose: ModelPurpose;
  readonly filter: ModelFilter;
  readonly order: ModelOrder;
  /** What only the service knows: zero retention and speed. */
  readonly zeroRetention?: ReadonlySet<string> | undefined;
  readonly fastest?: readonly string[] | undefined;
}

/**
 * The list in sections. Each model appears once, in the first section it belongs to, so that a search never finds it
 * twice.
 */
export function sectionsOf(list: ListedModels): readonly ModelSection[] {
  const passing = list.models.filter((model) => passes(model, list.filter, list.zeroRetention));
  const byId = new Map(passing.map((model) => [model.id, model]));
  const named = (ids: readonly string[]): readonly Model[] => ids.flatMap((id) => byId.get(id) ?? []);
  const usable = passing.filter(({ excluded }) => excluded !== true);
  const { order, fastest } = list;
  const sections: readonly ModelSection[] = [
    // The current model is always shown.
    { kind: 'current', models: list.models.filter(({ id }) => id === list.current) },
    { kind: 'favorites', models: ordered(named(list.favorites), order, fastest) },
    { kind: 'recent', models: named(list.recent) },
    { kind: 'recommended', models: recommendedFor(list.purpose, usable) },
    { kind: 'all', models: ordered(usable, order, fastest) },
    { kind: 'excluded', models: ordered(passing, order, fastest) },
  ];
  const seen = new Set<string>();
  return sections
    .map(({ kind, models }) => ({
      kind,
      models: models.filter(({ id }) => {
        const isNew = !seen.has(id);
        seen.add(id);
        return isNew;
      }),
    }))
    .filter(({ models }) => models.length > 0);
}

/** Moves an id to the front of the recent ones. */
export function withRecent(recent: readonly string[], id: string, most: number): readonly string[] {
  return [id, ...recent.filter((each) => each !== id)].slice(0, most);
}

/** Adds or removes an id. */
export function withToggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];
}

/** Whether a text can be an unlisted model, variant, or preset id. */
export function isModelId(text: string): boolean {
  return /^[^\s]{2,}$/.test(text);
}
