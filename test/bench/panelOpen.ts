/// <reference lib="dom" />
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { simulatorKey, startSimulator } from '../simulator/simulator.ts';
import { bareKind, ourKind, type ChatKind } from './chatSubject.ts';
import { Editor } from './editor.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';

/** The editor is left alone for so long before its panel is opened, so that nothing else is under way. */
const restMs = 2_000;
/** Between two looks. */
const lookMs = 10;
const limitMs = 30_000;

/** From the press on the icon of a chat that was never shown to the frame in which its box has taken a letter. */
export async function interactive(vsix: string, runs: number): Promise<readonly Figure[]> {
  const simulator = await startSimulator();
  const ours = ourKind(vsix, simulator);
  const bare = await bareKind(simulator);
  const [ourTimes, bareTimes]: [number[], number[]] = [[], []];
  try {
    const [ourEditor, bareEditor] = [await editorOf(ours), await editorOf(bare)];
    // The first start after an installation fills caches; everyday starts come after it.
    for (let run = 0; run <= runs; run += 1) {
      const one = await timeToLetter(ourEditor, ours);
      const other = await timeToLetter(bareEditor, bare);
      progress(`panel opened ${run}: ours ${one.toFixed(0)}, bare ${other.toFixed(0)} ms`);
      if (run > 0) {
        ourTimes.push(one);
        bareTimes.push(other);
      }
    }
    await Promise.all([ourEditor.dispose(), bareEditor.dispose()]);
  } finally {
    await simulator.close();
  }
  return [
    toFigure({
      figure: 'panel-interactive',
      value: median(ourTimes),
      unit: 'ms',
      comparison: { what: 'a bare chat, opened in the same way', value: median(bareTimes) },
      limit: 400,
      runs,
    }),
  ];
}

function editorOf({ vsix, settings }: ChatKind): Promise<Editor> {
  return Editor.make({ vsixes: [vsix], settings });
}

async function timeToLetter(editor: Editor, { title, env }: ChatKind): Promise<number> {
  const running = await editor.start({ OPENROUTER_API_KEY: simulatorKey, ...env });
  try {
    const { page } = running;
    const icon = page.getByRole('tab', { name: title, exact: true });
    await icon.waitFor({ timeout: limitMs });
    await page.waitForTimeout(restMs);
    await page.evaluate(notePressInPage);
    await icon.click();
    const takenAt = await typeUntilTaken(page);
    return takenAt - (await page.evaluate<number>('pressedAt'));
  } finally {
    await running.close();
  }
}

/** Goes to the box as soon as a document of the window has it, and types; gives the time of the frame that shows it. */
async function typeUntilTaken(page: Page): Promise<number> {
  const deadline = performance.now() + limitMs;
  let takenAt: number | undefined;
  while (performance.now() < deadline) {
    // A document that is only coming would be waited for, and with it all others.
    for (const frame of page.frames()) {
      frame.evaluate(takeBoxInPage).then(
        (time) => (takenAt ??= time),
        () => undefined,
      );
    }
    await delay(lookMs);
    if (takenAt !== undefined) {
      return takenAt;
    }
    await page.keyboard.press('x');
  }
  throw new Error('the box has taken no letter');
}

declare global {
  interface Window {
    pressedAt?: number;
    takenAt?: number;
  }
}

function notePressInPage(): void {
  addEventListener(
    'pointerdown',
    ({ timeStamp }) => {
      window.pressedAt = performance.timeOrigin + timeStamp;
    },
    { capture: true, once: true },
  );
}

/** Runs in each document, again and again. Takes the keyboard to the box; gives the time at which it had a letter. */
function takeBoxInPage(): number | undefined {
  const box = document.querySelector('textarea[aria-label="Message"]');
  if (box instanceof HTMLTextAreaElement && document.activeElement !== box) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      window.takenAt = performance.timeOrigin + performance.now();
    };
    const onInput = (): void => {
      // It is received when the frame has been drawn.
      requestAnimationFrame(() => {
        port2.postMessage(undefined);
      });
    };
    box.addEventListener('input', onInput, { once: true });
    box.focus();
  }
  return window.takenAt;
}
