import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { providerSlug, type Endpoint, type ModelEndpoints } from '../../core/model/endpoint.ts';
import type { Routing } from '../../core/model/routing.ts';
import { priceCeiling, providersIn, type ProviderList } from '../../core/model/routingChange.ts';
import { describeEndpoint } from './describeEndpoint.ts';
import type { RoutingDraft } from './routingDraft.ts';

/** What a menu row does. */
export type RoutingAction =
  | { readonly kind: 'scope' | 'model' | 'sort' | 'price' | 'quantizations' | 'save' | 'discard' | 'none' }
  | { readonly kind: 'list'; readonly list: ProviderList }
  | {
      readonly kind: 'toggle';
      readonly field: 'zdr' | 'data_collection' | 'require_parameters' | 'allow_fallbacks';
    }
  | { readonly kind: 'endpoint'; readonly tag: string };

/** A menu row. */
export interface RoutingItem extends vscode.QuickPickItem {
  readonly action: RoutingAction;
}

/** A button on an endpoint's row. */
export interface EndpointButton extends vscode.QuickInputButton {
  readonly act: ProviderList | 'privacy';
}

/** The endpoints: known, loading, or unavailable. */
export type EndpointsState =
  | { readonly state: 'loading' }
  | { readonly state: 'known'; readonly offers: ModelEndpoints }
  | { readonly state: 'failed'; readonly words: string };

/** The provider lists in display order, in words. */
export const listWords = (): Readonly<
  Record<ProviderList, { readonly label: string; readonly none: string }>
> => ({
  order: { label: t('Try first'), none: t('chosen by OpenRouter') },
  only: { label: t('Only'), none: t('all providers') },
  ignore: { label: t('Never'), none: t('none') },
});

/** All menu rows with the current values. */
export function routingItems(
  draft: RoutingDraft,
  modelName: string,
  offers: EndpointsState,
): readonly RoutingItem[] {
  const { routing } = draft;
  return [
    row(
      `$(globe) ${t('Applies to')}`,
      draft.scope === 'all' ? t('all requests') : t('requests to {0} only', modelName),
      {
        kind: 'scope',
      },
    ),
    separator(t('Providers')),
    ...(['order', 'only', 'ignore'] as const).map((list) => {
      const tags = providersIn(routing, list).join(', ');
      return row(`$(server) ${listWords()[list].label}`, tags === '' ? listWords()[list].none : tags, {
        kind: 'list',
        list,
      });
    }),
    ...preferences(routing),
    separator(t('Privacy')),
    toggle(
      `$(shield) ${t('Zero data retention')}`,
      routing,
      'zdr',
      t('on: only endpoints that retain no data'),
    ),
    row(
      `$(eye-closed) ${t('Data collection')}`,
      routing['data_collection'] === 'deny'
        ? t('denied: no provider that stores data or trains on it')
        : t('as your account settings allow'),
      { kind: 'toggle', field: 'data_collection' },
    ),
    ...ending(draft, modelName),
    separator(t('Endpoints of {0}', modelName)),
    ...endpointRows(draft, offers),
    row(`$(arrow-swap) ${t('Choose another model')}`, modelName, { kind: 'model' }),
  ];
}

function preferences(routing: Routing): readonly RoutingItem[] {
  const { prompt, completion } = priceCeiling(routing);
  const prices = [
    prompt === undefined ? undefined : t('{0} input', `$${prompt}`),
    completion === undefined ? undefined : t('{0} output', `$${completion}`),
  ].filter((each) => each !== undefined);
  const quantizations = Array.isArray(routing['quantizations']) ? routing['quantizations'].join(', ') : '';
  return [
    separator(t('Preferences')),
    row(`$(list-ordered) ${t('Sort by')}`, sortWords(routing['sort']), { kind: 'sort' }),
    row(
      `$(credit-card) ${t('Maximum price')}`,
      prices.length === 0 ? t('none') : t('{0} per 1M tokens', prices.join(', ')),
      { kind: 'price' },
    ),
    row(`$(symbol-ruler) ${t('Quantizations')}`, quantizations === '' ? t('any') : quantizations, {
      kind: 'quantizations',
    }),
    toggle(
      `$(checklist) ${t('Require all parameters')}`,
      routing,
      'require_parameters',
      t('on: only providers that support all of them'),
    ),
    row(
      `$(debug-step-over) ${t('Fallbacks')}`,
      routing['allow_fallbacks'] === false
        ? t('off: never fall back to other providers')
        : t('on: fall back to other providers'),
      { kind: 'toggle', field: 'allow_fallbacks' },
    ),
  ];
}

/** The values in OpenRouter's terms, before saving. */
function ending(draft: RoutingDraft, modelName: string): readonly RoutingItem[] {
  const sent =
    draft.scope === 'all'
      ? t('sent with every request')
      : t('sent with requests to {0}, overriding the routing for all requests', modelName);
  return [
    separator(draft.changed ? t('Unsaved changes') : t('Saved')),
    {
      ...row('$(json) provider', sent, { kind: draft.changed ? 'save' : 'none' }),
      detail: JSON.stringify(draft.routing),
    },
    ...(draft.changed
      ? [
          row(`$(save) ${t('Save')}`, t('to your user settings'), { kind: 'save' }),
          row(`$(discard) ${t('Discard changes')}`, '', { kind: 'discard' }),
        ]
      : []),
  ];
}

function endpointRows(draft: RoutingDraft, offers: EndpointsState): readonly RoutingItem[] {
  switch (offers.state) {
    case 'loading':
      return [row(`$(loading~spin) ${t('Loading endpoints…')}`, '', { kind: 'none' })];
    case 'failed':
      return [row(`$(warning) ${t("The endpoints couldn't be loaded")}`, offers.words, { kind: 'none' })];
    case 'known':
      return offers.offers.endpoints.length === 0
        ? [
            row(
              `$(info) ${t('This model has no endpoints of its own')}`,
              t('a router that chooses among models'),
              {
                kind: 'none',
              },
            ),
          ]
        : offers.offers.endpoints.map((endpoint) => endpointRow(draft.routing, endpoint, offers.offers));
    default:
      return offers satisfies never;
  }
}

function endpointRow(
  routing: Routing,
  endpoint: Endpoint,
  { zeroRetention, providers }: ModelEndpoints,
): RoutingItem {
  const { tag, providerName } = endpoint;
  const place = providersIn(routing, 'order').indexOf(tag);
  const marks = [
    zeroRetention?.has(tag) === true ? t('retains no data') : undefined,
    place < 0 ? undefined : triedWords(place),
    providersIn(routing, 'only').includes(tag) ? t('only') : undefined,
    providersIn(routing, 'ignore').includes(tag) ? t('never') : undefined,
  ].filter((each) => each !== undefined);
  const policy = providers.find(({ slug }) => slug === providerSlug(tag))?.privacyPolicyUrl;
  return {
    ...row(`${place >= 0 ? '$(pass) ' : ''}${providerName}`, [tag, ...marks].join(' · '), {
      kind: 'endpoint',
      tag,
    }),
    detail: describeEndpoint(endpoint),
    buttons: [
      button('arrow-up', t('Try first'), 'order'),
      button('pass', t('Only this one (and others marked "Only")'), 'only'),
      button('circle-slash', t('Never'), 'ignore'),
      ...(policy === undefined ? [] : [button('law', t('Privacy policy'), 'privacy')]),
    ],
  };
}

function triedWords(place: number): string {
  const first = [t('tried first'), t('tried second'), t('tried third')];
  return first[place] ?? t('tried as number {0}', place + 1);
}

/** The `sort` criterion in words. */
export function sortWords(sort: unknown): string {
  const by: unknown = typeof sort === 'object' && sort !== null && 'by' in sort ? sort.by : sort;
  return typeof by === 'string' ? by : t('balanced by OpenRouter');
}

function toggle(
  label: string,
  routing: Routing,
  field: 'zdr' | 'require_parameters',
  on: string,
): RoutingItem {
  return row(label, routing[field] === true ? on : t('off'), { kind: 'toggle', field });
}

function row(label: string, description: string, action: RoutingAction): RoutingItem {
  return { label, description, action };
}

function separator(label: string): RoutingItem {
  return { label, kind: vscode.QuickPickItemKind.Separator, action: { kind: 'none' } };
}

function button(icon: string, tooltip: string, act: EndpointButton['act']): EndpointButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip, act };
}
