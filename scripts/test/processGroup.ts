import { spawn } from 'node:child_process';
import { root } from '../vscode/folders.ts';
import { endTree } from '../vscode/processTree.ts';

/** What a program runs with. */
export interface GroupOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Kept in silence, and shown only when the program fails. */
  readonly quiet?: boolean;
}

/** Runs a program of Node to the end; the signal ends it with all that it has started. Gives the exit code. */
export async function runGroup(
  args: readonly string[],
  { env = {}, signal, quiet = false }: GroupOptions,
): Promise<number> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    // Ctrl-C in the terminal reaches the runner only, which then ends everything in order.
    detached: process.platform !== 'win32',
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null) {
      endTree(child.pid);
    }
  };
  signal.addEventListener('abort', kill);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => {
        resolve(exitCode ?? 1);
      });
    });
    if (code !== 0 && output !== '') {
      console.log(output);
    }
    return code;
  } finally {
    signal.removeEventListener('abort', kill);
  }
}
