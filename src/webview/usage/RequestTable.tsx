import { t } from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { UsageRequest } from '../../protocol/usageView.ts';

const columns = (): readonly string[] => [
  t('Time'),
  t('Cost'),
  t('Status'),
  t('Feature'),
  t('Model'),
  t('Provider'),
  t('Tokens'),
  t('Duration'),
  t('Workspace'),
];

/** The last requests; words narrow them down to the rows that have all of them. */
export function RequestTable({
  requests,
  count,
}: {
  readonly requests: readonly UsageRequest[];
  readonly count: number;
}): JSX.Element {
  const [filter, setFilter] = useState('');
  const [failedOnly, setFailedOnly] = useState(false);
  const words = filter.toLowerCase().split(/\s+/);
  const shown = requests.filter(
    (request) => (request.failed || !failedOnly) && words.every((word) => textOf(request).includes(word)),
  );
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">{t('Requests')}</h2>
      <div class="tools">
        <label>
          {t('Filter')}{' '}
          <input
            type="search"
            value={filter}
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
        </label>
        <label>
          <input
            type="checkbox"
            checked={failedOnly}
            onChange={({ currentTarget }) => setFailedOnly(currentTarget.checked)}
          />{' '}
          {t('Failed only')}
        </label>
        <span role="status" aria-label={t('Requests shown')} class="muted">
          {t('{0} of {1}', shown.length, count)}
        </span>
      </div>
      <div class="scroll" role="region" aria-labelledby="requests" tabIndex={0}>
        <table aria-labelledby="requests">
          <thead>
            <tr>
              {columns().map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((request) => (
              <tr key={request.id} class={request.failed ? 'failed' : ''}>
                {cellsOf(request).map((text, index) => (
                  <td key={index}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function cellsOf(request: UsageRequest): readonly string[] {
  const { time, workspace, feature, model, provider, tokens, cost, duration, status } = request;
  return [time, cost, status, feature, model, provider, tokens, duration, workspace];
}

function textOf(request: UsageRequest): string {
  return cellsOf(request).join(' ').toLowerCase();
}
