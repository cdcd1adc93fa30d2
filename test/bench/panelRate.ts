/// <reference lib="dom" />
import { setTimeout as delay } from 'node:timers/promises';
import { Delivery } from '../../src/host/webviews/delivery.ts';
import type { ToWebview } from '../../src/protocol/toWebview.ts';
import { PanelHarness, type Panel } from '../webview/panelHarness.ts';
import { aQuestion, anAnswer, aView } from '../webview/views.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';
import { busyTime } from './mainThread.ts';

const tokensPerSecond = 100;
const seconds = 20;
/** How often the extension sends what has come, in milliseconds. */
const deliveryMs = 33;

/** An answer at the pace of a fast model: how far the screen is behind, and how busy the page is. */
export async function steadyStream(runs: number): Promise<readonly Figure[]> {
  const [lags, shares, idle]: [number[], number[], number[]] = [[], [], []];
  const harness = await PanelHarness.start();
  try {
    for (let run = 1; run <= runs; run += 1) {
      lags.push(await inPanel(harness, largestLag));
      shares.push(await inPanel(harness, (panel) => share(panel, () => stream(panel))));
      idle.push(await inPanel(harness, (panel) => share(panel, () => delay(1_000))));
      const [lag, percent] = [lags, shares].map((each) => (each.at(-1) ?? 0).toFixed(1));
      progress(`steady stream ${run}: ${lag} ms behind, busy ${percent} %`);
    }
  } finally {
    await harness.close();
  }
  return [
    toFigure({
      figure: 'rate-100-lag',
      value: median(lags),
      unit: 'ms',
      comparison: { what: 'the time between two deliveries of the extension', value: deliveryMs },
      limit: 100,
      runs,
    }),
    toFigure({
      figure: 'rate-100-busy',
      value: median(shares),
      unit: '%',
      comparison: { what: 'the same page at rest', value: median(idle) },
      limit: 10,
      runs,
    }),
  ];
}

async function inPanel(harness: PanelHarness, measure: (panel: Panel) => Promise<number>): Promise<number> {
  const panel = await harness.open();
  try {
    return await measure(panel);
  } finally {
    await panel.close();
  }
}

/** How much of one core the page's main thread takes meanwhile, in percent. */
async function share(panel: Panel, work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  const busy = await busyTime(panel.page, work);
  return (busy / (performance.now() - startedAt)) * 100;
}

/** Streams numbered words, as the extension delivers them; gives the time at which each came, since the epoch. */
async function stream(panel: Panel): Promise<readonly number[]> {
  const waiting = anAnswer('', { state: 'waiting' });
  const { revision: _revision, ...view } = aView([aQuestion('Measure'), waiting], { busy: true });
  const session = await panel.page.context().newCDPSession(panel.page);
  // What carries it to the page must cost next to nothing there, because the page is measured.
  const post = (message: ToWebview): void => {
    const expression = `window.postMessage(${JSON.stringify(message)}, '*')`;
    void session.send('Runtime.evaluate', { expression });
  };
  const delivery = new Delivery(post, () => view);
  delivery.sendSnapshot();
  const cameAt: number[] = [];
  const startedAt = performance.now();
  while (cameAt.length < tokensPerSecond * seconds) {
    await delay(1_000 / tokensPerSecond);
    for (const due = ((performance.now() - startedAt) * tokensPerSecond) / 1_000; cameAt.length < due;) {
      const text = word(cameAt.length);
      cameAt.push(performance.timeOrigin + performance.now());
      delivery.push({ type: 'append', messageId: waiting.id, at: 0, text });
    }
  }
  await panel.page.locator('.markdown', { hasText: `word${cameAt.length - 1}` }).waitFor();
  delivery.disconnect();
  await session.detach();
  return cameAt;
}

/** A paragraph, a list and a block of code in turn. */
function word(number: number): string {
  const before = number % 10 === 0 ? (openings[(number / 10) % openings.length] ?? '') : '';
  return `${before}word${number} `;
}

const openings = ['\n\n', '', '\n\n- ', '\n- **Then** ', '\n- ', '\n\n## ', '\n\n```ts\n', '\n', '\n```\n\n'];

/** The longest time from the coming of a word to the frame that shows it. */
async function largestLag(panel: Panel): Promise<number> {
  await panel.page.evaluate(watchWordsInPage);
  const cameAt = await stream(panel);
  await panel.page.evaluate(() => new Promise(requestAnimationFrame));
  await panel.page.evaluate(() => new Promise(requestAnimationFrame));
  const seen = await panel.page.evaluate<readonly Seen[]>('seenWords');
  const lags = cameAt.map((at, number) => {
    const frame = seen.find(({ last }) => last >= number);
    return (frame?.at ?? Infinity) - at;
  });
  return Math.max(...lags);
}

/** A frame that showed this word as the last one, and when, since the epoch. */
interface Seen {
  readonly last: number;
  readonly at: number;
}

/**
 * Runs in the page. A change counts as seen at the end of the frame that draws it: of this one if it is made while
 * the page prepares a frame, of the next one if it is made in between.
 */
function watchWordsInPage(): void {
  const seenWords: Seen[] = [];
  Object.assign(globalThis, { seenWords });
  let [frame, preparing] = [0, false];
  const changes: { last: number; frame: number }[] = [];
  new MutationObserver(() => {
    const text = document.querySelector('.answer .markdown')?.textContent.slice(-200) ?? '';
    const last = Number([...text.matchAll(/word(\d+)/g)].at(-1)?.[1] ?? NaN);
    changes.push({ last, frame: preparing ? frame : frame + 1 });
  }).observe(document, { subtree: true, childList: true, characterData: true });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: drawn }: MessageEvent<number>) => {
    preparing &&= frame !== drawn;
    const at = performance.timeOrigin + performance.now();
    while (changes[0] && changes[0].frame <= drawn) {
      const { last } = changes.shift() ?? { last: NaN };
      seenWords.push({ last, at });
    }
  };
  window.addEventListener('message', () => (preparing = false), { capture: true });
  const onFrame = (): void => {
    frame += 1;
    preparing = true;
    port2.postMessage(frame);
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
}
