/** Below this share of common letter pairs, two names have nothing to do with each other. */
const alike = 0.5;

/** The names that are like a mistyped or outdated one, the likest first: those that share most pairs of letters with it. */
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
