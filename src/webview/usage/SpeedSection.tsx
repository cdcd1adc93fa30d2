import type { JSX } from 'preact';
import type { Measure, ModelUsage } from '../../protocol/usageView.ts';
import { BarList } from './BarList.tsx';

/** The speed of the most expensive models; the model table has the same figures. */
export function SpeedSection({
  id,
  title,
  models,
  of,
}: {
  readonly id: string;
  readonly title: string;
  readonly models: readonly ModelUsage[];
  readonly of: (model: ModelUsage) => Measure | undefined;
}): JSX.Element | null {
  const bars = models.flatMap((model) => {
    const measure = of(model);
    return measure ? [{ name: model.name, measure }] : [];
  });
  return bars.length === 0 ? null : (
    <section class="card" aria-labelledby={id}>
      <BarList id={id} title={title} bars={bars} />
    </section>
  );
}
