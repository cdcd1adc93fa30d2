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

/**
 * Does some work once the next frame has been drawn, or soon if there is none; returns how to call it off. What is
 * done there has the time until the frame after it, and is no part of a frame itself.
 */
export function afterNextFrame(work: () => void): () => void {
  let isOff = false;
  const cancel = onNextFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      if (!isOff) {
        work();
      }
    };
    port2.postMessage(undefined);
  });
  return () => {
    isOff = true;
    cancel();
  };
}
