import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { alone } from './database.ts';
import { createPrivate, keepPrivate } from './privateFiles.ts';
import { isBusy } from './statements.ts';

/** Who writes an answer or sends a request, and which of them are alive. */
export interface Owners {
  /** This window. */
  readonly self: string;
  isAlive(owner: string): boolean;
}

/** The owners that know only this window, where there is no folder to share. */
export function onlyThisWindow(): Owners {
  const self = randomUUID();
  return { self, isAlive: (owner) => owner === self };
}

/**
 * The owners of a folder: each holds a lock on a file of its own. The system releases it when the process ends, however
 * that happens; no clock and no process id is asked, because both can be wrong.
 */
export class WindowOwners implements Owners {
  readonly self = randomUUID();
  readonly #folder: string;
  readonly #lock: DatabaseSync;

  constructor(folder: string) {
    this.#folder = join(folder, 'windows');
    keepPrivate(this.#folder);
    // Nobody takes a file away between its making and its locking.
    this.#lock = alone(join(folder, 'windows.lock'), () => {
      this.#removeDead();
      return locked(this.#fileOf(this.self));
    });
  }

  isAlive(owner: string): boolean {
    const file = this.#fileOf(owner);
    return owner === this.self || (existsSync(file) && isLocked(file));
  }

  dispose(): void {
    this.#lock.close();
    rmSync(this.#fileOf(this.self), { force: true });
  }

  #removeDead(): void {
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name);
      if (!isLocked(file)) {
        rmSync(file, { force: true });
      }
    }
  }

  #fileOf(owner: string): string {
    return join(this.#folder, `${encodeURIComponent(owner)}.lock`);
  }
}

function locked(file: string): DatabaseSync {
  createPrivate(file);
  const lock = new DatabaseSync(file);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** What can't be tried counts as locked: what a living window has reserved must not be given away. */
function isLocked(file: string): boolean {
  try {
    locked(file).close();
    return false;
  } catch (error) {
    return isBusy(error) || existsSync(file);
  }
}
