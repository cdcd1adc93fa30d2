import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { VsCodeWindow } from '../support/vsCodeWindow.ts';
import { packageOf } from './benchExtension.ts';
import { Editor, type RunningEditor } from './editor.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';

/** So many places are changed, each from one line to so many: 3,000 lines of difference. */
const changes = 300;
const linesEach = 9;

/** Milliseconds of one review. */
interface Timing {
  /** From the last byte of the answer to the first change on screen. */
  readonly open: number;
  /** From the click to one thread of comments on screen, which is all that an extension has to show new code in. */
  readonly comment: number;
  /** Between the new text of an accepted change on screen and the end of its review there, whichever is first. */
  readonly accept: number;
  /** From the click that accepts a change to both of these on screen. */
  readonly done: number;
  /** From the press of a key to its character on screen. */
  readonly type: number;
}

/** As fast as a client reads it at leisure, so that the end of the answer is heard when it is sent. */
const pace = { tokensPerSecond: 2_500 };

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
  simulator.use({ name: 'edits', about: 'Many edits at once', answer: { content: answer() }, pace });
  const editor = await Editor.make({
    vsixes: [vsix, await packageOf('bare')],
    settings: {
      'switchboard.baseUrl': simulator.baseUrl,
      'switchboard.maxTokens': 100_000,
      'switchboard.budget.perRequest': null,
      'files.autoSave': 'off',
    },
  });
  const timings: Timing[] = [];
  let running: RunningEditor | undefined;
  try {
    await writeFile(join(editor.folder, 'workspace', 'long.ts'), before);
    running = await editor.start({ OPENROUTER_API_KEY: simulatorKey });
    const window = new VsCodeWindow(running.page);
    await window.ready();
    // The first review loads what the others find.
    for (let run = 0; run <= runs; run += 1) {
      const timing = await review(window, simulator);
      progress(`review ${run === 0 ? 'after start' : run}: ${inWords(timing)}`);
      timings.push(...(run > 0 ? [timing] : []));
    }
  } finally {
    await running?.close();
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
      what: 'one comment of an extension that does nothing else, from the click to its being on screen',
      of: 'comment',
    }),
    figureOf('review-accept-repaint', 16, 'accept', {
      what: 'a key in the same file, from its press to its character on screen',
      of: 'type',
    }),
    figureOf('review-accept', 100, 'done', {
      what: 'a key in the same file, which no extension has a part in',
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
  const shown = firstPainted(page, { selector: comment });
  await window.runCommand('Switchboard: Fix Selection');
  const { closedAt, lastByteAt } = await simulator.journal.waitFor(
    (entry) => entry.path.endsWith('/chat/completions') && entry.closedAt !== undefined,
    { timeoutMs: 60_000 },
  );
  const open = (await shown) - simulator.journal.timeOrigin - (lastByteAt ?? closedAt ?? NaN);
  await page.getByText(`1 of ${String(changes)}`, { exact: true }).waitFor();
  await page.keyboard.press('Control+Home');
  const typed = firstPainted(page, { selector: lineOfEditor, text: 'xexport' });
  const pressed = await nextEvent(page, 'keydown');
  await page.keyboard.press('x');
  const type = (await typed) - (await pressed());
  await page.keyboard.press('Control+Z');
  await lineOf(page, 'xexport').waitFor({ state: 'detached' });
  const first = page.locator('.codelens-decoration a', { hasText: /^Accept$/ }).first();
  const written = firstPainted(page, { selector: lineOfEditor, text: 'step0(0)' });
  const ended = firstPainted(page, { selector: '.review-widget', text: 'step0(0)', isGone: true });
  const clicked = await nextEvent(page, 'mouseup');
  await first.click();
  const [textAt, endAt] = [await written, await ended];
  const accept = Math.abs(endAt - textAt);
  const done = Math.max(endAt, textAt) - (await clicked());
  await window.runCommand('Switchboard: Reject All Changes');
  await page.locator('.review-widget').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Z');
  await lineOf(page, 'step0(0)').waitFor({ state: 'detached' });
  await window.runCommand('File: Save');
  return { open, accept, done, type, comment: await bareComment(window) };
}

async function bareComment(window: VsCodeWindow): Promise<number> {
  const { page } = window;
  const clicked = await nextEvent(page, 'mouseup');
  const shown = firstPainted(page, { selector: comment });
  await window.runCommand('Bare Comment');
  const took = (await shown) - (await clicked());
  await window.runCommand('Bare End of Comment');
  await page.locator(comment).waitFor({ state: 'detached' });
  return took;
}

const comment = '.review-widget .review-comment';

/** The lines of the text itself, and not those of code in the review. */
const lineOfEditor = '.editor-instance .view-lines > .view-line';

function lineOf(page: Page, text: string) {
  return page.locator(lineOfEditor, { hasText: text }).first();
}

/** Listens for the next event of this type, and gives when it has come, in milliseconds since the epoch. */
async function nextEvent(page: Page, type: string): Promise<() => Promise<number>> {
  const heard = await page.evaluateHandle(
    (wanted) => ({
      at: new Promise<number>((resolve) => {
        const note = (): void => {
          resolve(performance.timeOrigin + performance.now());
        };
        addEventListener(wanted, note, { capture: true, once: true });
      }),
    }),
    type,
  );
  return () => heard.evaluate(({ at }) => at);
}

/** Something on screen, by its words where they matter. */
interface Painted {
  readonly selector: string;
  readonly text?: string;
  /** Not there any more, rather than there. */
  readonly isGone?: boolean;
}

/** When the frame in which it is first so has been painted, in milliseconds since the epoch. */
function firstPainted(page: Page, painted: Painted): Promise<number> {
  return page.evaluate(
    ({ selector, text = '', isGone = false }) =>
      new Promise<number>((resolve, reject) => {
        setTimeout(() => {
          reject(new Error(`not painted in time: ${selector} ${text}`));
        }, 60_000);
        // The editor draws its lines in the frame's own callbacks, of which ours may be the first: a message comes after.
        const { port1, port2 } = new MessageChannel();
        const nextFrame = (): void => {
          requestAnimationFrame(() => {
            port2.postMessage(undefined);
          });
        };
        port1.onmessage = () => {
          const isThere = [...document.querySelectorAll(selector)].some(
            (element) =>
              // The spaces of an editor's lines do not break.
              element.textContent.replaceAll('\u00a0', ' ').includes(text) &&
              element.getBoundingClientRect().height > 0,
          );
          if (isThere !== isGone) {
            resolve(performance.timeOrigin + performance.now());
          } else {
            nextFrame();
          }
        };
        nextFrame();
      }),
    painted,
  );
}

function inWords({ open, comment: bare, accept, done, type }: Timing): string {
  const [one, other, two, three, four] = [open, bare, accept, done, type].map((time) => time.toFixed(1));
  const accepted = `accept ${two ?? ''} ms, ${three ?? ''} ms after the click (type ${four ?? ''})`;
  return `open ${one ?? ''} ms (bare comment ${other ?? ''}), ${accepted}`;
}
