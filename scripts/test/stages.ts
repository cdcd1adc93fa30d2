import { ensurePackage } from '../package.ts';
import { ensureChromium } from '../vscode/chromium.ts';
import { ensureCodeServer } from '../vscode/codeServerInstall.ts';
import { isDesktopWanted } from '../vscode/desktop.ts';
import { checkJobs } from './checkStage.ts';
import { extensionJob } from './extensionStage.ts';
import { mochaFileJobs, mochaJob } from './mochaStage.ts';
import type { Counts } from './results.ts';

/** A part of a stage that runs by itself, in processes of its own, beside others. */
export interface Job {
  readonly name: string;
  readonly limitMinutes: number;
  /** It waits for a browser or an editor, which a busy machine can keep from answering in time. */
  readonly isTimed?: boolean;
  run(signal: AbortSignal): Promise<Counts>;
}

/** One part of the suite. */
export interface Stage {
  readonly name: string;
  /** Fetches and builds what the jobs stand on; how long that takes depends on the network. */
  prepare?(): Promise<unknown>;
  /** The slowest first, so that the end does not wait for one that began late. */
  jobs(): readonly Job[];
}

/** The suite, the quick parts first. */
export const stages: readonly Stage[] = [
  { name: 'check', jobs: checkJobs },
  {
    name: 'unit',
    jobs: () => [
      mochaJob({ name: 'unit', files: 'test/unit/**/*.test.ts', testTimeoutMs: 20_000, limitMinutes: 5 }),
    ],
  },
  {
    name: 'contract',
    jobs: () => [
      mochaJob({
        name: 'contract',
        files: 'test/contract/**/*.test.ts',
        testTimeoutMs: 20_000,
        limitMinutes: 8,
      }),
    ],
  },
  {
    name: 'extension',
    prepare: () => prepareEditor({ isDesktop: isDesktopWanted() }),
    jobs: () => [extensionJob],
  },
  {
    name: 'panel',
    prepare: async () => {
      await ensureChromium();
      await ensurePackage();
    },
    jobs: () =>
      mochaFileJobs({
        name: 'panel',
        files: 'test/webview/**/*.test.ts',
        testTimeoutMs: 60_000,
        limitMinutes: 8,
      }),
  },
  {
    name: 'stories',
    prepare: () => prepareEditor(),
    jobs: () =>
      mochaFileJobs({
        name: 'stories',
        files: 'test/stories/**/*.test.ts',
        testTimeoutMs: 90_000,
        limitMinutes: 10,
      }),
  },
];

async function prepareEditor({ isDesktop = false } = {}): Promise<void> {
  if (!isDesktop) {
    await ensureChromium();
    await ensureCodeServer();
  }
  await ensurePackage();
}
