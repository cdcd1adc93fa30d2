import type { Page } from 'playwright-core';
import { simulatorKey, startSimulator } from '../simulator/simulator.ts';
import { VsCodeWindow } from '../support/vsCodeWindow.ts';
import { packageOf } from './benchExtension.ts';
import { Editor, type RunningEditor } from './editor.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';
import { busyTime } from './mainThread.ts';

const rows = 1_000;
const bareList = `a bare quick pick of ${rows} plain rows`;

/** What is typed, letter by letter; every list has models of that name. */
const typed = 'claude sonnet';

/** A list as the bench knows it: two of them are measured by the same steps. */
interface List {
  readonly command: string;
  /** The beginning of its title. */
  readonly title: string;
}

const ours: List = { command: 'Switchboard: Switch Model', title: 'Switch Model' };
const bare: List = { command: 'Bare Pick', title: 'Bare Pick' };

/** Switch Model with very many models: from the command to the first rows, and the work of one letter typed. */
export async function pickModels(vsix: string, runs: number): Promise<readonly Figure[]> {
  const simulator = await startSimulator({ models: rows });
  const editor = await Editor.make({
    vsixes: [vsix, await packageOf('bare')],
    settings: { 'switchboard.baseUrl': simulator.baseUrl },
  });
  let running: RunningEditor | undefined;
  const [opened, bareOpened, letters, bareLetters]: [number[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
  ];
  try {
    running = await editor.start({ OPENROUTER_API_KEY: simulatorKey, BARE_ROWS: String(rows) });
    const { page } = running;
    const window = new VsCodeWindow(page);
    await window.ready();
    await window.statusItem('credit').filter({ hasText: 'left' }).waitFor();
    // The first showing loads what the others find, and what is known of the models is then that of the service.
    for (let run = 0; run <= runs; run += 1) {
      const [one, other] = [await openList(page, ours), await typeInList(page)];
      const [bareOne, bareOther] = [await openList(page, bare), await typeInList(page)];
      progress(
        `list ${run === 0 ? 'after start' : run}: ours ${one.toFixed(0)} ms, ${other.toFixed(1)} ms a letter; ` +
          `bare ${bareOne.toFixed(0)} ms, ${bareOther.toFixed(1)} ms a letter`,
      );
      if (run > 0) {
        opened.push(one);
        letters.push(other);
        bareOpened.push(bareOne);
        bareLetters.push(bareOther);
      }
    }
  } finally {
    await running?.close();
    await editor.dispose();
    await simulator.close();
  }
  return [
    toFigure({
      figure: 'picker-open',
      value: median(opened),
      unit: 'ms',
      comparison: { what: bareList, value: median(bareOpened) },
      limit: 100,
      runs,
    }),
    toFigure({
      figure: 'picker-filter-keystroke',
      value: median(letters),
      unit: 'ms',
      comparison: { what: bareList, value: median(bareLetters) },
      limit: 16,
      runs,
    }),
  ];
}

/** Runs the command from the palette; gives the time from Enter to the frame that shows rows under the title. */
async function openList(page: Page, { command, title }: List): Promise<number> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget:visible input');
  await input.fill(`>${command}`);
  await page
    .locator('.quick-input-list .monaco-list-row.focused')
    .filter({ hasText: command })
    .first()
    .waitFor();
  const shown = page.evaluate(
    (begin) =>
      new Promise<number>((resolve) => {
        addEventListener(
          'keydown',
          ({ timeStamp }) => {
            const look = (): void => {
              const widget = document.querySelector('.quick-input-widget');
              const heading = widget?.querySelector('.quick-input-title')?.textContent ?? '';
              const listed = widget?.querySelectorAll('.monaco-list-row .quick-input-list-entry').length ?? 0;
              if (heading.startsWith(begin) && listed > 3) {
                resolve(performance.now() - timeStamp);
              } else {
                requestAnimationFrame(look);
              }
            };
            requestAnimationFrame(look);
          },
          { capture: true, once: true },
        );
      }),
    title,
  );
  // The listener is there when the page has answered another question.
  await page.evaluate(() => undefined);
  await page.keyboard.press('Enter');
  return shown;
}

/** Types into the list that is open, and leaves it; gives the work of the main thread for one letter, in the middle. */
async function typeInList(page: Page): Promise<number> {
  await settled(page);
  const letters: number[] = [];
  for (const letter of typed) {
    letters.push(
      await busyTime(page, async () => {
        await page.keyboard.press(letter === ' ' ? 'Space' : letter);
        await settled(page);
      }),
    );
  }
  await page.keyboard.press('Escape');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  return median(letters);
}

/** Resolves when the page has drawn twice, and found time for idle work. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            requestIdleCallback(() => {
              resolve();
            });
          });
        });
      }),
  );
}
