/// <reference lib="dom" />
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { extensionId } from '../../src/host/platform/contributions.ts';
import { openDatabase } from '../../src/host/store/database.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { VsCodeWindow } from '../support/vsCodeWindow.ts';
import { chats, fill } from './chatArchive.ts';
import { ourKind } from './chatSubject.ts';
import { Editor } from './editor.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';

const fewChats = 10;

/** From the press on the button of the list to the frame that shows its rows, among many chats and among few. */
export async function openChatList(vsix: string, runs: number): Promise<readonly Figure[]> {
  const simulator = await startSimulator();
  try {
    const many = await timesOfList(vsix, simulator, { runs, stored: chats });
    const few = await timesOfList(vsix, simulator, { runs, stored: fewChats });
    return [
      toFigure({
        figure: 'list-10000-open',
        value: median(many),
        unit: 'ms',
        comparison: { what: `the list of ${fewChats} chats, opened in the same way`, value: median(few) },
        limit: 200,
        runs,
      }),
    ];
  } finally {
    await simulator.close();
  }
}

async function timesOfList(
  vsix: string,
  simulator: Simulator,
  { runs, stored }: { readonly runs: number; readonly stored: number },
): Promise<readonly number[]> {
  const { title, settings } = ourKind(vsix, simulator);
  const editor = await Editor.make({ vsixes: [vsix], settings });
  try {
    await store(editor, stored);
    const running = await editor.start({ OPENROUTER_API_KEY: simulatorKey });
    const { page } = running;
    await page.getByRole('tab', { name: title, exact: true }).click({ timeout: 60_000 });
    const times: number[] = [];
    // The first opening loads what the others find, and makes the index of the words.
    for (let run = 0; run <= runs; run += 1) {
      const time = await timeOfList(page);
      progress(`list of ${stored} chats ${run === 0 ? 'after start' : run}: ${time.toFixed(0)} ms`);
      times.push(time);
    }
    await running.close();
    return times.slice(1);
  } finally {
    await editor.dispose();
  }
}

async function store(editor: Editor, stored: number): Promise<void> {
  const folder = join(editor.folder, 'user-data', 'User', 'globalStorage', extensionId);
  await mkdir(folder, { recursive: true });
  const { database } = openDatabase(join(folder, 'chats.sqlite'), 1);
  fill(database, stored);
  database.close();
}

async function timeOfList(page: Page): Promise<number> {
  const window = new VsCodeWindow(page);
  const button = window.panel.getByRole('button', { name: 'Search chats' });
  await button.evaluate((element) => {
    element.addEventListener(
      'click',
      ({ timeStamp }) => {
        element.dataset['pressedAt'] = String(performance.timeOrigin + timeStamp);
      },
      { once: true },
    );
  });
  const shownAt = page.evaluate(whenListShownInPage);
  await button.click();
  const took = (await shownAt) - Number(await button.evaluate((element) => element.dataset['pressedAt']));
  // The index is ready when the list says that it waits for nothing more.
  await page.locator('.quick-input-widget:visible .monaco-progress-container.done').waitFor({
    state: 'attached',
    timeout: 120_000,
  });
  await window.input.press('Escape');
  await window.input.waitFor({ state: 'hidden' });
  return took;
}

/** Runs in the page. Gives the time of the frame that shows a row of the list, since the epoch. */
async function whenListShownInPage(): Promise<number> {
  const isShown = (): boolean =>
    document.querySelector('.quick-input-list .monaco-list-row')?.checkVisibility() === true;
  while (!isShown()) {
    await new Promise(requestAnimationFrame);
  }
  await new Promise((resolve) => setTimeout(resolve, 0));
  return performance.timeOrigin + performance.now();
}
