import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { checkStage } from './test/checkStage.ts';
import { extensionStage } from './test/extensionStage.ts';
import { mochaStage } from './test/mochaStage.ts';
import type { Counts } from './test/results.ts';
import { ensureChromium } from './vscode/chromium.ts';
import { ensureCodeServer } from './vscode/codeServerInstall.ts';
import { ensurePackage } from './package.ts';

/** One part of the suite. */
interface Stage {
  readonly name: string;
  readonly limitMinutes: number;
  run(signal: AbortSignal): Promise<Counts>;
}

const stages: readonly Stage[] = [
  { name: 'check', limitMinutes: 5, run: checkStage },
  {
    name: 'unit',
    limitMinutes: 2,
    run: (signal) =>
      mochaStage(
        { name: 'unit', files: 'test/unit/**/*.test.ts', testTimeoutMs: 5_000, budgetMs: 5_000 },
        signal,
      ),
  },
  {
    name: 'contract',
    limitMinutes: 3,
    run: (signal) =>
      mochaStage({ name: 'contract', files: 'test/contract/**/*.test.ts', testTimeoutMs: 20_000 }, signal),
  },
  {
    name: 'panel',
    limitMinutes: 5,
    run: async (signal) => {
      await ensureChromium();
      await ensurePackage();
      return mochaStage({ name: 'panel', files: 'test/webview/**/*.test.ts', testTimeoutMs: 60_000 }, signal);
    },
  },
  {
    name: 'extension',
    limitMinutes: 10,
    run: async () => {
      await ensureChromium();
      await ensureCodeServer();
      await ensurePackage();
      return extensionStage();
    },
  },
  {
    name: 'stories',
    limitMinutes: 12,
    run: async (signal) => {
      await ensureChromium();
      await ensureCodeServer();
      await ensurePackage();
      return mochaStage(
        { name: 'stories', files: 'test/stories/**/*.test.ts', testTimeoutMs: 90_000 },
        signal,
      );
    },
  },
];

function chosenStages(): readonly Stage[] {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const names = values.only?.split(',') ?? stages.map(({ name }) => name);
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `no such stage: ${unknown.join(', ')}; there are ${stages.map(({ name }) => name).join(', ')}`,
    );
  }
  return stages.filter(({ name }) => names.includes(name));
}

/** A stage that cannot run, or takes too long, is one failure; the others still run. */
async function runStage(stage: Stage): Promise<Counts> {
  const abort = new AbortController();
  const limit = delay(stage.limitMinutes * 60_000, undefined, { signal: abort.signal }).then(() => {
    throw new Error(`not finished after ${String(stage.limitMinutes)} minutes`);
  });
  try {
    return await Promise.race([stage.run(abort.signal), limit]);
  } catch (error) {
    console.log(`  ✘ ${stage.name} could not run: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  } finally {
    abort.abort();
    limit.catch(() => undefined);
  }
}

let [passed, failed] = [0, 0];
for (const stage of chosenStages()) {
  console.log(`\n── ${stage.name}`);
  const startedAt = performance.now();
  const counts = await runStage(stage);
  passed += counts.passed;
  failed += counts.failed;
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(
    `── ${stage.name}: ${String(counts.passed)} passed, ${String(counts.failed)} failed in ${seconds} s`,
  );
}
console.log(`\n${String(passed)} passed, ${String(failed)} failed`);
// Whatever a stage has left running must not keep the result waiting.
process.exit(failed === 0 && passed > 0 ? 0 : 1);
