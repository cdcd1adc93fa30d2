import { spawn } from 'node:child_process';
import { root } from '../vscode/folders.ts';
import { endTree } from '../vscode/processTree.ts';

/** What a program runs with. */
export interface GroupOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** When what the program says is shown: at once when absent, as a whole at its end, only when it fails, or never. */
  readonly shown?: 'atEnd' | 'onFailure' | 'never';
}

/** Runs a program of Node to the end; the signal ends it with all that it has started. Gives the exit code. */
export async function runGroup(
  args: readonly string[],
  { env = {}, signal, shown }: GroupOptions,
): Promise<number> {
  signal.throwIfAborted();
  const output = shown === undefined ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
    // Ctrl-C in the terminal reaches the runner only, which then ends everything in order.
    detached: process.platform !== 'win32',
  });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
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
    if (said !== '' && shown !== 'never' && (code !== 0 || shown === 'atEnd')) {
      console.log(said);
    }
    return code;
  } finally {
    signal.removeEventListener('abort', kill);
  }
}
