import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Does some work while no other process does it; a lock whose holder is gone is taken over. */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  while (!(await take(folder))) {
    // Another process is installing, which takes its time; there is no event to wait for across processes.
    await delay(500);
  }
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Making a folder either succeeds for one process or fails for all others. */
async function take(folder: string): Promise<boolean> {
  const holder = join(folder, 'pid');
  try {
    await mkdir(folder);
    await writeFile(holder, String(process.pid));
    return true;
  } catch {
    const pid = Number(await readFile(holder, 'utf8').catch(() => ''));
    if (pid > 0 && !isRunning(pid)) {
      await rm(folder, { recursive: true, force: true });
    }
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process.
    return false;
  }
}
