import { burstText } from '../simulator/burst.ts';
import type { JournalEntry } from '../simulator/journal.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { packageOf } from './benchExtension.ts';
import { ChatSubject, type ChatKind } from './chatSubject.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';
import { longestTask } from './mainThread.ts';
import { shownText } from './shownText.ts';

const shortAnswer =
  'Reading the code, one sees that it adds up the prices of a cart, and takes off the discount.';
const burstTokens = 5_000;

const bareChat = 'a bare chat that only batches plain text into its view';

/** The same two chats, side by side: each question goes to the one and then to the other. */
interface Chats {
  readonly simulator: Simulator;
  readonly ours: ChatSubject;
  readonly bare: ChatSubject;
  close(): Promise<void>;
}

/** What one question and its answer took. */
interface Timing {
  readonly enterToRequest: number;
  readonly firstTokenToText: number;
  readonly lastByteToText: number;
}

/** A question on its way, and the first words of its answer on theirs. */
export async function questions(vsix: string, runs: number): Promise<readonly Figure[]> {
  const chats = await openChats(vsix);
  chats.simulator.use({
    name: 'everyday',
    about: 'A short answer at an everyday speed',
    pace: { firstTokenMs: 150, tokensPerSecond: 100 },
    answer: { content: shortAnswer },
  });
  const [ours, bare]: [Timing[], Timing[]] = [[], []];
  try {
    // The first question loads what the others find; it is told apart, not mixed in.
    for (let run = 0; run <= runs; run += 1) {
      const question = `What does this code do? (${run})`;
      const timing = await ask(chats.ours, chats.simulator, { question, answer: shortAnswer });
      const other = await ask(chats.bare, chats.simulator, { question, answer: shortAnswer });
      progress(
        `question ${run === 0 ? 'after start' : run}: ours ${inWords(timing)}; bare ${inWords(other)}`,
      );
      if (run > 0) {
        ours.push(timing);
        bare.push(other);
      }
    }
  } finally {
    await chats.close();
  }
  return [
    figureOf({ figure: 'enter-to-request', limit: 30 }, ours, bare, (each) => each.enterToRequest),
    figureOf({ figure: 'first-token-to-text', limit: 40 }, ours, bare, (each) => each.firstTokenToText),
  ];
}

/** A long answer at full speed: when all of it is on screen, and how long the view is busy at a stretch. */
export async function bursts(vsix: string, runs: number): Promise<readonly Figure[]> {
  const chats = await openChats(vsix);
  chats.simulator.use('burst');
  const answer = burstText(burstTokens);
  const both = [chats.ours, chats.bare] as const;
  const [timings, tasks]: [[Timing[], Timing[]], [number[], number[]]] = [
    [[], []],
    [[], []],
  ];
  try {
    for (let run = 1; run <= runs; run += 1) {
      for (const [at, chat] of both.entries()) {
        await chat.newChat();
        timings[at]?.push(await ask(chat, chats.simulator, { question: `Everything (${run})`, answer }));
      }
      for (const [at, chat] of both.entries()) {
        await chat.newChat();
        const again = { question: `Everything, traced (${run})`, answer };
        tasks[at]?.push(await longestTask(chat.page, () => ask(chat, chats.simulator, again)));
      }
      const told = timings.map((each, at) => {
        return `${(each.at(-1)?.lastByteToText ?? 0).toFixed(0)}, longest task ${(tasks[at]?.at(-1) ?? 0).toFixed(0)} ms`;
      });
      progress(`burst ${run}: ours ${told[0] ?? ''}; bare ${told[1] ?? ''}`);
    }
  } finally {
    await chats.close();
  }
  return [
    figureOf({ figure: 'burst-5000', limit: 200 }, timings[0], timings[1], (each) => each.lastByteToText),
    figureOf({ figure: 'burst-longest-task', limit: 50 }, tasks[0], tasks[1], (each) => each),
  ];
}

function figureOf<T>(
  { figure, limit }: Pick<Figure, 'figure' | 'limit'>,
  ours: readonly T[],
  bare: readonly T[],
  part: (measured: T) => number,
): Figure {
  return toFigure({
    figure,
    value: median(ours.map(part)),
    unit: 'ms',
    comparison: { what: bareChat, value: median(bare.map(part)) },
    limit,
    runs: ours.length,
  });
}

async function openChats(vsix: string): Promise<Chats> {
  const simulator = await startSimulator();
  const ourKind: ChatKind = {
    vsix,
    title: 'Switchboard',
    text: 'article[aria-label="Assistant"] .markdown',
    shown: shownText,
    settings: { 'switchboard.baseUrl': simulator.baseUrl },
    env: {},
  };
  const bareKind: ChatKind = {
    vsix: await packageOf('bare'),
    title: 'Bare',
    text: 'article[aria-label="Assistant"] pre',
    shown: (markdown) => markdown,
    settings: {},
    env: { BARE_BASE_URL: simulator.baseUrl },
  };
  const ours = await ChatSubject.open(ourKind);
  const bare = await ChatSubject.open(bareKind);
  const close = async (): Promise<void> => {
    await Promise.all([ours.close(), bare.close(), simulator.close()]);
  };
  return { simulator, ours, bare, close };
}

async function ask(
  chat: ChatSubject,
  simulator: Simulator,
  { question, answer }: { question: string; answer: string },
): Promise<Timing> {
  const seen = await chat.ask(question, simulator, answer);
  const { arrivedAt, firstTokenAt, lastByteAt } = requestOf(simulator);
  const { timeOrigin } = simulator.journal;
  return {
    enterToRequest: timeOrigin + arrivedAt - seen.enterAt,
    firstTokenToText: seen.firstTextAt - (timeOrigin + firstTokenAt),
    lastByteToText: seen.lastTextAt - (timeOrigin + lastByteAt),
  };
}

function requestOf({ journal }: Simulator): Record<'arrivedAt' | 'firstTokenAt' | 'lastByteAt', number> {
  const { arrivedAt, firstTokenAt, lastByteAt }: Partial<JournalEntry> =
    journal.last('/chat/completions') ?? {};
  if (arrivedAt === undefined || firstTokenAt === undefined || lastByteAt === undefined) {
    throw new Error(`the question was not answered: ${journal.toString()}`);
  }
  return { arrivedAt, firstTokenAt, lastByteAt };
}

function inWords({ enterToRequest, firstTokenToText }: Timing): string {
  return `${enterToRequest.toFixed(1)}, ${firstTokenToText.toFixed(1)} ms`;
}
