import type { JSX } from 'preact';
import type { Measure } from '../../protocol/usageView.ts';
import { useRoving } from './roving.ts';

/** One bar: its label, length, and details. */
export interface NamedBar {
  readonly name: string;
  readonly measure: Measure;
  /** Shown while the bar is focused. */
  readonly more?: string;
}

/** With more bars than this, only a table. */
const maxBars = 8;

/** A heading and horizontal bars with names and figures; the table includes those left out. */
export function BarList({
  id,
  title,
  bars,
}: {
  readonly id: string;
  readonly title: string;
  readonly bars: readonly NamedBar[];
}): JSX.Element {
  const shown = bars.slice(0, maxBars);
  const { current, of, onKeyDown } = useRoving(shown.length);
  const more = current === undefined ? undefined : shown[current]?.more;
  return (
    <>
      <header>
        <h2 id={id}>{title}</h2>
        <p class="readout" aria-hidden="true">
          {more}
        </p>
      </header>
      <div class="bar-list" role="group" aria-label={title} onKeyDown={onKeyDown}>
        {shown.map(({ name, measure, more: words }, at) => (
          <div
            key={name}
            class="bar"
            role="img"
            aria-label={[`${name}: ${measure.words}`, words].filter(Boolean).join(', ')}
            {...of(at)}
          >
            <span class="name" title={name}>
              {name}
            </span>
            <span class="figure">{measure.words}</span>
            <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
              <rect class="place" width={1} height={1} />
              <rect class="value" width={measure.share} height={1} />
            </svg>
          </div>
        ))}
      </div>
    </>
  );
}
