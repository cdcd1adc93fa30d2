/// <reference lib="dom" />
import type { MessageView } from '../../src/protocol/chatView.ts';
import { piecesOf } from '../simulator/tokens.ts';
import type { Panel } from '../webview/panelHarness.ts';
import { aQuestion, anAnswer, aView } from '../webview/views.ts';
import { shownText } from './shownText.ts';

/** The extension joins what comes quickly; this is less than it joins in such a stream. */
const tokensPerDelta = 100;
const limitMs = 30_000;

/** Shows a chat that waits for an answer, behind the messages that it has already, and waits until all are drawn. */
export async function waitForAnswer(panel: Panel, earlier: readonly MessageView[]): Promise<void> {
  const messages = [...earlier, aQuestion('Measure'), anAnswer('', { state: 'waiting' })];
  await panel.show(aView(messages, { busy: true }));
  await panel.page.waitForFunction(
    (count) => document.querySelectorAll('article').length === count,
    messages.length,
  );
  await panel.page.evaluate(() => new Promise(requestAnimationFrame));
}

/**
 * Streams an answer into a chat that waits for it, all deltas at once. Gives the time from the last delta to the
 * frame that shows all of the text, in milliseconds.
 */
export async function streamAnswer(panel: Panel, text: string): Promise<number> {
  const afterLast = await panel.page.evaluate(streamInPage, {
    deltas: deltasOf(text),
    limitMs,
    last: anAnswer(text, { details: { model: 'measured' } }),
    words: shownText(text).replace(/\s/g, ''),
  });
  if (afterLast === undefined) {
    throw new Error('what is on screen is not what was sent');
  }
  return afterLast;
}

function deltasOf(text: string): readonly string[] {
  const pieces = piecesOf(text);
  return Array.from({ length: Math.ceil(pieces.length / tokensPerDelta) }, (_, at) =>
    pieces.slice(at * tokensPerDelta, (at + 1) * tokensPerDelta).join(''),
  );
}

/** Runs in the page, so that the road there is not measured. */
async function streamInPage(order: {
  readonly deltas: readonly string[];
  readonly limitMs: number;
  readonly last: { readonly id: string };
  readonly words: string;
}): Promise<number | undefined> {
  const { deltas, last, words } = order;
  const frame = (): Promise<number> => new Promise(requestAnimationFrame);
  const drawn = (): Promise<void> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
  const withoutSpace = (element: Element | null | undefined): string =>
    element?.textContent.replace(/\s/g, '') ?? '';
  const isShown = (): boolean => {
    const answer = document.querySelector('article:last-of-type');
    const markdown = answer?.querySelector('.markdown');
    // All of a long text is compared only when its end is there.
    const end = withoutSpace(markdown?.lastElementChild).slice(-40);
    return (
      answer?.querySelector('[aria-label="Answer details"]') !== null &&
      end !== '' &&
      words.endsWith(end) &&
      withoutSpace(markdown) === words
    );
  };
  const post = (revision: number, change: unknown): void => {
    window.postMessage({ type: 'delta', delta: { revision, changes: [change] } }, '*');
  };
  for (const [at, text] of deltas.entries()) {
    post(at + 2, { type: 'append', messageId: last.id, at: 0, text });
  }
  post(deltas.length + 2, { type: 'message', message: last });
  const sentAt = performance.now();
  do {
    if (performance.now() - sentAt > order.limitMs) {
      return undefined;
    }
    await frame();
  } while (!isShown());
  // It is received when the frame has been drawn.
  await drawn();
  return performance.now() - sentAt;
}
