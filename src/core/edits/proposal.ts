import { applyPlacement, type Placement } from './placement.ts';

/** A change that is proposed for a text, and not made yet. */
export interface Proposal {
  /** The whole text as it was. */
  readonly before: string;
  readonly change: Placement;
}

/** The whole text as it would be. */
export function proposedText({ before, change }: Proposal): string {
  return applyPlacement(before, change);
}

/**
 * The same change for a text that has been typed in since: what it replaces must be there once, as it was. An
 * insertion has nothing to be known by. Nothing where it is not certain, so that no typing is written over.
 */
export function rebase({ before, change }: Proposal, now: string): Proposal | undefined {
  if (now === before) {
    return { before, change };
  }
  const replaced = before.slice(change.start, change.end);
  const start = now.indexOf(replaced);
  if (replaced.trim() === '' || start < 0 || now.indexOf(replaced, start + 1) >= 0) {
    return undefined;
  }
  return { before: now, change: { ...change, start, end: start + replaced.length } };
}
