import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { VsCodeWindow } from '../support/vsCodeWindow.ts';
import { Editor } from './editor.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';
import { longestTask } from './mainThread.ts';

/** So many places are changed, each from one line to so many: 3,000 lines of difference. */
const changes = 300;
const linesEach = 9;

/** Milliseconds of one review. */
interface Timing {
  /** From the last byte of the answer to the first change on screen. */
  readonly open: number;
  /** From the click to the first marked line of VS Code's own comparison of the same two texts. */
  readonly compare: number;
  /** The longest task of the workbench while a change is accepted, and while a character is typed. */
  readonly accept: number;
  readonly type: number;
}

const bodyOf = (index: number): string => `  return total(${String(index)});`;
const functionOf = (index: number, body: string): string =>
  `export function sum${String(index)}(cart: Cart): number {\n  check(cart);\n${body}\n}\n\n`;
const textWith = (body: (index: number) => string): string =>
  Array.from({ length: changes }, (_, index) => functionOf(index, body(index))).join('');
const before = textWith(bodyOf);
const newBody = (index: number): string =>
  Array.from({ length: linesEach }, (_, line) => `  step${String(index)}(${String(line)});`).join('\n');

/** Reviewing many changes of one file in a real VS Code. */
export async function reviewOfManyChanges(vsix: string, runs: number): Promise<readonly Figure[]> {
  const simulator = await startSimulator();
  simulator.use({ name: 'edits', about: 'Many edits at once', answer: { content: answer() } });
  const editor = await Editor.make({
    vsixes: [vsix],
    settings: {
      'switchboard.baseUrl': simulator.baseUrl,
      'switchboard.maxTokens': 100_000,
      'switchboard.budget.perRequest': null,
      'files.autoSave': 'off',
    },
  });
  const timings: Timing[] = [];
  try {
    await writeFile(join(editor.folder, 'workspace', 'long.ts'), before);
    const running = await editor.start({ OPENROUTER_API_KEY: simulatorKey });
    await running.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const window = new VsCodeWindow(running.page);
    await window.ready();
    // The first review loads what the others find.
    for (let run = 0; run <= runs; run += 1) {
      const timing = await review(window, simulator);
      progress(`review ${run === 0 ? 'after start' : run}: ${inWords(timing)}`);
      timings.push(...(run > 0 ? [timing] : []));
    }
    await running.close();
  } finally {
    await editor.dispose();
    await simulator.close();
  }
  const figureOf = (
    figure: string,
    limit: number,
    value: keyof Timing,
    comparison: { readonly what: string; readonly of: keyof Timing },
  ): Figure =>
    toFigure({
      ...{ figure, limit, unit: 'ms', runs },
      value: median(timings.map((timing) => timing[value])),
      comparison: { what: comparison.what, value: median(timings.map((timing) => timing[comparison.of])) },
    });
  return [
    figureOf('review-3000-open', 200, 'open', {
      what: "VS Code's own comparison of the same two texts, from the click to its first marked line",
      of: 'compare',
    }),
    figureOf('review-accept-repaint', 16, 'accept', {
      what: 'typing one character in the same file under review',
      of: 'type',
    }),
  ];
}

function answer(): string {
  const edits = Array.from({ length: changes }, (_, index) => ({
    ...{ file: 'long.ts', search: bodyOf(index), replace: newBody(index) },
    ...{ startLine: index * 5 + 3, reason: 'Step by step.' },
  }));
  return JSON.stringify({ summary: 'Works step by step.', edits });
}

async function review(window: VsCodeWindow, simulator: Simulator): Promise<Timing> {
  const { page } = window;
  simulator.journal.clear();
  await window.openFile('long.ts');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+A');
  const shown = firstShown(page, '.review-widget .review-comment');
  await window.runCommand('Switchboard: Fix Selection');
  const { closedAt, lastByteAt } = await simulator.journal.waitFor(
    (entry) => entry.path.endsWith('/chat/completions') && entry.closedAt !== undefined,
    { timeoutMs: 60_000 },
  );
  const open = (await shown) - simulator.journal.timeOrigin - (lastByteAt ?? closedAt ?? NaN);
  await page.getByText(`1 of ${String(changes)}`, { exact: true }).waitFor();
  const type = await longestTask(page, async () => {
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('x');
    await lineOf(page, 'xexport').waitFor();
  });
  await page.keyboard.press('Control+Z');
  await lineOf(page, 'xexport').waitFor({ state: 'detached' });
  const first = page.locator('.codelens-decoration a', { hasText: /^Accept$/ }).first();
  const accept = await longestTask(page, async () => {
    await first.click();
    await lineOf(page, 'step0(0)').waitFor();
    await page.getByText(`1 of ${String(changes - 1)}`, { exact: true }).waitFor();
  });
  await window.runCommand('Switchboard: Reject All Changes');
  await page.locator('.review-widget').first().waitFor({ state: 'detached' });
  await window.runCommand('File: Save');
  const compare = await compareWithClipboard(window);
  await page.keyboard.press('Control+Z');
  await lineOf(page, 'step0(0)').waitFor({ state: 'detached' });
  await window.runCommand('File: Save');
  return { open, accept, type, compare };
}

async function compareWithClipboard(window: VsCodeWindow): Promise<number> {
  const { page } = window;
  await page.evaluate((text) => navigator.clipboard.writeText(text), textWith(newBody));
  const clicked = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const note = (): void => {
          resolve(performance.timeOrigin + performance.now());
        };
        addEventListener('mouseup', note, { capture: true, once: true });
      }),
  );
  const shown = firstShown(page, '.line-insert');
  await window.runCommand('File: Compare Active File with Clipboard');
  const took = (await shown) - (await clicked);
  await window.runCommand('View: Close Editor');
  return took;
}

function lineOf(page: Page, text: string) {
  return page.locator('.editor-instance .view-line', { hasText: text }).first();
}

/** When the first of these elements is painted, in milliseconds since the epoch. */
function firstShown(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const element = document.querySelector(wanted);
          if (element && element.getBoundingClientRect().height > 0) {
            resolve(performance.timeOrigin + performance.now());
          } else {
            requestAnimationFrame(look);
          }
        };
        look();
      }),
    selector,
  );
}

function inWords({ open, compare, accept, type }: Timing): string {
  const [one, other, two, three] = [open, compare, accept, type].map((time) => time.toFixed(1));
  return `open ${one ?? ''} ms (compare ${other ?? ''}), accept ${two ?? ''} ms (type ${three ?? ''})`;
}
