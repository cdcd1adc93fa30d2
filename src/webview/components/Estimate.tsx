import type { JSX } from 'preact';
import type { EstimateView } from '../../protocol/chatView.ts';
import { count, percent } from '../units.ts';

/** From this share of the context on, the meter warns. */
const nearlyFull = 0.8;

/** What the next question takes: tokens, their share of what the model can read, and the price. It is not read aloud. */
export function Estimate({ estimate }: { readonly estimate: EstimateView }): JSX.Element {
  const { tokens, contextLength, cost } = estimate;
  const share = contextLength === undefined ? undefined : tokens / contextLength;
  const words = `${count(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`;
  return (
    <div class="estimate" role="status" aria-label="Estimate" aria-live="off">
      {share !== undefined && contextLength !== undefined && (
        <span
          class={`context-meter${share >= nearlyFull ? ' nearly-full' : ''}`}
          role="meter"
          aria-label="Context used"
          aria-valuemin={0}
          aria-valuemax={contextLength}
          aria-valuenow={Math.min(tokens, contextLength)}
          aria-valuetext={`${percent(share)} of ${count(contextLength)} tokens`}
          title={`${percent(share)} of the ${count(contextLength)} tokens that the model can read and write`}
        >
          <span style={{ width: `${String(Math.min(100, share * 100))}%` }} />
        </span>
      )}
      <span title="Estimated, with the conversation so far">≈ {words}</span>
      <span title="From a short answer to the longest one, at list prices">{cost}</span>
    </div>
  );
}
