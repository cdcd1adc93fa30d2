/** Tells whether a path's segments match a pattern's, where `**` is any number of segments. */
export function pathMatcher(pattern: readonly string[]): (path: readonly string[]) => boolean {
  const steps = pattern.map((step) => (step === '**' ? undefined : charactersOf(step)));
  return (path) => matches(steps, path, (step, segment) => matches(step, Array.from(segment), isCharacter));
}

/** What one character of a segment may be; any number of characters where it is undefined. */
type CharacterTest = ((character: string) => boolean) | undefined;

function isCharacter(test: Exclude<CharacterTest, undefined>, character: string): boolean {
  return test(character);
}

/**
 * Matches a list against a pattern in which undefined is any number of items. Only the last of those is ever tried
 * again, because an earlier one can't find more: so it takes at most as many steps as there are pairs.
 */
function matches<Step, Item>(
  pattern: readonly (Step | undefined)[],
  items: readonly Item[],
  fits: (step: Step, item: Item) => boolean,
): boolean {
  let [at, index, any, taken] = [0, 0, -1, 0];
  while (index < items.length) {
    const [step, item] = [pattern[at], items[index]];
    if (at < pattern.length && step === undefined) {
      [any, taken] = [at, index];
      at += 1;
    } else if (step !== undefined && item !== undefined && fits(step, item)) {
      [at, index] = [at + 1, index + 1];
    } else if (any >= 0) {
      taken += 1;
      [at, index] = [any + 1, taken];
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((step) => step === undefined);
}

/** A segment of a pattern, character by character: `*`, `?`, `[a-z]`, `[!a-z]`. */
function charactersOf(step: string): readonly CharacterTest[] {
  const tests: CharacterTest[] = [];
  const characters = Array.from(step);
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at];
    // In `[]a]`, the first bracket is one of the characters.
    const close = character === '[' ? characters.indexOf(']', at + 2) : -1;
    if (close > 0) {
      tests.push(rangeTest(characters.slice(at + 1, close)));
      at = close;
    } else if (character === '*') {
      tests.push(...(tests.length > 0 && tests.at(-1) === undefined ? [] : [undefined]));
    } else {
      tests.push(character === '?' ? () => true : (each) => each === character);
    }
  }
  return tests;
}

/** `a-z`, `!a-z`, `^a-z`. */
function rangeTest(characters: readonly string[]): CharacterTest {
  const isNot = characters[0] === '!' || characters[0] === '^';
  const inside = isNot ? characters.slice(1) : characters;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < inside.length; at += 1) {
    const [from = '', dash, to] = inside.slice(at, at + 3);
    const isRange = dash === '-' && to !== undefined;
    ranges.push([from, isRange ? to : from]);
    at += isRange ? 2 : 0;
  }
  return (each) => ranges.some(([from, to]) => from <= each && each <= to) !== isNot;
}
