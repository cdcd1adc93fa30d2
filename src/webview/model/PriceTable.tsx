import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { ModelPrices } from '../../protocol/modelView.ts';

/** The model's prices, with a column for each condition. */
export function PriceTable({ prices }: { readonly prices: ModelPrices }): JSX.Element {
  const { words, conditions, rows } = prices;
  return (
    <section aria-labelledby="prices">
      <h2 id="prices">{t('Prices')}</h2>
      {words !== undefined && <p class="muted">{words}</p>}
      {rows.length > 0 && (
        <div class="scroll" role="region" aria-labelledby="prices" tabIndex={0}>
          <table aria-labelledby="prices">
            <thead>
              <tr>
                <th scope="col">{t('Type')}</th>
                <th scope="col" class="number">
                  {t('List price')}
                </th>
                {conditions.map((condition) => (
                  <th key={condition} scope="col" class="number">
                    {condition}
                  </th>
                ))}
                <th scope="col">{t('Unit')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ label, unit, prices: cells }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {cells.map((price, index) => (
                    <td key={index} class="number">
                      {price}
                    </td>
                  ))}
                  <td class="muted">{unit}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
