import { join, relative } from 'node:path';
import { root } from '../vscode/folders.ts';
import { runGroup } from './processGroup.ts';
import { readResults, resultsFile, resultsVariable, type Counts, type Results } from './results.ts';

/** A stage that is mocha in a plain Node. */
export interface MochaStage {
  readonly name: string;
  readonly files: string;
  /** For one test or hook, in milliseconds. */
  readonly testTimeoutMs: number;
  /** The whole stage must be faster than this, in milliseconds. */
  readonly budgetMs?: number;
  /** Files with a failure are run a second time: a whole editor in a browser is at the mercy of the machine's load. */
  readonly secondChance?: boolean;
}

/** Runs mocha on some files. A forbidden `only`, no test at all and a missing result are failures. */
export async function mochaStage(stage: MochaStage, signal: AbortSignal): Promise<Counts> {
  const first = await runMocha(stage, [stage.files], signal);
  if (stage.budgetMs !== undefined && first.durationMs > stage.budgetMs) {
    console.log(`The tests took ${String(first.durationMs)} ms; they may take ${String(stage.budgetMs)} ms.`);
    return { passed: first.passed, failed: first.failed + 1 };
  }
  return first.failed > 0 && stage.secondChance === true ? runFailedAgain(stage, first, signal) : first;
}

/** A file counts as its second run says, from its beginning; that it needed one is told. */
async function runFailedAgain(stage: MochaStage, first: Results, signal: AbortSignal): Promise<Counts> {
  const failed = [...first.files].filter(([, counts]) => counts.failed > 0);
  const names = failed.map(([name]) => name);
  const shown = names.map((name) => relative(root, name)).join(', ');
  console.log(`\nOnce more, because a busy machine may have been too slow for them: ${shown}`);
  const second = await runMocha(stage, names, signal);
  const passedBefore = failed.reduce((sum, [, counts]) => sum + counts.passed, 0);
  console.log(
    second.failed === 0
      ? `Unsteady: ${shown} passed the second time only.`
      : `${shown}: failed the second time, too.`,
  );
  return { passed: first.passed - passedBefore + second.passed, failed: second.failed };
}

async function runMocha(
  { name, testTimeoutMs }: MochaStage,
  files: readonly string[],
  signal: AbortSignal,
): Promise<Results> {
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
    ...files,
  ];
  const exitCode = await runGroup(args, { env: { [resultsVariable]: file }, signal });
  return readResults(file, exitCode);
}
