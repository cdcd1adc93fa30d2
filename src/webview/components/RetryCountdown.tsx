import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { usePanel } from './context.ts';

/** Says when a request that failed is made again, and lets the user call that off. It is read aloud once. */
export function RetryCountdown({ retryAt }: { readonly retryAt: number }): JSX.Element {
  const { host, narrator } = usePanel();
  const [left, setLeft] = useState(() => secondsUntil(retryAt));
  useEffect(() => {
    narrator.say(`Trying again in ${String(secondsUntil(retryAt))} seconds.`);
    const timer = setInterval(() => {
      setLeft(secondsUntil(retryAt));
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [retryAt, narrator]);
  return (
    <div class="retry" role="status" aria-live="off">
      <p>Trying again in {left} s</p>
      <button
        type="button"
        class="secondary"
        onClick={() => {
          host.post({ type: 'stop' });
        }}
      >
        Cancel
      </button>
    </div>
  );
}

function secondsUntil(moment: number): number {
  return Math.max(0, Math.ceil((moment - Date.now()) / 1_000));
}
