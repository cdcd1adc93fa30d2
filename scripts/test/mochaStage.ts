import { join } from 'node:path';
import { runGroup } from './processGroup.ts';
import { readResults, resultsFile, resultsVariable, type Counts } from './results.ts';

/** A stage that is mocha in a plain Node. */
export interface MochaStage {
  readonly name: string;
  readonly files: string;
  /** For one test or hook, in milliseconds. */
  readonly testTimeoutMs: number;
  /** The whole stage must be faster than this, in milliseconds. */
  readonly budgetMs?: number;
}

/** Runs mocha on some files. A forbidden `only`, no test at all and a missing result are failures. */
export async function mochaStage(stage: MochaStage, signal: AbortSignal): Promise<Counts> {
  const file = await resultsFile(stage.name);
  const args = [
    join('node_modules', 'mocha', 'bin', 'mocha.js'),
    '--reporter',
    './test/support/reporter.cjs',
    '--forbid-only',
    '--forbid-pending',
    '--exit',
    '--timeout',
    String(stage.testTimeoutMs),
    stage.files,
  ];
  const exitCode = await runGroup(args, { env: { [resultsVariable]: file }, signal });
  const { passed, failed, durationMs } = await readResults(file, exitCode);
  if (stage.budgetMs !== undefined && durationMs > stage.budgetMs) {
    console.log(`The tests took ${String(durationMs)} ms; they may take ${String(stage.budgetMs)} ms.`);
    return { passed, failed: failed + 1 };
  }
  return { passed, failed };
}
