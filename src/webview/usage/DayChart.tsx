import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { UsageDay } from '../../protocol/usageView.ts';

/** Of each day's place, so much is its bar. */
const barWidth = 0.7;

/** A bar a day, and the same as a table for whoever does not see bars. */
export function DayChart({ days }: { readonly days: readonly UsageDay[] }): JSX.Element {
  const dearest = days.reduce((top, day) => (day.height > top.height ? day : top), days[0] ?? noDay);
  const words =
    dearest.height === 0
      ? t('Nothing was spent.')
      : t('The dearest day was {0}: {1}.', dearest.label, dearest.cost);
  return (
    <section aria-labelledby="days">
      <h2 id="days">{t('Cost per day')}</h2>
      <svg
        class="bars"
        role="img"
        aria-label={t('Cost per day over {0} days. {1}', days.length, words)}
        viewBox={`0 0 ${String(days.length)} 1`}
        preserveAspectRatio="none"
      >
        {days.map(({ label, cost, height }, index) => (
          <rect key={label} x={index + (1 - barWidth) / 2} y={1 - height} width={barWidth} height={height}>
            <title>{`${label}: ${cost}`}</title>
          </rect>
        ))}
      </svg>
      <p class="muted">{words}</p>
      <details>
        <summary>{t('Cost per day as a table')}</summary>
        <table aria-labelledby="days">
          <thead>
            <tr>
              <th scope="col">{t('Day')}</th>
              <th scope="col" class="number">
                {t('Cost')}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ label, cost }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td class="number">{cost}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

const noDay: UsageDay = { label: '', cost: '', height: 0 };
