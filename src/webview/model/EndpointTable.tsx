import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { ModelToHost } from '../../protocol/modelToHost.ts';
import type { EndpointsView, EndpointView } from '../../protocol/modelView.ts';

/** How the model page talks to the host. */
export type Post = (message: ModelToHost) => void;

const columns = (): readonly string[] => [
  t('Input'),
  t('Output'),
  t('First token'),
  t('Speed'),
  t('Uptime'),
  t('Context'),
];

/** The model's endpoints with their terms and routing. */
export function EndpointTable({
  endpoints,
  post,
}: {
  readonly endpoints: EndpointsView;
  readonly post: Post;
}): JSX.Element {
  return (
    <section aria-labelledby="endpoints">
      <h2 id="endpoints">{t('Providers')}</h2>
      <Body endpoints={endpoints} post={post} />
    </section>
  );
}

function Body({ endpoints, post }: { readonly endpoints: EndpointsView; readonly post: Post }): JSX.Element {
  switch (endpoints.state) {
    case 'loading':
      return (
        <p class="muted" role="status">
          {t('Loading providers…')}
        </p>
      );
    case 'failed':
      return (
        <div class="tools">
          <span role="status">{endpoints.words}</span>
          <button type="button" onClick={() => post({ type: 'ready' })}>
            {t('Try again')}
          </button>
        </div>
      );
    case 'known':
      return endpoints.endpoints.length === 0 ? (
        <p class="muted" role="status">
          {t('No provider offers this model right now.')}
        </p>
      ) : (
        <Table endpoints={endpoints.endpoints} post={post} />
      );
    default:
      return endpoints satisfies never;
  }
}

function Table({
  endpoints,
  post,
}: {
  readonly endpoints: readonly EndpointView[];
  readonly post: Post;
}): JSX.Element {
  return (
    <>
      <p class="muted">{t('These settings apply only to requests to this model.')}</p>
      <div class="scroll" role="region" aria-labelledby="endpoints" tabIndex={0}>
        <table aria-labelledby="endpoints">
          <thead>
            <tr>
              <th scope="col">{t('Provider')}</th>
              {columns().map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
              <th scope="col">{t('Notes')}</th>
              <th scope="col">{t('Routing')}</th>
            </tr>
          </thead>
          <tbody>
            {endpoints.map((endpoint) => (
              <Row key={endpoint.tag} endpoint={endpoint} post={post} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ endpoint, post }: { readonly endpoint: EndpointView; readonly post: Post }): JSX.Element {
  const { name, tag, promptPrice, completionPrice, latency, throughput, uptime, context } = endpoint;
  return (
    <tr>
      <th scope="row">
        {name} <code>{tag}</code>
      </th>
      {[promptPrice, completionPrice, latency, throughput, uptime, context].map((text, index) => (
        <td key={index} class="number">
          {text}
        </td>
      ))}
      <td>{notesOf(endpoint).join(', ')}</td>
      <td>
        <Routing endpoint={endpoint} post={post} />
      </td>
    </tr>
  );
}

function notesOf({ degraded, retainsNothing, quantization }: EndpointView): readonly string[] {
  return [
    ...(degraded ? [t('degraded')] : []),
    ...(retainsNothing === true ? [t('retains no data')] : []),
    ...(quantization === '' ? [] : [quantization]),
  ];
}

function Routing({ endpoint, post }: { readonly endpoint: EndpointView; readonly post: Post }): JSX.Element {
  const { name, tag, order, only, ignored, hasPolicy } = endpoint;
  const lists = [
    { list: 'order', label: t('Try first'), isOn: order !== undefined },
    { list: 'only', label: t('Only'), isOn: only },
    { list: 'ignore', label: t('Never'), isOn: ignored },
  ] as const;
  return (
    <div class="routing" role="group" aria-label={t('Routing of {0}', name)}>
      {lists.map(({ list, label, isOn }) => (
        <button
          key={list}
          type="button"
          aria-pressed={isOn}
          onClick={() => post({ type: 'route', list, tag })}
        >
          {list === 'order' && order !== undefined ? `${label} (${String(order)}.)` : label}
        </button>
      ))}
      {hasPolicy && (
        <button type="button" onClick={() => post({ type: 'policy', tag })}>
          {t('Privacy policy')}
        </button>
      )}
    </div>
  );
}
