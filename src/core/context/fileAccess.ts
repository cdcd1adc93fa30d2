import { readGlob, segmentsOf, type FilePlace, type Glob } from './globs.ts';

/** Why a file must neither be sent nor written. */
export type FileRefusal =
  | {
      readonly why: 'excluded';
      readonly glob: string;
      /** A link leads to it. */
      readonly isLinked: boolean;
    }
  /** It is in the workspace by name only: a link leads out. */
  | { readonly why: 'outside' };

/** Files and folders as they really are, by whatever names them. Paths are absolute, with forward slashes. */
export interface FileWorld<File> {
  /**
   * All paths by which a file is reached, from the named to the real one; for a missing file, those of where it would
   * be.
   */
  readonly trailOf: (file: File) => Promise<readonly string[]>;
  /** The workspace folders. */
  readonly folders: () => readonly File[];
  /** The patterns that exclude files. */
  readonly globs: () => Promise<readonly string[]>;
}

/** A folder by its name and as it really is. */
interface Root {
  readonly named: string;
  readonly real: string;
}

/**
 * Decides for all readers and writers which files they may touch: what counts is where a file really is, and every name
 * that leads to it.
 */
export class FileAccess<File> {
  readonly #world: FileWorld<File>;
  readonly #known = new Map<string, Glob | undefined>();

  constructor(world: FileWorld<File>) {
    this.#world = world;
  }

  /**
   * Why a file must not be touched, if so. `within` is a folder that the user chose as a whole: what is in it must
   * really be there, or in the workspace.
   */
  async refusalOf(file: File, within?: File): Promise<FileRefusal | undefined> {
    const { trailOf, folders, globs } = this.#world;
    const [trail, patterns, roots, chosen] = await Promise.all([
      trailOf(file),
      globs(),
      Promise.all(folders().map((folder) => this.#rootOf(folder))),
      within === undefined ? undefined : this.#rootOf(within),
    ]);
    return (
      this.#excluded(trail, roots, patterns) ??
      (leadsOut(trail, chosen ? [...roots, chosen] : roots) ? { why: 'outside' } : undefined)
    );
  }

  #excluded(
    trail: readonly string[],
    roots: readonly Root[],
    patterns: readonly string[],
  ): FileRefusal | undefined {
    const places = trail.map((path) => placeOf(path, roots));
    for (const pattern of patterns) {
      const at = places.findIndex((place) => this.#globOf(pattern)?.matches(place));
      if (at >= 0) {
        return { why: 'excluded', glob: pattern, isLinked: at > 0 };
      }
    }
    return undefined;
  }

  #globOf(pattern: string): Glob | undefined {
    if (!this.#known.has(pattern)) {
      this.#known.set(pattern, readGlob(pattern));
    }
    return this.#known.get(pattern);
  }

  async #rootOf(folder: File): Promise<Root> {
    const { named, real } = endsOf(await this.#world.trailOf(folder));
    return { named, real };
  }
}

function endsOf(trail: readonly string[]): Root {
  return { named: trail[0] ?? '', real: trail.at(-1) ?? '' };
}

/** Whether a file is in one of the folders by its name, but really in none. */
function leadsOut(trail: readonly string[], roots: readonly Root[]): boolean {
  const { named, real } = endsOf(trail);
  const isNamedInside = roots.some((root) =>
    [root.named, root.real].some((folder) => isBelow(segmentsOf(named), segmentsOf(folder))),
  );
  // Real paths have the case that the disk has.
  return (
    isNamedInside && !roots.some((root) => isBelow(real.split('/'), root.real.replace(/\/$/, '').split('/')))
  );
}

/** A file's place below each folder, by the folder's name and as it really is. */
function placeOf(path: string, roots: readonly Root[]): FilePlace {
  const absolute = segmentsOf(path);
  const relative = roots.flatMap((root) => {
    const [named, real] = [segmentsOf(root.named), segmentsOf(root.real)];
    const below = [named, real]
      .filter((folder) => isBelow(absolute, folder))
      .map((folder) => absolute.slice(folder.length));
    // In a workspace of several folders, paths begin with the folder's name.
    return roots.length > 1 ? below.flatMap((each) => [each, [...named.slice(-1), ...each]]) : below;
  });
  return { absolute, relative };
}

function isBelow(path: readonly string[], folder: readonly string[]): boolean {
  return folder.every((segment, at) => path[at] === segment);
}
