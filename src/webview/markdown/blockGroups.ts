import type { Block } from './blocks.ts';

/** So many blocks are drawn together: about as much as one sees at once. */
const blocksPerStretch = 12;

/** Some blocks of an answer that follow each other: what is far away is laid out, and drawn anew, as a whole or not at all. */
export type BlockGroup = readonly Block[];

/** Divides blocks into stretches. One in which nothing has changed is the same object as before. */
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
