import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { UsageShare } from '../../protocol/usageView.ts';
import { count } from '../shared/units.ts';
import { BarList } from './BarList.tsx';

/** The table's additional columns. */
export interface MoreColumn<T> {
  readonly title: string;
  readonly of: (share: T) => string | undefined;
}

/**
 * The requests' cost by model, feature, or provider, most expensive first: as bars, and as a table with more columns.
 */
export function ShareSection<T extends UsageShare>({
  id,
  title,
  of,
  shares,
  more = [],
}: {
  readonly id: string;
  readonly title: string;
  readonly of: string;
  readonly shares: readonly T[];
  readonly more?: readonly MoreColumn<T>[];
}): JSX.Element {
  const titles = [t('Requests'), t('Failed'), t('Tokens'), t('Cost'), ...more.map((column) => column.title)];
  return (
    <section class="card" aria-labelledby={id}>
      <BarList
        id={id}
        title={title}
        bars={shares.map((share) => ({ name: share.name, measure: share.cost, more: moreWords(share) }))}
      />
      {shares.length === 0 ? (
        <p class="muted">{t('There were no requests.')}</p>
      ) : (
        <details>
          <summary>{t('{0} as a table', title)}</summary>
          <div class="scroll" role="region" aria-labelledby={id} tabIndex={0}>
            <table aria-labelledby={id}>
              <thead>
                <tr>
                  <th scope="col">{of}</th>
                  {titles.map((name) => (
                    <th key={name} scope="col" class="number">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shares.map((share) => (
                  <tr key={share.name}>
                    <th scope="row">{share.name}</th>
                    <td class="number">{count(share.requests)}</td>
                    <td class="number">{count(share.failed)}</td>
                    <td class="number">{count(share.tokens)}</td>
                    <td class="number">{share.cost.words}</td>
                    {more.map((column) => (
                      <td key={column.title} class="number">
                        {column.of(share)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </section>
  );
}

function moreWords({ requests, failed, tokens }: UsageShare): string {
  const all = requests === 1 ? t('1 request') : t('{0} requests', count(requests));
  return [all, ...(failed > 0 ? [t('{0} failed', count(failed))] : []), t('{0} tokens', count(tokens))].join(
    ', ',
  );
}
