import { burstText } from '../simulator/burst.ts';
import type { JournalEntry } from '../simulator/journal.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { bareKind, ChatSubject, ourKind } from './chatSubject.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';
import { longestTask } from './mainThread.ts';

const shortAnswer =
  'Reading the code, one sees that it adds up the prices of a cart, and takes off the discount.';

/** An answer at full speed: of how many tokens, and what its figures are called and may be. */
interface Burst {
  readonly tokens: number;
  readonly shown: Pick<Figure, 'figure' | 'limit'>;
  readonly task: Pick<Figure, 'figure' | 'limit'>;
}

const shortBurst: Burst = {
  tokens: 5_000,
  shown: { figure: 'burst-5000', limit: 200 },
  task: { figure: 'burst-longest-task', limit: 50 },
};
const longBurst: Burst = {
  tokens: 20_000,
  shown: { figure: 'burst-20000-editor', limit: 300 },
  task: { figure: 'burst-20000-editor-longest-task', limit: 50 },
};

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

/** An answer of 5,000 tokens at full speed. */
export function bursts(vsix: string, runs: number): Promise<readonly Figure[]> {
  return measureBursts(vsix, runs, shortBurst);
}

/** The same with an answer of 20,000 tokens. */
export function longBursts(vsix: string, runs: number): Promise<readonly Figure[]> {
  return measureBursts(vsix, runs, longBurst);
}

/** From the server's last byte until all is on screen, and how long the view is busy at a stretch. */
async function measureBursts(
  vsix: string,
  runs: number,
  { tokens, shown, task }: Burst,
): Promise<readonly Figure[]> {
  const chats = await openChats(vsix);
  chats.simulator.use({
    name: 'full-speed',
    about: 'Markdown as fast as the socket takes it',
    pace: {},
    answer: { burst: tokens },
  });
  const answer = burstText(tokens);
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
    figureOf(shown, timings[0], timings[1], (each) => each.lastByteToText),
    figureOf(task, tasks[0], tasks[1], (each) => each),
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
  const ours = await ChatSubject.open(ourKind(vsix, simulator));
  const bare = await ChatSubject.open(await bareKind(simulator));
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
