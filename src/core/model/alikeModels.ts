import type { Model } from './model.ts';
import { nearestTo } from './nearest.ts';

/** So many models are offered in the place of one that does not exist. */
const maxAlike = 5;

/** Those that are like a mistyped or outdated name, by their ids or by their names. */
export function alikeModels(typed: string, models: readonly Model[]): readonly Model[] {
  const byId = new Map(models.map((model) => [model.id, model]));
  const byName = new Map(models.map((model) => [model.name, model]));
  const near = typed.includes('/')
    ? nearestTo(typed, [...byId.keys()]).map((id) => byId.get(id))
    : [
        ...nearestTo(typed, [...byName.keys()]).map((name) => byName.get(name)),
        ...nearestTo(
          typed,
          models.map(({ id }) => id.slice(id.indexOf('/') + 1)),
        ).map((end) => models.find(({ id }) => id.endsWith(`/${end}`))),
      ];
  return [...new Set(near.flatMap((model) => model ?? []))].slice(0, maxAlike);
}
