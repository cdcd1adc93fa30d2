import type { Model } from './model.ts';

/** Below this share of common letter pairs, two names aren't similar. */
const alike = 0.5;

/** Names similar to a mistyped or outdated one, best first, by shared letter pairs. */
export function nearestTo(name: string, names: readonly string[]): readonly string[] {
  const pairs = pairsOf(name);
  return names
    .filter((each) => each !== name)
    .map((each) => ({ each, likeness: likeness(pairs, pairsOf(each)) }))
    .filter((candidate) => candidate.likeness >= alike)
    .sort((one, other) => other.likeness - one.likeness)
    .map(({ each }) => each);
}

function pairsOf(name: string): ReadonlySet<string> {
  const letters = name.toLowerCase();
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)),
  );
}

/** Dice's coefficient, from 0 to 1. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((pair) => other.has(pair)).length;
  return one.size + other.size === 0 ? 0 : (2 * common) / (one.size + other.size);
}

/** How many similar models are offered. */
const maxAlike = 5;

/** Models similar to a mistyped or outdated name, by id or by name. */
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
