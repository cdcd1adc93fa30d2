import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { UsageCosts } from '../../protocol/usageView.ts';
import { useRoving } from './roving.ts';

/** The bar's share of each step's width. */
const barWidth = 0.72;

/**
 * A bar for each time step, and the same as a table. It is plain SVG: a chart library is larger than the whole page,
 * and most draw on a canvas, which supports neither theme colors nor the keyboard.
 */
export function CostChart({ costs }: { readonly costs: UsageCosts }): JSX.Element {
  const { title, unit, summary, lines, bars } = costs;
  const { current, of, onKeyDown } = useRoving(bars.length);
  const shown = current === undefined ? undefined : bars[current];
  return (
    <section class="card" aria-labelledby="costs">
      <header>
        <h2 id="costs">{title}</h2>
        <p class="readout">{shown ? `${shown.label}: ${shown.cost}` : summary}</p>
      </header>
      <div class="chart">
        <div class="axis" aria-hidden="true">
          {lines.map(({ label, height }) => (
            <span key={label} style={{ bottom: inPercent(height) }}>
              {label}
            </span>
          ))}
        </div>
        <svg
          role="group"
          aria-label={t('{0}, one bar each. {1}', title, summary)}
          viewBox={`0 0 ${String(bars.length)} 1`}
          preserveAspectRatio="none"
          onKeyDown={onKeyDown}
        >
          {lines.map(({ label, height }) => (
            <line key={label} class="line" x1={0} x2={bars.length} y1={1 - height} y2={1 - height} />
          ))}
          {bars.map(({ label, cost, height }, at) => (
            <g key={label} class="bar" role="img" aria-label={`${label}: ${cost}`} {...of(at)}>
              <rect class="place" x={at} y={0} width={1} height={1} />
              <rect
                class="value"
                x={at + (1 - barWidth) / 2}
                y={1 - height}
                width={barWidth}
                height={height}
              />
            </g>
          ))}
        </svg>
        <div class="marks" aria-hidden="true">
          {bars.map(({ label, mark }, at) =>
            mark === undefined ? null : (
              <span key={label} style={{ left: inPercent((at + 0.5) / bars.length) }}>
                {mark}
              </span>
            ),
          )}
        </div>
      </div>
      <details>
        <summary>{t('{0} as a table', title)}</summary>
        <div class="scroll" role="region" aria-labelledby="costs" tabIndex={0}>
          <table aria-labelledby="costs">
            <thead>
              <tr>
                <th scope="col">{unit}</th>
                <th scope="col" class="number">
                  {t('Cost')}
                </th>
              </tr>
            </thead>
            <tbody>
              {bars.map(({ label, cost }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td class="number">{cost}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

function inPercent(part: number): string {
  return `${String(part * 100)}%`;
}
