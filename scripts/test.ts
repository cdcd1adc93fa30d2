import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { whenAskedToEnd } from './ending.ts';
import type { Counts } from './test/results.ts';
import { stages, type Stage } from './test/stages.ts';
import { endDescendants } from './vscode/processTree.ts';

const stageNames = stages.map(({ name }) => name).join(', ');

const help = `npm test                             everything
npm test -- --only unit,contract     some stages: ${stageNames}
npm test -- --desktop                the tests of the extension host in a desktop VS Code`;

/** How long the set-up of a stage may take, with everything to be fetched over a slow network. */
const prepareLimitMinutes = 20;

function readArguments(): readonly Stage[] {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      desktop: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    process.exit();
  }
  if (values.desktop) {
    process.env['SWITCHBOARD_DESKTOP'] = '1';
  }
  const names = values.only?.split(',') ?? stages.map(({ name }) => name);
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Error(`no such stage: ${unknown.join(', ')}; there are ${stageNames}`);
  }
  return stages.filter(({ name }) => names.includes(name));
}

/** Does some work, or ends it with everything it has started. */
async function within<T>(minutes: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const timeIsUp = new AbortController();
  const finished = new AbortController();
  const limit = delay(minutes * 60_000, undefined, { signal: finished.signal }).then(() => {
    timeIsUp.abort();
    endDescendants();
    throw new Error(`not finished after ${String(minutes)} minutes`);
  });
  try {
    return await Promise.race([work(timeIsUp.signal), limit]);
  } finally {
    finished.abort();
    limit.catch(() => undefined);
  }
}

/** A stage that cannot run, or takes too long, is one failure; the others still run. */
async function runStage(stage: Stage): Promise<Counts> {
  try {
    await within(prepareLimitMinutes, async () => stage.prepare?.());
    return await within(stage.limitMinutes, (signal) => stage.run(signal));
  } catch (error) {
    console.log(`  ✘ ${stage.name} could not run: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  }
}

async function runStages(chosen: readonly Stage[]): Promise<Counts> {
  let [passed, failed] = [0, 0];
  for (const stage of chosen) {
    console.log(`\n── ${stage.name}`);
    const startedAt = performance.now();
    const counts = await runStage(stage);
    passed += counts.passed;
    failed += counts.failed;
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const line = `${String(counts.passed)} passed, ${String(counts.failed)} failed in ${seconds} s`;
    console.log(`── ${stage.name}: ${line}`);
  }
  return { passed, failed };
}

whenAskedToEnd(() => {
  endDescendants();
  console.log('\nEnded before all tests had run.');
  process.exit(130);
});

try {
  const { passed, failed } = await runStages(readArguments());
  console.log(`\n${String(passed)} passed, ${String(failed)} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  // Whatever a stage has left running must not keep the result waiting.
  endDescendants();
  process.exit();
}
