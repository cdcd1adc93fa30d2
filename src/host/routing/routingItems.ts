import * as vscode from 'vscode';
import { describeEndpoint, providerSlug, type Endpoint } from '../../core/model/endpoint.ts';
import type { Routing } from '../../core/model/routing.ts';
import { priceCeiling, providersIn, type ProviderList } from '../../core/model/routingChange.ts';
import type { Offers } from '../../core/openrouter/account.ts';
import type { RoutingDraft } from './routingDraft.ts';

/** What a row of the menu does. */
export type RoutingAction =
  | { readonly kind: 'scope' | 'model' | 'sort' | 'price' | 'quantizations' | 'save' | 'discard' | 'none' }
  | { readonly kind: 'list'; readonly list: ProviderList }
  | {
      readonly kind: 'toggle';
      readonly field: 'zdr' | 'data_collection' | 'require_parameters' | 'allow_fallbacks';
    }
  | { readonly kind: 'endpoint'; readonly tag: string };

/** A row of the menu. */
export interface RoutingItem extends vscode.QuickPickItem {
  readonly action: RoutingAction;
}

/** A button of an endpoint's row. */
export interface EndpointButton extends vscode.QuickInputButton {
  readonly act: ProviderList | 'privacy';
}

/** What the endpoints are at present: known, on their way, or not to be had. */
export type OffersState =
  | { readonly state: 'loading' }
  | { readonly state: 'known'; readonly offers: Offers }
  | { readonly state: 'failed'; readonly words: string };

/** The lists of providers, in the order in which they are shown, in words. */
export const listWords: Readonly<Record<ProviderList, { readonly label: string; readonly none: string }>> = {
  order: { label: 'Try first', none: 'as OpenRouter chooses' },
  only: { label: 'Only', none: 'all providers' },
  ignore: { label: 'Never', none: 'none' },
};

/** All rows of the menu, with what is set at the moment. */
export function routingItems(
  draft: RoutingDraft,
  modelName: string,
  offers: OffersState,
): readonly RoutingItem[] {
  const { routing } = draft;
  return [
    row('$(globe) Holds for', draft.scope === 'all' ? 'all requests' : `requests to ${modelName} only`, {
      kind: 'scope',
    }),
    separator('Providers'),
    ...(['order', 'only', 'ignore'] as const).map((list) => {
      const tags = providersIn(routing, list).join(', ');
      return row(`$(server) ${listWords[list].label}`, tags === '' ? listWords[list].none : tags, {
        kind: 'list',
        list,
      });
    }),
    ...preferences(routing),
    separator('Privacy'),
    toggle('$(shield) Zero data retention', routing, 'zdr', 'only endpoints that retain nothing'),
    row(
      '$(eye-closed) Data collection',
      routing['data_collection'] === 'deny'
        ? 'denied: no provider that stores or trains'
        : "as the account's settings allow",
      { kind: 'toggle', field: 'data_collection' },
    ),
    ...ending(draft, modelName),
    separator(`Endpoints of ${modelName}`),
    ...endpointRows(draft, offers),
    row('$(arrow-swap) Look at another model', modelName, { kind: 'model' }),
  ];
}

function preferences(routing: Routing): readonly RoutingItem[] {
  const { prompt, completion } = priceCeiling(routing);
  const prices = [
    prompt === undefined ? undefined : `$${prompt} in`,
    completion === undefined ? undefined : `$${completion} out`,
  ].filter((each) => each !== undefined);
  const quantizations = Array.isArray(routing['quantizations']) ? routing['quantizations'].join(', ') : '';
  return [
    separator('Preferences'),
    row('$(list-ordered) Sort by', sortWords(routing['sort']), { kind: 'sort' }),
    row(
      '$(credit-card) Price ceiling',
      prices.length === 0 ? 'none' : `${prices.join(', ')} per million tokens`,
      { kind: 'price' },
    ),
    row('$(symbol-ruler) Quantisations', quantizations === '' ? 'any' : quantizations, {
      kind: 'quantizations',
    }),
    toggle(
      '$(checklist) Require all parameters',
      routing,
      'require_parameters',
      'only providers that take them all',
    ),
    row(
      '$(debug-step-over) Fallbacks',
      routing['allow_fallbacks'] === false
        ? 'off: others never step in'
        : 'on: others step in when these fail',
      { kind: 'toggle', field: 'allow_fallbacks' },
    ),
  ];
}

/** What is set in OpenRouter's own words, before it is saved. */
function ending(draft: RoutingDraft, modelName: string): readonly RoutingItem[] {
  const sent =
    draft.scope === 'all'
      ? 'sent with every request'
      : `sent with requests to ${modelName}, over what holds for all`;
  return [
    separator(draft.changed ? 'Changed, not saved yet' : 'Saved'),
    {
      ...row('$(json) provider', sent, { kind: draft.changed ? 'save' : 'none' }),
      detail: JSON.stringify(draft.routing),
    },
    ...(draft.changed
      ? [
          row('$(save) Save', 'to your own settings', { kind: 'save' }),
          row('$(discard) Discard the changes', '', { kind: 'discard' }),
        ]
      : []),
  ];
}

function endpointRows(draft: RoutingDraft, offers: OffersState): readonly RoutingItem[] {
  switch (offers.state) {
    case 'loading':
      return [row('$(loading~spin) Reading the endpoints…', '', { kind: 'none' })];
    case 'failed':
      return [row('$(warning) The endpoints could not be read', offers.words, { kind: 'none' })];
    case 'known':
      return offers.offers.endpoints.length === 0
        ? [
            row('$(info) This model has no endpoints of its own', 'a router chooses among models', {
              kind: 'none',
            }),
          ]
        : offers.offers.endpoints.map((endpoint) => endpointRow(draft.routing, endpoint, offers.offers));
    default:
      return offers satisfies never;
  }
}

function endpointRow(
  routing: Routing,
  endpoint: Endpoint,
  { zeroRetention, providers }: Offers,
): RoutingItem {
  const { tag, providerName } = endpoint;
  const place = providersIn(routing, 'order').indexOf(tag);
  const marks = [
    zeroRetention?.has(tag) === true ? 'retains nothing' : undefined,
    place < 0 ? undefined : `tried ${ordinal(place)}`,
    providersIn(routing, 'only').includes(tag) ? 'only' : undefined,
    providersIn(routing, 'ignore').includes(tag) ? 'never' : undefined,
  ].filter((each) => each !== undefined);
  const policy = providers.find(({ slug }) => slug === providerSlug(tag))?.privacyPolicyUrl;
  return {
    ...row(`${place >= 0 ? '$(pass) ' : ''}${providerName}`, [tag, ...marks].join(' · '), {
      kind: 'endpoint',
      tag,
    }),
    detail: describeEndpoint(endpoint),
    buttons: [
      button('arrow-up', 'Try first', 'order'),
      button('pass', 'Only this one (and others marked so)', 'only'),
      button('circle-slash', 'Never', 'ignore'),
      ...(policy === undefined ? [] : [button('law', 'Privacy policy', 'privacy')]),
    ],
  };
}

function ordinal(place: number): string {
  return ['first', 'second', 'third'][place] ?? `${String(place + 1)}th`;
}

/** The criterion of a routing's `sort`, in words. */
export function sortWords(sort: unknown): string {
  const by: unknown = typeof sort === 'object' && sort !== null && 'by' in sort ? sort.by : sort;
  return typeof by === 'string' ? by : 'as OpenRouter balances';
}

function toggle(
  label: string,
  routing: Routing,
  field: 'zdr' | 'require_parameters',
  meaning: string,
): RoutingItem {
  return row(label, routing[field] === true ? `on: ${meaning}` : 'off', { kind: 'toggle', field });
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
