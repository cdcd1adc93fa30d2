import { ensureChromium } from '../vscode/chromium.ts';
import { ensureCodeServer } from '../vscode/codeServerInstall.ts';
import { isDesktopWanted } from '../vscode/desktop.ts';
import { ensurePackage } from '../package.ts';
import { checkStage } from './checkStage.ts';
import { extensionStage } from './extensionStage.ts';
import { mochaStage } from './mochaStage.ts';
import type { Counts } from './results.ts';

/** One part of the suite. */
export interface Stage {
  readonly name: string;
  readonly limitMinutes: number;
  /** Fetches what the stage stands on; how long that takes depends on the network. */
  prepare?(): Promise<unknown>;
  run(signal: AbortSignal): Promise<Counts>;
}

/** The suite, the quick parts first. */
export const stages: readonly Stage[] = [
  { name: 'check', limitMinutes: 5, run: checkStage },
  {
    name: 'unit',
    limitMinutes: 2,
    run: (signal) =>
      mochaStage(
        { name: 'unit', files: 'test/unit/**/*.test.ts', testTimeoutMs: 10_000, budgetMs: 40_000 },
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
    limitMinutes: 8,
    prepare: ensureChromium,
    run: async (signal) => {
      await ensurePackage();
      const files = 'test/webview/**/*.test.ts';
      return mochaStage({ name: 'panel', files, testTimeoutMs: 60_000, filesAtATime: 1 }, signal);
    },
  },
  {
    name: 'extension',
    limitMinutes: 6,
    prepare: async () => {
      if (!isDesktopWanted()) {
        await ensureChromium();
        await ensureCodeServer();
      }
    },
    run: async (signal) => {
      await ensurePackage();
      return extensionStage(signal);
    },
  },
  {
    name: 'stories',
    limitMinutes: 20,
    prepare: async () => {
      await ensureChromium();
      await ensureCodeServer();
    },
    run: async (signal) => {
      await ensurePackage();
      const files = 'test/stories/**/*.test.ts';
      return mochaStage({ name: 'stories', files, testTimeoutMs: 90_000, filesAtATime: 2 }, signal);
    },
  },
];
