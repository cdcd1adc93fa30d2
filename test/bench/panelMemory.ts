import { burstText } from '../simulator/burst.ts';
import { PanelHarness, type Panel } from '../webview/panelHarness.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';
import { streamAnswer, waitForAnswer } from './panelStream.ts';

const tokens = 20_000;
const megabyte = 1_024 * 1_024;

/** What twice the text may take, in times of what the text takes: a tenth more than what is linear. */
const mostRatio = 2.2;

/** How much memory the page takes more after an answer, and after one that is twice as long. */
export async function panelMemory(runs: number): Promise<readonly Figure[]> {
  const [once, twice] = [burstText(tokens), burstText(2 * tokens)];
  const [less, more]: [number[], number[]] = [[], []];
  const harness = await PanelHarness.start();
  try {
    for (let run = 1; run <= runs; run += 1) {
      less.push(await growth(harness, once));
      more.push(await growth(harness, twice));
      const told = [less, more].map((each) => (each.at(-1) ?? 0).toFixed(1));
      progress(`memory of the panel ${run}: ${told.join(', twice the text ')} MB`);
    }
  } finally {
    await harness.close();
  }
  const comparison = {
    what: `an answer of ${tokens} tokens, half as long; the limit is ${mostRatio} times this`,
    value: median(less),
  };
  const limit = Math.round(comparison.value * mostRatio * 10) / 10;
  return [toFigure({ figure: 'panel-memory', value: median(more), unit: 'MB', comparison, limit, runs })];
}

async function growth(harness: PanelHarness, text: string): Promise<number> {
  const panel = await harness.open();
  try {
    await waitForAnswer(panel, []);
    const before = await memoryOf(panel);
    await streamAnswer(panel, text);
    return (await memoryOf(panel)) - before;
  } finally {
    await panel.close();
  }
}

/** The memory of the page's scripts and of its document, with the garbage collected, in megabytes. */
async function memoryOf({ page }: Panel): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return (usedSize + embedderHeapUsedSize) / megabyte;
}
