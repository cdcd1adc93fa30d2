import type { JSX } from 'preact';
import type { UsageToHost } from '../../protocol/usageToHost.ts';
import type { UsagePeriod, UsageView } from '../../protocol/usageView.ts';
import { DayChart } from './DayChart.tsx';
import { RequestTable } from './RequestTable.tsx';
import { ShareTable } from './ShareTable.tsx';

const periods: readonly UsagePeriod[] = [7, 30, 90];

/** What requests cost: sums, days, shares, and the last requests. */
export function UsagePage({
  view,
  post,
}: {
  readonly view: UsageView;
  readonly post: (message: UsageToHost) => void;
}): JSX.Element {
  return (
    <main>
      <h1>Usage</h1>
      <div class="totals" role="status" aria-label="Total">
        {view.totals.map(({ label, cost }) => (
          <span key={label}>
            {label} <strong>{cost}</strong>
          </span>
        ))}
      </div>
      <div class="tools">
        <label>
          Period{' '}
          <select
            value={view.period}
            onChange={({ currentTarget }) => {
              const days = periods.find((each) => String(each) === currentTarget.value) ?? 30;
              post({ type: 'period', days });
            }}
          >
            {periods.map((days) => (
              <option key={days} value={days}>
                {days} days
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => post({ type: 'ready' })}>
          Refresh
        </button>
        <button type="button" onClick={() => post({ type: 'export', format: 'csv' })}>
          Export as CSV
        </button>
        <button type="button" onClick={() => post({ type: 'export', format: 'json' })}>
          Export as JSON
        </button>
      </div>
      <DayChart days={view.days} />
      <ShareTable title="By model" of="Model" shares={view.models} />
      <ShareTable title="By feature" of="Feature" shares={view.features} />
      <ShareTable title="By provider" of="Provider" shares={view.providers} />
      <RequestTable requests={view.requests} count={view.count} />
    </main>
  );
}
