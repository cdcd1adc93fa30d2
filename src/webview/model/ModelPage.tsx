import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { ModelFact, ModelView } from '../../protocol/modelView.ts';
import { EndpointTable, type Post } from './EndpointTable.tsx';
import { PriceTable } from './PriceTable.tsx';

/** Everything about one model. */
export function ModelPage({ view, post }: { readonly view: ModelView; readonly post: Post }): JSX.Element {
  const { name, id, notes, description, facts, prices, parameters, benchmarks, endpoints } = view;
  return (
    <main>
      <h1>{name}</h1>
      <p class="id">
        <code>{id}</code>
      </p>
      {notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      <Actions view={view} post={post} />
      {description.map((paragraph) => (
        <p key={paragraph} class="description">
          {paragraph}
        </p>
      ))}
      <div class="columns">
        {facts.length > 0 && <FactTable id="facts" title={t('Overview')} facts={facts} />}
        {benchmarks.length > 0 && <FactTable id="benchmarks" title={t('Benchmarks')} facts={benchmarks} />}
      </div>
      <PriceTable prices={prices} />
      {parameters.length > 0 && (
        <section aria-labelledby="parameters">
          <h2 id="parameters">{t('Supported parameters')}</h2>
          <ul class="parameters">
            {parameters.map((parameter) => (
              <li key={parameter}>
                <code>{parameter}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      <EndpointTable endpoints={endpoints} post={post} />
    </main>
  );
}

/** Names and values. */
function FactTable({
  id,
  title,
  facts,
}: {
  readonly id: string;
  readonly title: string;
  readonly facts: readonly ModelFact[];
}): JSX.Element {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <table aria-labelledby={id} class="facts">
        <tbody>
          {facts.map(({ label, value }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Actions({ view, post }: { readonly view: ModelView; readonly post: Post }): JSX.Element {
  return (
    <div class="tools">
      <button type="button" disabled={view.inUse} onClick={() => post({ type: 'use' })}>
        {view.inUse ? t('In use') : t('Use this model')}
      </button>
      <button type="button" aria-pressed={view.favorite} onClick={() => post({ type: 'star' })}>
        {t('Favorite')}
      </button>
      <button type="button" onClick={() => post({ type: 'configureRouting' })}>
        {t('Configure routing…')}
      </button>
      <button type="button" onClick={() => post({ type: 'openPage' })}>
        {t('Open on openrouter.ai')}
      </button>
    </div>
  );
}
