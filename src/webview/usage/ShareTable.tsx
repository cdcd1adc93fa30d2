import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { UsageShare } from '../../protocol/usageView.ts';

/** What the requests of each model, feature or provider took, the dearest first. */
export function ShareTable({
  id,
  title,
  of,
  shares,
}: {
  readonly id: string;
  readonly title: string;
  readonly of: string;
  readonly shares: readonly UsageShare[];
}): JSX.Element {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {shares.length === 0 ? (
        <p class="muted">{t('There were no requests.')}</p>
      ) : (
        <div class="scroll" role="region" aria-labelledby={id} tabIndex={0}>
          <table aria-labelledby={id}>
            <thead>
              <tr>
                <th scope="col">{of}</th>
                {[t('Requests'), t('Failed'), t('Tokens'), t('Cost')].map((name) => (
                  <th key={name} scope="col" class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shares.map(({ name, requests, failed, tokens, cost }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td class="number">{requests}</td>
                  <td class="number">{failed}</td>
                  <td class="number">{tokens.toLocaleString('en-US')}</td>
                  <td class="number">{cost}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
