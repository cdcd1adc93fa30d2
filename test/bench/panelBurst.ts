import { burstText } from '../simulator/burst.ts';
import { PanelHarness, type Panel } from '../webview/panelHarness.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';
import { longestTask } from './mainThread.ts';
import { streamAnswer, waitForAnswer } from './panelStream.ts';

const burstTokens = 20_000;

/** A very long answer as fast as it goes: when all of it is on screen, and how long the page is busy at a stretch. */
export async function longBurst(runs: number): Promise<readonly Figure[]> {
  const text = burstText(burstTokens);
  const word = 'One.';
  const [times, timesOfWord]: [number[], number[]] = [[], []];
  const [tasks, tasksOfWord]: [number[], number[]] = [[], []];
  const harness = await PanelHarness.start();
  try {
    for (let run = 1; run <= runs; run += 1) {
      times.push(await inWaitingPanel(harness, (panel) => streamAnswer(panel, text)));
      timesOfWord.push(await inWaitingPanel(harness, (panel) => streamAnswer(panel, word)));
      tasks.push(await inWaitingPanel(harness, (panel) => taskOf(panel, text)));
      tasksOfWord.push(await inWaitingPanel(harness, (panel) => taskOf(panel, word)));
      const told = [times, tasks].map((each) => (each.at(-1) ?? 0).toFixed(0));
      progress(`long burst ${run}: ${told.join(', longest task ')} ms`);
    }
  } finally {
    await harness.close();
  }
  const what = 'an answer of one word';
  return [
    toFigure({
      figure: 'burst-20000',
      value: median(times),
      unit: 'ms',
      comparison: { what, value: median(timesOfWord) },
      limit: 300,
      runs,
    }),
    toFigure({
      figure: 'burst-20000-longest-task',
      value: median(tasks),
      unit: 'ms',
      comparison: { what, value: median(tasksOfWord) },
      limit: 50,
      runs,
    }),
  ];
}

async function inWaitingPanel(
  harness: PanelHarness,
  measure: (panel: Panel) => Promise<number>,
): Promise<number> {
  const panel = await harness.open();
  await waitForAnswer(panel, []);
  const measured = await measure(panel);
  await panel.close();
  return measured;
}

function taskOf(panel: Panel, text: string): Promise<number> {
  return longestTask(panel.page, () => streamAnswer(panel, text));
}
