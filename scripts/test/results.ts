import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { cacheFolder } from '../vscode/folders.ts';

/** How many tests of a stage passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Names the file of results to whatever runs the tests. */
export const resultsVariable = 'SWITCHBOARD_RESULTS';

const results = z.object({
  passes: z.number(),
  failures: z.number(),
  duration: z.optional(z.number()),
  report: z.optional(z.string()),
});

/** A fresh place for the results of a stage; what an earlier run left there is gone. */
export async function resultsFile(stage: string): Promise<string> {
  const folder = join(cacheFolder, 'results');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${stage}.json`);
  await rm(file, { force: true });
  return file;
}

/** Reads what a run has written. No file and no tests are failures: silence proves nothing. */
export async function readResults(
  file: string,
): Promise<Counts & { readonly durationMs: number; readonly report: string }> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error('the tests ended without reporting results');
  });
  const { passes, failures, duration = 0, report = '' } = results.parse(JSON.parse(text));
  if (passes + failures === 0) {
    throw new Error('no test was found');
  }
  return { passed: passes, failed: failures, durationMs: duration, report };
}
