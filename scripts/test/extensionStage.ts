import { join } from 'node:path';
import { runGroup } from './processGroup.ts';
import { readResults, resultsFile, resultsVariable } from './results.ts';
import type { Job } from './stages.ts';

/** Runs mocha inside the extension host of a real VS Code, in a process of its own, so that it can be ended whole. */
export const extensionJob: Job = {
  name: 'extension',
  limitMinutes: 10,
  isTimed: true,
  run: async (signal) => {
    const file = await resultsFile('extension');
    const program = join('scripts', 'test', 'extensionRun.ts');
    const exitCode = await runGroup([program], { env: { [resultsVariable]: file }, signal, shown: 'atEnd' });
    return readResults(file, exitCode);
  },
};
