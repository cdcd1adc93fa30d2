import type { Model } from './model.ts';

/**
 * The id of the first model that one of these names means: an id, with or without the author, or a name as people and
 * other programs write it, such as `Claude Sonnet 4.5 (copilot)` or `claude-sonnet-4-5-20250929`. An id of an author's
 * model is taken as it is written; other names that no model has mean nothing here. Without a catalog, a word may be an id.
 */
export function modelNamed(names: readonly string[], models: readonly Model[]): string | undefined {
  const written = names.flatMap((name) => name.split('|')).flatMap((name) => trimmed(name) ?? []);
  if (models.length === 0) {
    return written.find((name) => !/\s/.test(name));
  }
  for (const name of written) {
    const id = isId(name) ? name : idOf(name, models);
    if (id !== undefined) {
      return id;
    }
  }
  return undefined;
}

function isId(name: string): boolean {
  return /^[~@]?[\w.-]+\/\S+$/.test(name);
}

function idOf(name: string, models: readonly Model[]): string | undefined {
  if (models.some(({ id }) => id === name)) {
    return name;
  }
  const meant = keyOf(name);
  const found = models.filter(
    ({ id, name: called }) => keyOf(id.slice(id.lastIndexOf('/') + 1)) === meant || keyOf(called) === meant,
  );
  // A variant such as ":free" is meant only by who says so.
  return (found.find(({ id }) => !id.includes(':')) ?? found[0])?.id;
}

/** What a name consists of, however it is written: its words in any order, and its numbers in theirs. */
function keyOf(name: string): string {
  const plain = name
    .replace(/^[^:]*:\s/, '')
    .toLowerCase()
    .replace(/\((?:copilot|preview|latest|github copilot)\)\s*$/, '')
    .replace(/[-_]20\d\d-?\d\d-?\d\d$/, '');
  const tokens = plain.split(/[\s._/-]+/).filter((token) => token !== '');
  const words = tokens.filter((token) => !/^\d+$/.test(token)).sort();
  return `${words.join(' ')} ${tokens.filter((token) => /^\d+$/.test(token)).join('.')}`;
}

function trimmed(name: string): string | undefined {
  const bare = name
    .trim()
    .replace(/^(["'`])(.*)\1$/, '$2')
    .trim();
  return bare === '' ? undefined : bare;
}
