import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { UsageList, UsageQuery, UsageRequest } from '../../protocol/usageView.ts';
import { count } from '../shared/units.ts';

/** The delay between the last keystroke and asking the host, in milliseconds. */
const typingMs = 150;

type Show = (query: UsageQuery) => void;

/** The requests in pages; search words and a check box filter them, and the host finds the matches. */
export function RequestTable({ list, show }: { readonly list: UsageList; readonly show: Show }): JSX.Element {
  return (
    <section class="card" aria-labelledby="requests">
      <header>
        <h2 id="requests">{t('Requests')}</h2>
        <Filter query={list.query} show={show} />
      </header>
      <div class="scroll" role="region" aria-labelledby="requests" tabIndex={0}>
        <table class="requests" aria-labelledby="requests">
          <thead>
            <tr>
              <SortableHead title={t('Time')} order="newest" query={list.query} show={show} />
              <SortableHead title={t('Cost')} order="mostExpensive" query={list.query} show={show} />
              {otherColumns().map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.requests.map((request) => (
              <Row key={request.id} request={request} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager list={list} show={show} />
    </section>
  );
}

function Filter({ query, show }: { readonly query: UsageQuery; readonly show: Show }): JSX.Element {
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  return (
    <div class="tools">
      <label>
        {t('Filter')}{' '}
        <input
          type="search"
          defaultValue={query.filter}
          maxLength={200}
          onInput={({ currentTarget: { value } }) => {
            clearTimeout(waiting.current);
            waiting.current = setTimeout(() => show({ ...query, filter: value, page: 0 }), typingMs);
          }}
        />
      </label>
      <label>
        <input
          type="checkbox"
          checked={query.failedOnly}
          onChange={({ currentTarget }) => show({ ...query, failedOnly: currentTarget.checked, page: 0 })}
        />{' '}
        {t('Failed only')}
      </label>
    </div>
  );
}

function SortableHead({
  title,
  order,
  query,
  show,
}: {
  readonly title: string;
  readonly order: UsageQuery['order'];
  readonly query: UsageQuery;
  readonly show: Show;
}): JSX.Element {
  const isSorted = query.order === order;
  return (
    <th scope="col" {...(isSorted && { 'aria-sort': 'descending' })}>
      <button type="button" class="sort" onClick={() => show({ ...query, order, page: 0 })}>
        {title}
        <span aria-hidden="true">{isSorted ? ' ▾' : ''}</span>
      </button>
    </th>
  );
}

const otherColumns = (): readonly string[] => [
  t('Status'),
  t('Feature'),
  t('Model'),
  t('Provider'),
  t('Tokens'),
  t('Estimate'),
  t('First token'),
  t('Duration'),
  t('Workspace'),
];

function Row({ request }: { readonly request: UsageRequest }): JSX.Element {
  const { time, cost, ownKey, status, feature, model, provider, tokens, estimate } = request;
  const others = [
    status,
    feature,
    model,
    provider,
    tokens,
    estimate,
    request.firstToken,
    request.duration,
    request.workspace,
  ];
  return (
    <tr class={request.failed ? 'failed' : ''}>
      <td>{time}</td>
      <td>
        {cost}
        {ownKey && <span class="badge">{t('BYOK')}</span>}
      </td>
      {others.map((text, index) => (
        <td key={index}>{text}</td>
      ))}
    </tr>
  );
}

function Pager({ list, show }: { readonly list: UsageList; readonly show: Show }): JSX.Element {
  const { query, from, to, count: all } = list;
  return (
    <div class="tools pager">
      <button
        type="button"
        disabled={query.page === 0}
        onClick={() => show({ ...query, page: query.page - 1 })}
      >
        {t('Previous page')}
      </button>
      <span role="status" aria-label={t('Shown requests')} class="muted">
        {t('{0} to {1} of {2}', count(from), count(to), count(all))}
      </span>
      <button type="button" disabled={to >= all} onClick={() => show({ ...query, page: query.page + 1 })}>
        {t('Next page')}
      </button>
    </div>
  );
}
