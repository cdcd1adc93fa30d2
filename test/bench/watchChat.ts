/// <reference lib="dom" />
import type { Frame } from 'playwright-core';

/** What was seen of one question and its answer, in milliseconds since the epoch. */
export interface Seen {
  /** The keystroke that sent the question. */
  readonly enterAt: number;
  /** The frame that showed the first of the answer's text. */
  readonly firstTextAt: number;
  /** The frame that showed the last of it. */
  readonly lastTextAt: number;
}

interface ChatWatch {
  /** Resolves when the last answer shows exactly this, white space aside; with `undefined` if it does not in time. */
  untilShown(words: string, limitMs: number): Promise<Seen | undefined>;
}

declare global {
  interface Window {
    chatWatch?: ChatWatch;
  }
}

const limitMs = 20_000;

/** Begins to watch a chat's document. `text` selects the element of an answer that holds its text. */
export async function watchChat(frame: Frame, text: string): Promise<void> {
  await frame.evaluate(watchInPage, text);
}

/** Waits until the last answer shows exactly these words; tells what was seen since the last Enter. */
export async function untilShown(frame: Frame, words: string): Promise<Seen> {
  const order = { words: words.replace(/\s/g, ''), limitMs };
  const seen = await frame.evaluate(
    (wanted) => window.chatWatch?.untilShown(wanted.words, wanted.limitMs),
    order,
  );
  if (!seen) {
    throw new Error('what is on screen is not what was sent');
  }
  return seen;
}

/**
 * Runs in the page. A change counts as seen at the end of the frame that draws it: of this one if it is made while
 * the page prepares a frame, of the next one if it is made in between.
 */
function watchInPage(textSelector: string): void {
  const nothing: Seen = { enterAt: 0, firstTextAt: 0, lastTextAt: 0 };
  let seen = nothing;
  let [frame, changedIn, preparing, watching] = [0, Infinity, false, false];
  const epoch = (time: number): number => performance.timeOrigin + time;
  const hasText = (node: Node): boolean => (node.textContent ?? '').trim() !== '';
  const isText = ({ target, addedNodes }: MutationRecord): boolean => {
    const element = target instanceof Element ? target : target.parentElement;
    if (element?.closest(textSelector)) {
      return hasText(target);
    }
    // The element itself can arrive with its first words in it.
    return [...addedNodes].some(
      (node) =>
        node instanceof Element &&
        hasText(node) &&
        (node.matches(textSelector) || node.querySelector(textSelector) !== null),
    );
  };
  new MutationObserver((records) => {
    if (records.some(isText)) {
      changedIn = preparing ? frame : frame + 1;
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: drawn }: MessageEvent<number>) => {
    preparing &&= frame !== drawn;
    if (changedIn <= drawn) {
      changedIn = Infinity;
      const lastTextAt = epoch(performance.now());
      seen = { ...seen, lastTextAt, firstTextAt: seen.firstTextAt || lastTextAt };
    }
  };
  const onFrame = (): void => {
    frame += 1;
    preparing = true;
    // It is received when the frame has been drawn.
    port2.postMessage(frame);
    if (watching) {
      requestAnimationFrame(onFrame);
    }
  };
  // What comes from the extension is no part of the preparation of a frame.
  window.addEventListener(
    'message',
    () => {
      preparing = false;
    },
    { capture: true },
  );
  window.addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key === 'Enter') {
        seen = { ...nothing, enterAt: epoch(timeStamp) };
        watching = true;
        requestAnimationFrame(onFrame);
      }
    },
    { capture: true },
  );
  const shown = (): string =>
    [...document.querySelectorAll(textSelector)].at(-1)?.textContent.replace(/\s/g, '') ?? '';
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  window.chatWatch = {
    untilShown: async (words, limit) => {
      const deadline = performance.now() + limit;
      while (shown() !== words) {
        if (performance.now() > deadline) {
          return undefined;
        }
        await rest();
      }
      // What was just drawn may not have been noted yet.
      await rest();
      watching = false;
      return seen;
    },
  };
}
