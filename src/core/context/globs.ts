import { pathMatcher } from './wildcards.ts';

/** A file's place: its segments from the root of the disk, and below each workspace folder that it is in. */
export interface FilePlace {
  readonly absolute: readonly string[];
  /** Below a workspace folder; empty for a file that is in none. */
  readonly relative: readonly (readonly string[])[];
}

/** A pattern that excludes files, ready to be matched. */
export interface Glob {
  readonly pattern: string;
  readonly matches: (place: FilePlace) => boolean;
}

/** A longer pattern, or more alternatives in braces, are a mistake, or meant to take long. */
const maxLength = 2_000;
const maxAlternatives = 1_000;

/** Any number of folders. */
const anyFolders = '**';

/**
 * Reads a pattern as `.gitignore` and VS Code do: one without a slash matches at any depth, any other from the workspace
 * folder; a folder stands for all that is in it. Case doesn't matter. Absent if the pattern can't be used.
 */
export function readGlob(pattern: string): Glob | undefined {
  const written = withoutVariables(pattern.trim().replaceAll('\\', '/'));
  // `!` would take an exclusion back, and nothing would fill a variable in.
  const isUsable = written.length <= maxLength && !/^!|\$\{/.test(written);
  const alternatives = isUsable ? alternativesOf(written) : undefined;
  const ways = alternatives?.map(wayOf);
  return ways?.every((way) => way !== undefined) === true
    ? { pattern, matches: (place) => ways.some((way) => way(place)) }
    : undefined;
}

/** `${workspaceFolder}/a` is `./a`; what is in the user's home is meant wherever it is. */
function withoutVariables(written: string): string {
  return written
    .replace(/^\$\{workspace(?:Folder|Root)(?::[^{}/]*)?\}(?=\/|$)/, '.')
    .replace(/^(?:~|\$HOME|\$\{(?:userHome|env:HOME|env:USERPROFILE)\}|%USERPROFILE%)(?=\/)/i, anyFolders);
}

/** A path's segments, in the form that patterns are matched with. */
export function segmentsOf(path: string): readonly string[] {
  return path
    .normalize('NFC')
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '');
}

/** How one alternative of a pattern matches. */
function wayOf(written: string): ((place: FilePlace) => boolean) | undefined {
  const steps = segmentsOf(written).filter((step) => step !== '.');
  const [first] = steps;
  if (first === undefined || steps.includes('..')) {
    return undefined;
  }
  const isRooted = written.startsWith('/') || /^[a-z]:$/.test(first);
  const isAnyDepth = first === anyFolders || (steps.length === 1 && !/^[./]*\//.test(written));
  // A folder stands for all that is in it.
  const exact = pathMatcher(steps);
  const within = pathMatcher([...steps, anyFolders]);
  const anywhere = pathMatcher([anyFolders, ...steps, anyFolders]);
  return ({ absolute, relative }) => {
    if (relative.some(isAnyDepth && !isRooted ? anywhere : within)) {
      return true;
    }
    if (isRooted) {
      return within(absolute);
    }
    // Outside of all folders, a pattern may begin anywhere.
    return relative.length === 0 ? anywhere(absolute) : first === anyFolders && exact(absolute);
  };
}

/** `a.{b,c}` as `a.b` and `a.c`; absent if there are too many. A brace without its partner is itself. */
function alternativesOf(written: string): readonly string[] | undefined {
  const [open, close, commas] = firstGroup(written);
  if (open === undefined || close === undefined) {
    return [written];
  }
  const ends = [open, ...commas, close];
  const inner = ends.slice(1).map((end, at) => written.slice((ends[at] ?? 0) + 1, end));
  const [before, after] = [written.slice(0, open), alternativesOf(written.slice(close + 1))];
  const parts = inner.map(alternativesOf);
  const count =
    parts.reduce((sum, part) => sum + (part?.length ?? Infinity), 0) * (after?.length ?? Infinity);
  return count > maxAlternatives
    ? undefined
    : parts.flatMap((part = []) =>
        part.flatMap((each) => (after ?? []).map((end) => `${before}${each}${end}`)),
      );
}

type Group = readonly [open: number | undefined, close: number | undefined, commas: readonly number[]];

/** The first braces that have a partner, and the commas directly in them. */
function firstGroup(written: string): Group {
  const opened: { readonly at: number; readonly commas: number[] }[] = [];
  let found: Group = [undefined, undefined, []];
  for (let at = 0; at < written.length; at += 1) {
    const group = opened.at(-1);
    if (written[at] === '{') {
      opened.push({ at, commas: [] });
    } else if (written[at] === ',') {
      group?.commas.push(at);
    } else if (written[at] === '}' && group) {
      opened.pop();
      found = [group.at, at, group.commas];
      if (opened.length === 0) {
        return found;
      }
    }
  }
  return found;
}
