import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { cacheFolder } from '../vscode/folders.ts';

/** How many tests of a stage passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** All of them together. */
export function sumOf(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    { passed: 0, failed: 0 },
  );
}

/** Names the file of results to whatever runs the tests. */
export const resultsVariable = 'SWITCHBOARD_RESULTS';

/** Names the port of 127.0.0.1 that takes the report of tests that run inside the extension host. */
export const reportPortVariable = 'SWITCHBOARD_REPORT_PORT';

const results = z.object({ passes: z.number(), failures: z.number() });

/** A fresh place for the results of a stage; what an earlier run left there is gone. */
export async function resultsFile(stage: string): Promise<string> {
  const folder = join(cacheFolder, 'results');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${stage}.json`);
  await rm(file, { force: true });
  return file;
}

/**
 * Reads what a run has written. The file is believed, and an exit code only when it is worse: without a file, without
 * tests, and after an end that the tests do not explain, a run has failed. Silence proves nothing.
 */
export async function readResults(file: string, exitCode: number): Promise<Counts> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error('the tests ended without reporting results');
  });
  const { passes, failures } = results.parse(JSON.parse(text));
  if (passes + failures === 0) {
    throw new Error('no test was found');
  }
  if (failures === 0 && exitCode !== 0) {
    throw new Error(`all tests passed, but the run ended with exit code ${String(exitCode)}`);
  }
  return { passed: passes, failed: failures };
}
