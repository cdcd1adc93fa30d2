import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { UsageToHost } from '../../protocol/usageToHost.ts';
import { usagePeriods, type UsageView } from '../../protocol/usageView.ts';
import { CostChart } from './CostChart.tsx';
import { RequestTable } from './RequestTable.tsx';
import { ShareSection } from './ShareSection.tsx';
import { SpeedSection } from './SpeedSection.tsx';

type Post = (message: UsageToHost) => void;

/** What requests cost: totals, charts, and the requests. */
export function UsagePage({ view, post }: { readonly view: UsageView; readonly post: Post }): JSX.Element {
  const { models, features, providers, workspaces } = view;
  return (
    <main>
      <div class="title">
        <h1>{t('Usage')}</h1>
        <Tools view={view} post={post} />
      </div>
      <Totals totals={view.totals} />
      <CostChart costs={view.costs} />
      <div class="grid">
        <ShareSection
          id="models"
          title={t('By model')}
          of={t('Model')}
          shares={models}
          more={[
            { title: t('First token'), of: ({ firstToken }) => firstToken?.words },
            { title: t('Speed'), of: ({ speed }) => speed?.words },
            { title: t('Estimate'), of: ({ estimate }) => estimate },
          ]}
        />
        <ShareSection id="features" title={t('By feature')} of={t('Feature')} shares={features} />
        <ShareSection id="providers" title={t('By provider')} of={t('Provider')} shares={providers} />
        <ShareSection id="workspaces" title={t('By workspace')} of={t('Workspace')} shares={workspaces} />
        <SpeedSection id="speed" title={t('Tokens per second')} models={models} of={({ speed }) => speed} />
        <SpeedSection
          id="first-token"
          title={t('Time to first token')}
          models={models}
          of={({ firstToken }) => firstToken}
        />
      </div>
      <RequestTable list={view.list} show={(query) => post({ type: 'list', query })} />
    </main>
  );
}

function Totals({ totals }: Pick<UsageView, 'totals'>): JSX.Element {
  return (
    <div class="totals" role="status" aria-label={t('Total')}>
      {totals.map(({ label, cost }) => (
        <div key={label} class="card">
          {label} <strong>{cost}</strong>
        </div>
      ))}
    </div>
  );
}

function Tools({ view, post }: { readonly view: UsageView; readonly post: Post }): JSX.Element {
  return (
    <div class="tools">
      <label>
        {t('Period')}{' '}
        <select
          value={view.period}
          onChange={({ currentTarget }) => {
            const period = usagePeriods.find((each) => each === currentTarget.value) ?? 'month';
            post({ type: 'period', period });
          }}
        >
          {usagePeriods.map((period, at) => (
            <option key={period} value={period}>
              {view.totals[at]?.label}
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
      {view.hasLog && (
        <button
          type="button"
          title={t("Opens OpenRouter's log of this key's requests in your browser")}
          onClick={() => post({ type: 'openLog' })}
        >
          {t('OpenRouter Log')}
        </button>
      )}
    </div>
  );
}
