/** A hidden page has no frames; work then runs after this time, in milliseconds. */
const withoutFramesMs = 250;

/** Runs work just before the next frame, or soon if there is none; returns how to cancel. */
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

/**
 * Does some work in a task of its own, after what waits already, so that the page can take what the user does and draw
 * what is due in between; returns how to call it off.
 */
export function inNextTask(work: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(undefined);
  return () => {
    port1.onmessage = null;
    port1.close();
  };
}

/**
 * Runs work after the next frame is drawn, or soon if there is none; returns how to cancel. It has until the following
 * frame and isn't part of one.
 */
export function afterNextFrame(work: () => void): () => void {
  let cancel = onNextFrame(() => {
    cancel = inNextTask(work);
  });
  return () => {
    cancel();
  };
}
