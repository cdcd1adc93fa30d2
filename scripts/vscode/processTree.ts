import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process of this machine. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process below another one, also those that lead a group of their own. */
export function descendantsOf(ancestor: number): readonly RunningProcess[] {
  const table = existsSync('/proc/self/stat') ? readProc() : readPs();
  const below = (pid: number): readonly RunningProcess[] =>
    table.filter(({ parent }) => parent === pid).flatMap((each) => [each, ...below(each.pid)]);
  return below(ancestor);
}

/**
 * Ends every process below this one. A group is not enough: browsers and servers lead groups of their own, so that a
 * Ctrl-C in the terminal passes them by.
 */
export function endDescendants(): void {
  // Windows passes a Ctrl-C on to all of them by itself.
  if (process.platform !== 'win32') {
    for (const { pid } of descendantsOf(process.pid)) {
      kill(pid);
    }
  }
}

/** Ends a process and every process below it, at once. */
export function endTree(pid: number): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  for (const each of [pid, ...descendantsOf(pid).map((descendant) => descendant.pid)]) {
    kill(each);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** Small images of Linux have no `ps`. */
function readProc(): readonly RunningProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) {
      return [];
    }
    try {
      // "pid (name) state parent …": the name may hold anything, also parentheses.
      const [, parent = ''] = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ pid: Number(name), parent: Number(parent), command }];
    } catch {
      // It ended while the table was read.
      return [];
    }
  });
}

function readPs(): readonly RunningProcess[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return table.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}
