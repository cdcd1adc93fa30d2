import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { usePage } from '../shared/page.ts';

/** Says when a failed request is retried, and lets the user cancel. It is read aloud once. */
export function RetryCountdown({ retryAt }: { readonly retryAt: number }): JSX.Element {
  const { host, narrator } = usePage();
  const [left, setLeft] = useState(() => secondsUntil(retryAt));
  useEffect(() => {
    const wait = secondsUntil(retryAt);
    narrator.say(wait === 1 ? t('Retrying in 1 second.') : t('Retrying in {0} seconds.', wait));
    const timer = setInterval(() => {
      setLeft(secondsUntil(retryAt));
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [retryAt, narrator]);
  return (
    <div class="retry" role="status" aria-live="off">
      <p>{t('Retrying in {0} s', left)}</p>
      <button
        type="button"
        class="secondary"
        onClick={() => {
          host.post({ type: 'stop' });
        }}
      >
        {t('Cancel')}
      </button>
    </div>
  );
}

function secondsUntil(moment: number): number {
  return Math.max(0, Math.ceil((moment - Date.now()) / 1_000));
}
