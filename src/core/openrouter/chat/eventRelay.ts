import type { ResponseEvent } from '../../conversation/generation/chatModel.ts';

/**
 * Forwards what a reader takes, in order, and throws what it throws. Fast events are forwarded together, adjacent texts
 * as one: drawing and storing happen once for hundreds of tokens, and other work gets its turn in between.
 */
export async function* relay(
  read: (take: (event: ResponseEvent) => void) => Promise<void>,
): AsyncGenerator<ResponseEvent> {
  const come = { events: new Array<ResponseEvent>(), isOver: false, wake: (): void => undefined };
  const reading = read((event) => {
    add(come.events, event);
    come.wake();
  }).finally(() => {
    come.isOver = true;
    come.wake();
  });
  // It is reported on the last line; until then it must not count as unhandled.
  reading.catch(() => undefined);
  while (!come.isOver || come.events.length > 0) {
    if (come.events.length === 0) {
      await new Promise<void>((resolve) => {
        come.wake = resolve;
      });
    }
    await nextTurn();
    const { events } = come;
    come.events = [];
    yield* events;
  }
  await reading;
}

function add(events: ResponseEvent[], event: ResponseEvent): void {
  const last = events.at(-1);
  if (last?.type === 'text' && event.type === 'text') {
    events[events.length - 1] = { type: 'text', text: last.text + event.text };
  } else if (last?.type === 'reasoning' && event.type === 'reasoning') {
    events[events.length - 1] = { type: 'reasoning', text: last.text + event.text };
  } else {
    events.push(event);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
