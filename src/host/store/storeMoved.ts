import { statSync } from 'node:fs';

/** The open file was moved or deleted. */
export class StoreMovedError extends Error {
  constructor() {
    super('the file of the chats was moved or deleted while it was in use');
    this.name = 'StoreMovedError';
  }
}

/** Returns a check whether a path still is the file it is now. */
export function watchPlace(file: string): () => boolean {
  const opened = placeOf(file);
  return () => placeOf(file) === opened;
}

/** The file's identity on disk; another file may soon have its name. */
function placeOf(file: string): string {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats ? `${String(stats.dev)} ${String(stats.ino)}` : '';
}
