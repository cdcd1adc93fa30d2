import type { Panel } from './panelHarness.ts';
import { aQuestion, anAnswer, aView } from './views.ts';

/** How an answer is delivered. */
export interface StreamOptions {
  readonly text: string;
  /** Characters in one delta; the whole text in one when absent. */
  readonly pieceLength?: number;
  /** Deltas in one turn of the event loop; all of them at once when absent. */
  readonly piecesPerTurn?: number;
}

/** What a stream cost in the panel. */
export interface StreamFigures {
  /** From the delivery of the last piece until the frame that shows all of it. */
  readonly afterLastMs: number;
  /** From the first piece until the frame that shows something. */
  readonly firstPaintMs: number;
  /** The longest time in which the page could do nothing else, drawing included. */
  readonly longestBlockMs: number;
  /** The longest task that the browser itself calls long (50 ms or more); 0 when there was none. */
  readonly longestTaskMs: number;
  readonly totalMs: number;
}

/** Streams an answer into a panel as fast as it goes, and measures until all of it is on screen. */
export async function measureStream(panel: Panel, options: StreamOptions): Promise<StreamFigures> {
  const { text, pieceLength = text.length, piecesPerTurn = Number.MAX_SAFE_INTEGER } = options;
  const waiting = anAnswer('', { state: 'waiting' });
  await panel.show(aView([aQuestion('Measure'), waiting], { busy: true }));
  await panel.article(/^Assistant/).waitFor();
  return panel.page.evaluate(streamInPage, {
    pieces: cut(text, pieceLength),
    piecesPerTurn,
    last: { ...waiting, state: 'done' as const, text, details: { model: 'measured' } },
  });
}

function cut(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, at) =>
    text.slice(at * length, (at + 1) * length),
  );
}

/** Runs in the page, so that the road there is not measured. */
async function streamInPage({
  pieces,
  piecesPerTurn,
  last,
}: {
  pieces: readonly string[];
  piecesPerTurn: number;
  last: { readonly id: string };
}): Promise<StreamFigures> {
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  const frame = (): Promise<number> => new Promise(requestAnimationFrame);
  let longestBlockMs = 0;
  let longestTaskMs = 0;
  let watching = true;
  const observer = new PerformanceObserver((list) => {
    longestTaskMs = Math.max(longestTaskMs, ...list.getEntries().map(({ duration }) => duration));
  });
  observer.observe({ type: 'longtask' });
  const watch = async (): Promise<void> => {
    for (let before = performance.now(); watching;) {
      await turn();
      const now = performance.now();
      longestBlockMs = Math.max(longestBlockMs, now - before);
      before = now;
    }
  };
  void watch();
  const answer = (): Element | null => document.querySelector('[role="log"] article:last-of-type');
  const started = performance.now();
  let firstPaintMs = 0;
  const sawFirst = (async () => {
    while ((answer()?.querySelector('.markdown')?.textContent ?? '') === '') {
      await frame();
    }
    await frame();
    firstPaintMs = performance.now() - started;
  })();
  let revision = 1;
  for (const [at, text] of pieces.entries()) {
    revision += 1;
    const changes = [{ type: 'append', messageId: last.id, part: 'text', text }];
    window.postMessage({ type: 'delta', delta: { revision, changes } }, '*');
    if ((at + 1) % piecesPerTurn === 0) {
      await turn();
    }
  }
  window.postMessage(
    { type: 'delta', delta: { revision: revision + 1, changes: [{ type: 'message', message: last }] } },
    '*',
  );
  const lastSent = performance.now();
  // All is there when the answer's details are, and nothing has changed for ten frames.
  let afterLastMs = 0;
  let [size, quiet] = [-1, 0];
  while (quiet < 10) {
    await frame();
    const now = answer()?.textContent.length ?? 0;
    const complete = answer()?.querySelector('[aria-label="Answer details"]') !== null;
    if (now !== size || !complete) {
      [size, quiet] = [now, 0];
      await turn();
      afterLastMs = performance.now() - lastSent;
    } else {
      quiet += 1;
    }
  }
  await sawFirst;
  watching = false;
  observer.disconnect();
  return { afterLastMs, firstPaintMs, longestBlockMs, longestTaskMs, totalMs: performance.now() - started };
}
