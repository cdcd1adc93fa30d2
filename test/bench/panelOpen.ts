/// <reference lib="dom" />
import { simulatorKey, startSimulator } from '../simulator/simulator.ts';
import { bareKind, ourKind, type ChatKind } from './chatSubject.ts';
import { Editor } from './editor.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';

/** The editor is left alone for so long before its panel is opened, so that nothing else is under way. */
const restMs = 2_000;
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
  const running = await editor.start({ OPENROUTER_API_KEY: simulatorKey, ...env }, watchBoxInPage);
  try {
    const { page } = running;
    const icon = page.getByRole('tab', { name: title, exact: true });
    await icon.waitFor({ timeout: limitMs });
    await page.waitForTimeout(restMs);
    const times: number[] = [];
    await page.exposeFunction('noteTime', (time: number) => times.push(time));
    await page.evaluate(notePressInPage);
    await icon.click();
    const deadline = performance.now() + limitMs;
    while (times.length < 2) {
      if (performance.now() > deadline) {
        throw new Error(`the box of ${title} has taken no letter`);
      }
      await page.keyboard.press('x');
    }
    return Math.max(...times) - Math.min(...times);
  } finally {
    await running.close();
  }
}

declare global {
  /** Tells the bench a time since the epoch. */
  var noteTime: ((time: number) => void) | undefined;
}

function notePressInPage(): void {
  addEventListener(
    'pointerdown',
    ({ timeStamp }) => {
      globalThis.noteTime?.(performance.timeOrigin + timeStamp);
    },
    { capture: true, once: true },
  );
}

/** Runs in each document from its beginning. Takes the keyboard to the box as soon as there is one. */
function watchBoxInPage(): void {
  const timer = setInterval(() => {
    const box = document.querySelector('textarea[aria-label="Message"]');
    if (!(box instanceof HTMLTextAreaElement)) {
      return;
    }
    clearInterval(timer);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      globalThis.noteTime?.(performance.timeOrigin + performance.now());
    };
    const onInput = (): void => {
      // It is received when the frame has been drawn.
      requestAnimationFrame(() => {
        port2.postMessage(undefined);
      });
    };
    box.addEventListener('input', onInput, { once: true });
    box.focus();
  }, 4);
}
