import { lstat, readlink, realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';

/** Longer chains of links are circles. */
const maxLinks = 40;

/**
 * All paths by which the system reaches a file, from the named to the real one, link by link. For a missing file, that
 * is where it would be.
 */
export async function realPaths(path: string): Promise<readonly string[]> {
  const named = resolve(path);
  // Mostly, no link is on the way.
  if ((await realpath(named).catch(() => undefined)) === named) {
    return [named];
  }
  const paths = [named];
  for (let last = named; paths.length <= maxLinks;) {
    const next = await followFirstLink(last);
    if (next === undefined) {
      return [...paths, await asOnDisk(last)];
    }
    paths.push(next);
    last = next;
  }
  return paths;
}

/** The path with its first link replaced by where that leads; absent if it has none. */
async function followFirstLink(path: string): Promise<string | undefined> {
  const segments = path.split(sep);
  for (let count = 2; count <= segments.length; count += 1) {
    const place = segments.slice(0, count).join(sep);
    const stat = await lstat(place).catch(() => undefined);
    if (!stat) {
      return undefined;
    }
    if (stat.isSymbolicLink()) {
      return join(resolve(dirname(place), await readlink(place)), ...segments.slice(count));
    }
  }
  return undefined;
}

/** The path as the disk spells it: some systems ignore case, and know short names. */
async function asOnDisk(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  const above = dirname(path);
  return real ?? (above === path ? path : join(await asOnDisk(above), path.slice(above.length)));
}
