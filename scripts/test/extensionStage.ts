import { join } from 'node:path';
import { runGroup } from './processGroup.ts';
import { readResults, resultsFile, resultsVariable, type Counts } from './results.ts';

/** Runs mocha inside the extension host of a real VS Code, in a process of its own, so that it can be ended whole. */
export async function extensionStage(signal: AbortSignal): Promise<Counts> {
  const file = await resultsFile('extension');
  const program = join('scripts', 'test', 'extensionRun.ts');
  const exitCode = await runGroup([program], { env: { [resultsVariable]: file }, signal });
  return readResults(file, exitCode);
}
