/** A page that is not seen has no frames; work that waits for one is then done after this time, in milliseconds. */
const withoutFramesMs = 250;

/** Does some work just before the next frame, or soon if there is none; returns how to call it off. */
export function onNextFrame(work: () => void): () => void {
  const cancel = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const once = (): void => {
    cancel();
    work();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, withoutFramesMs);
  return cancel;
}

/** Does some work in a turn of its own: after the drawing of the frame, when it is called in one. */
export function onNextTurn(work: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(undefined);
}
