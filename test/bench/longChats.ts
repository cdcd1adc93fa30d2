/// <reference lib="dom" />
import type { ChatView, MessageView } from '../../src/protocol/chatView.ts';
import { burstText } from '../simulator/burst.ts';
import { PanelHarness, type Panel } from '../webview/panelHarness.ts';
import { sampleAnswer } from '../webview/sampleAnswer.ts';
import { aQuestion, anAnswer, aView } from '../webview/views.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';
import { busyTime } from './mainThread.ts';
import { streamAnswer, waitForAnswer } from './panelStream.ts';

const streamedTokens = 5_000;
/** What a stream into a long chat may take, in times of what it takes in an empty one. */
const streamRatio = 1.2;
/** 500 messages with a megabyte in all, and 2,000 messages. */
const longChat = { messages: 500, answerLength: 4_000 };
const longestChat = { messages: 2_000, answerLength: 1_200 };
const shortChat = { messages: 2, answerLength: 1_200 };
/** Pixels in one turn of the wheel, faster than anybody reads, and how many turns. */
const wheelStep = 400;
const wheelTurns = 100;

/** The same stream into a chat of 500 messages and into an empty one. */
export async function streamIntoLongChat(runs: number): Promise<readonly Figure[]> {
  const text = burstText(streamedTokens);
  const earlier = messagesOf(longChat);
  const measure = async (panel: Panel, before: readonly MessageView[]): Promise<Streamed> => {
    await waitForAnswer(panel, before);
    let afterLast = 0;
    const busy = await busyTime(panel.page, async () => {
      afterLast = await streamAnswer(panel, text);
    });
    return { afterLast, busy };
  };
  const [long, empty]: [Streamed[], Streamed[]] = [[], []];
  await withHarness(async (harness) => {
    for (let run = 1; run <= runs; run += 1) {
      empty.push(await inPanel(harness, (panel) => measure(panel, [])));
      long.push(await inPanel(harness, (panel) => measure(panel, earlier)));
      progress(`stream ${run}: into a long chat ${inWords(long)}; into an empty one ${inWords(empty)}`);
    }
  });
  const figureOf = (figure: string, what: string, part: (streamed: Streamed) => number): Figure => {
    const comparison = { what, value: median(empty.map(part)) };
    const limit = Math.round(comparison.value * streamRatio * 10) / 10;
    return toFigure({ figure, value: median(long.map(part)), unit: 'ms', comparison, limit, runs });
  };
  const note = `the same stream into an empty chat; the limit is ${streamRatio} times this`;
  return [
    figureOf('chat-500-stream', note, ({ afterLast }) => afterLast),
    figureOf('chat-500-stream-busy', note, ({ busy }) => busy),
  ];
}

/** From the snapshot of a long chat to the first frame that shows its last message; then it is scrolled. */
export async function openLongChats(runs: number): Promise<readonly Figure[]> {
  const [long, longest, short]: [number[], number[], number[]] = [[], [], []];
  const [scrolled, still]: [number[], number[]] = [[], []];
  await withHarness(async (harness) => {
    for (let run = 1; run <= runs; run += 1) {
      short.push(await inPanel(harness, (panel) => open(panel, messagesOf(shortChat))));
      long.push(await inPanel(harness, (panel) => open(panel, messagesOf(longChat))));
      await inPanel(harness, async (panel) => {
        longest.push(await open(panel, messagesOf(longestChat)));
        await panel.page.waitForFunction(
          (count) => document.querySelectorAll('article').length === count,
          longestChat.messages,
        );
        still.push(await frameTime(panel, () => panel.page.waitForTimeout(1_000)));
        scrolled.push(await frameTime(panel, () => scrollUp(panel)));
      });
      const times = [long, longest, short].map((each) => (each.at(-1) ?? 0).toFixed(0)).join(', ');
      const frames = [scrolled, still].map((each) => (each.at(-1) ?? 0).toFixed(1)).join(', ');
      progress(`open ${run}: 500, 2,000 and 2 messages ${times} ms; a frame scrolled and still ${frames} ms`);
    }
  });
  const opened = { what: 'a chat of two messages, opened in the same way', value: median(short) };
  const idle = { what: 'a frame of the same chat at rest', value: median(still) };
  return [
    toFigure({
      figure: 'chat-500-open',
      value: median(long),
      unit: 'ms',
      comparison: opened,
      limit: 300,
      runs,
    }),
    toFigure({
      figure: 'chat-2000-open',
      value: median(longest),
      unit: 'ms',
      comparison: opened,
      limit: 500,
      runs,
    }),
    // 50 frames a second.
    toFigure({
      figure: 'chat-2000-scroll-frame',
      value: median(scrolled),
      unit: 'ms',
      comparison: idle,
      limit: 20,
      runs,
    }),
  ];
}

/** What a stream took from its last delta on, and of the main thread in all. */
interface Streamed {
  readonly afterLast: number;
  readonly busy: number;
}

function inWords(streamed: readonly Streamed[]): string {
  const { afterLast, busy } = streamed.at(-1) ?? { afterLast: 0, busy: 0 };
  return `${afterLast.toFixed(0)}, busy ${busy.toFixed(0)} ms`;
}

async function withHarness(work: (harness: PanelHarness) => Promise<void>): Promise<void> {
  const harness = await PanelHarness.start();
  try {
    await work(harness);
  } finally {
    await harness.close();
  }
}

/** Each in a page of its own, as a panel that was just opened. */
async function inPanel<T>(harness: PanelHarness, work: (panel: Panel) => Promise<T>): Promise<T> {
  const panel = await harness.open();
  try {
    return await work(panel);
  } finally {
    await panel.close();
  }
}

function messagesOf({
  messages,
  answerLength,
}: {
  readonly messages: number;
  readonly answerLength: number;
}): readonly MessageView[] {
  const sample = sampleAnswer(answerLength);
  // Whole blocks only.
  const answer = sample.slice(0, sample.lastIndexOf('\n\n'));
  return Array.from({ length: messages / 2 }, (_, at) => [
    aQuestion(`Question ${at}`, { id: `question-${at}` }),
    anAnswer(`${answer}\n\nThat was answer ${at}.`, { id: `answer-${at}` }),
  ]).flat();
}

function open(panel: Panel, messages: readonly MessageView[]): Promise<number> {
  return panel.page.evaluate(openInPage, {
    view: aView(messages),
    words: `That was answer ${messages.length / 2 - 1}.`,
    limitMs: 10_000,
  });
}

/** Runs in the page. Gives the time from the snapshot to the frame that shows these last words. */
async function openInPage(order: {
  readonly view: ChatView;
  readonly words: string;
  readonly limitMs: number;
}): Promise<number> {
  const { view, words, limitMs } = order;
  const { port1, port2 } = new MessageChannel();
  const drawn = (): Promise<void> =>
    new Promise((resolve) => {
      port1.onmessage = () => {
        resolve();
      };
      requestAnimationFrame(() => {
        port2.postMessage(undefined);
      });
    });
  const isInView = (): boolean => {
    const last = document.querySelector('article:last-of-type .stretch:last-child')?.lastElementChild;
    const box = last?.getBoundingClientRect();
    return (
      box !== undefined && last?.textContent === words && box.bottom > 0 && box.bottom < window.innerHeight
    );
  };
  const sentAt = performance.now();
  window.postMessage({ type: 'snapshot', view }, '*');
  do {
    await drawn();
    if (performance.now() - sentAt > limitMs) {
      throw new Error('the last message did not come into view');
    }
  } while (!isInView());
  return performance.now() - sentAt;
}

/** The mean time of a frame while something is done, in milliseconds. */
async function frameTime(panel: Panel, work: () => Promise<unknown>): Promise<number> {
  await panel.page.evaluate(() => {
    const frames = { count: -1, first: 0, last: 0, counting: true };
    Object.assign(globalThis, { frames });
    const count = (now: number): void => {
      frames.count += 1;
      frames.first ||= now;
      frames.last = now;
      if (frames.counting) {
        requestAnimationFrame(count);
      }
    };
    requestAnimationFrame(count);
  });
  await work();
  return panel.page.evaluate<number>('frames.counting = false, (frames.last - frames.first) / frames.count');
}

async function scrollUp(panel: Panel): Promise<void> {
  await panel.transcript.hover();
  for (let turn = 0; turn < wheelTurns; turn += 1) {
    await panel.page.mouse.wheel(0, -wheelStep);
  }
}
