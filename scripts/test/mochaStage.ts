import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../vscode/folders.ts';
import { runGroup, type GroupOptions } from './processGroup.ts';
import { readResults, resultsFile, resultsVariable, type Counts, type Results } from './results.ts';

/** A stage that is mocha in a plain Node. */
export interface MochaStage {
  readonly name: string;
  /** A pattern. */
  readonly files: string;
  /** For one test or hook, in milliseconds. */
  readonly testTimeoutMs: number;
  /** The whole stage must be faster than this, in milliseconds. */
  readonly budgetMs?: number;
  /**
   * For files that each begin a browser or a whole editor in one, and wait for it most of the time: they run in processes
   * of their own, so many at a time. One with a failure runs once more, alone: it was at the mercy of the machine's load.
   */
  readonly filesAtATime?: number;
}

/** Runs mocha on some files. A forbidden `only`, no test at all and a missing result are failures. */
export async function mochaStage(stage: MochaStage, signal: AbortSignal): Promise<Counts> {
  if (stage.filesAtATime !== undefined) {
    return runFailedAgain(stage, await runFiles(stage, stage.filesAtATime, signal), signal);
  }
  const results = await runMocha(stage, stage.files, { signal });
  if (stage.budgetMs !== undefined && results.durationMs > stage.budgetMs) {
    console.log(
      `The tests took ${String(results.durationMs)} ms; they may take ${String(stage.budgetMs)} ms.`,
    );
    return { passed: results.passed, failed: results.failed + 1 };
  }
  return results;
}

/** The counts of each file, by its name. A file that cannot run is one failure. */
async function runFiles(
  stage: MochaStage,
  atATime: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Counts>> {
  const counts = new Map<string, Counts>();
  const waiting = globSync(stage.files, { cwd: root }).sort().values();
  const runWaiting = async (): Promise<void> => {
    for (const file of waiting) {
      signal.throwIfAborted();
      counts.set(file, await runFile(stage, file, signal));
    }
  };
  await Promise.all(Array.from({ length: atATime }, runWaiting));
  return counts;
}

async function runFile(stage: MochaStage, file: string, signal: AbortSignal): Promise<Counts> {
  try {
    return await runMocha(stage, file, { signal, shown: 'atEnd' });
  } catch (error) {
    console.log(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  }
}

/** A file counts as its second run says; that it needed one is told. */
async function runFailedAgain(
  stage: MochaStage,
  first: ReadonlyMap<string, Counts>,
  signal: AbortSignal,
): Promise<Counts> {
  const counts = new Map(first);
  for (const [file, { failed }] of first) {
    if (failed > 0) {
      console.log(`\nOnce more, because a busy machine may have been too slow for it: ${file}`);
      const second = await runFile(stage, file, signal);
      counts.set(file, second);
      console.log(
        second.failed === 0
          ? `Unsteady: ${file} passed the second time only.`
          : `${file}: failed the second time, too.`,
      );
    }
  }
  const sum = (part: keyof Counts): number => [...counts.values()].reduce((all, each) => all + each[part], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

async function runMocha(
  { name, testTimeoutMs }: MochaStage,
  files: string,
  options: Pick<GroupOptions, 'signal' | 'shown'>,
): Promise<Results> {
  const file = await resultsFile(`${name}-${basename(files, '.test.ts').replaceAll('*', 'all')}`);
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
  const exitCode = await runGroup(args, { env: { [resultsVariable]: file }, ...options });
  return readResults(file, exitCode);
}
