import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { whenAskedToEnd } from './ending.ts';
import { sumOf, type Counts } from './test/results.ts';
import { StageRun } from './test/stageRun.ts';
import { stages, type Stage } from './test/stages.ts';
import { endDescendants } from './vscode/processTree.ts';

/** One for each processor: more of them only make each other wait. */
const jobsAtATime = Number(process.env['SWITCHBOARD_JOBS'] ?? availableParallelism());

const stageNames = stages.map(({ name }) => name).join(', ');

const help = `npm test                             everything
npm test -- --only unit,contract     some stages: ${stageNames}
npm test -- --desktop                the tests of the extension host in a desktop VS Code`;

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

/** Runs the jobs of the chosen stages, so many at a time, and tells what came of each stage when its last job ends. */
async function runStages(chosen: readonly Stage[]): Promise<Counts> {
  const running = chosen.map((stage) => new StageRun(stage));
  const waiting = running.flatMap((run) => run.jobs.map((job) => ({ run, job }))).values();
  const runWaiting = async (): Promise<void> => {
    for (const { run, job } of waiting) {
      await run.run(job);
    }
  };
  await Promise.all(Array.from({ length: jobsAtATime }, runWaiting));
  for (const run of running) {
    await run.runFailedAgain();
  }
  return sumOf(running.map(({ counts }) => counts));
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
