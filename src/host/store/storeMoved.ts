import { statSync } from 'node:fs';

/** The file that is open is not where it was any more: it was moved or deleted. */
export class StoreMovedError extends Error {
  constructor() {
    super('the file of the chats was moved or deleted while it was in use');
    this.name = 'StoreMovedError';
  }
}

/** Tells from now on whether a file is still the one that it is now. */
export function watchPlace(file: string): () => boolean {
  const opened = placeOf(file);
  return () => placeOf(file) === opened;
}

/** Which file it is on which disk; the same name may soon be that of another one. */
function placeOf(file: string): string {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats ? `${String(stats.dev)} ${String(stats.ino)}` : '';
}
