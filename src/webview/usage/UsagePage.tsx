import { t } from '@vscode/l10n';
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
      <h1>{t('Usage')}</h1>
      <div class="totals" role="status" aria-label={t('Total')}>
        {view.totals.map(({ label, cost }) => (
          <span key={label}>
            {label} <strong>{cost}</strong>
          </span>
        ))}
      </div>
      <div class="tools">
        <label>
          {t('Period')}{' '}
          <select
            value={view.period}
            onChange={({ currentTarget }) => {
              const days = periods.find((each) => String(each) === currentTarget.value) ?? 30;
              post({ type: 'period', days });
            }}
          >
            {periods.map((days) => (
              <option key={days} value={days}>
                {t('{0} days', days)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => post({ type: 'ready' })}>
          {t('Refresh')}
        </button>
        <button type="button" onClick={() => post({ type: 'export', format: 'csv' })}>
          {t('Export as CSV')}
        </button>
        <button type="button" onClick={() => post({ type: 'export', format: 'json' })}>
          {t('Export as JSON')}
        </button>
      </div>
      <DayChart days={view.days} />
      <ShareTable id="models" title={t('By model')} of={t('Model')} shares={view.models} />
      <ShareTable id="features" title={t('By feature')} of={t('Feature')} shares={view.features} />
      <ShareTable id="providers" title={t('By provider')} of={t('Provider')} shares={view.providers} />
      <RequestTable requests={view.requests} count={view.count} />
    </main>
  );
}
