import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ownerOnly = { folder: 0o700, file: 0o600 } as const;

/** Makes a folder that only its owner can look into, and does the same for what is there, also from earlier versions. */
export function keepPrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: ownerOnly.folder });
  tighten(folder, ownerOnly.folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile()) {
      tighten(join(folder, entry.name), ownerOnly.file);
    }
  }
}

/** Creates a file for its owner only, unless it exists: SQLite gives its journals the same mode. */
export function createPrivate(file: string): void {
  closeSync(openSync(file, 'a', ownerOnly.file));
}

/** Takes rights away, and gives none. */
function tighten(path: string, mode: number): void {
  try {
    const present = statSync(path).mode & 0o777;
    if ((present & ~mode) !== 0) {
      chmodSync(path, present & mode);
    }
  } catch {
    // It is another user's, who alone can change that, or another window has just removed it.
  }
}
