import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { EstimateView } from '../../protocol/chatView.ts';
import { Figure } from '../shared/Figure.tsx';
import { count, percent } from '../shared/units.ts';

/** From this fraction of the context on, the meter warns. */
const nearlyFull = 0.8;

/** The next question's tokens, share of the context, and price. It isn't read aloud. */
export function Estimate({ estimate }: { readonly estimate: EstimateView }): JSX.Element {
  const { tokens, contextLength, cost } = estimate;
  const share = contextLength === undefined ? undefined : tokens / contextLength;
  return (
    <div class="estimate" role="status" aria-label={t('Estimate')} aria-live="off">
      {share !== undefined && contextLength !== undefined && (
        <span
          class={`context-meter${share >= nearlyFull ? ' nearly-full' : ''}`}
          role="meter"
          aria-label={t('Context used')}
          aria-valuemin={0}
          aria-valuemax={contextLength}
          aria-valuenow={Math.min(tokens, contextLength)}
          aria-valuetext={t('{0} of {1} tokens', percent(share), count(contextLength))}
          title={t("{0} of the model's context of {1} tokens", percent(share), count(contextLength))}
        >
          <span style={{ width: `${String(Math.min(100, share * 100))}%` }} />
        </span>
      )}
      <span title={t('Estimate, including the conversation so far')}>
        {tokens === 1 ? t('≈ 1 token') : <Figure words={t('≈ {0} tokens')} value={count(tokens)} />}
      </span>
      <span title={t('From a short answer to the longest allowed, at list prices')}>{cost}</span>
    </div>
  );
}
