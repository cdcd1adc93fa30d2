import type { Block } from './blocks.ts';

/** How many blocks are drawn together: about one screen. */
const blocksPerStretch = 12;

/** Consecutive blocks of an answer: distant ones are laid out and redrawn as a whole or not at all. */
export type BlockGroup = readonly Block[];

/** Divides blocks into groups. An unchanged group is the same object as before. */
export function toBlockGroups(
  blocks: readonly Block[],
  before: readonly BlockGroup[],
): readonly BlockGroup[] {
  return Array.from({ length: Math.ceil(blocks.length / blocksPerStretch) }, (_, at) => {
    const group = blocks.slice(at * blocksPerStretch, (at + 1) * blocksPerStretch);
    const known = before[at];
    return known && isSame(known, group) ? known : group;
  });
}

function isSame(one: BlockGroup, other: BlockGroup): boolean {
  return one.length === other.length && other.every((block, at) => block === one[at]);
}
