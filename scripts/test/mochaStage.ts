import { globSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../vscode/folders.ts';
import { runGroup } from './processGroup.ts';
import { readResults, resultsFile, resultsVariable, type Counts } from './results.ts';
import type { Job } from './stages.ts';

/** Tests that mocha runs in a plain Node. */
export interface MochaTests {
  readonly name: string;
  /** A pattern. */
  readonly files: string;
  /** For one test or hook, in milliseconds. */
  readonly testTimeoutMs: number;
  /** For each process. */
  readonly limitMinutes: number;
}

/** Runs all files in one process. */
export function mochaJob({ name, files, testTimeoutMs, limitMinutes }: MochaTests): Job {
  return { name, limitMinutes, run: (signal) => runMocha(name, files, testTimeoutMs, signal) };
}

/**
 * Runs each file in a process of its own: for files that start a browser or a whole editor and wait for it most of the
 * time. The longest files take longest.
 */
export function mochaFileJobs({ name, files, testTimeoutMs, limitMinutes }: MochaTests): readonly Job[] {
  const size = (file: string): number => statSync(join(root, file)).size;
  return globSync(files, { cwd: root })
    .sort((one, other) => size(other) - size(one))
    .map((file) => ({
      name: file,
      limitMinutes,
      isTimed: true,
      run: (signal) => runMocha(`${name}-${basename(file, '.test.ts')}`, file, testTimeoutMs, signal),
    }));
}

/** A forbidden `only`, a pending test, no test at all and a missing result are failures. */
async function runMocha(
  name: string,
  files: string,
  testTimeoutMs: number,
  signal: AbortSignal,
): Promise<Counts> {
  const file = await resultsFile(name);
  const args = [
    join('node_modules', 'mocha', 'bin', 'mocha.js'),
    '--reporter',
    './test/support/reporter.cjs',
    '--forbid-only',
    '--forbid-pending',
    '--exit',
    '--timeout',
    String(testTimeoutMs),
    files,
  ];
  const exitCode = await runGroup(args, { env: { [resultsVariable]: file }, signal, shown: 'atEnd' });
  return readResults(file, exitCode);
}
