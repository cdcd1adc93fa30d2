import { t } from '@vscode/l10n';
import type { Endpoint } from '../../core/model/endpoint.ts';
import type { Benchmarks, Model } from '../../core/model/model.ts';
import { formatPrice, microDollarsFrom, type MicroDollars } from '../../core/money/money.ts';
import type { Prices, Pricing } from '../../core/model/pricing.ts';
import type { Routing } from '../../core/model/routing.ts';
import { providersIn } from '../../core/model/routingChange.ts';
import { successorOf } from '../../core/model/successor.ts';
import { providerSlug } from '../../core/model/endpoint.ts';
import type {
  EndpointsView,
  EndpointView,
  ModelFact,
  ModelPrices,
  ModelView,
} from '../../protocol/modelView.ts';
import type { EndpointsState } from '../routing/routingItems.ts';
import { capabilityWords } from './describeModel.ts';
import { dayWords } from '../words/dayWords.ts';
import { conditionWords } from '../words/priceWords.ts';
import {
  formatNumber,
  formatPercent,
  formatSeconds,
  formatShortNumber,
  formatTokens,
} from '../platform/formats.ts';

/** What is known besides the model itself. */
export interface ModelSurroundings {
  readonly models: readonly Model[];
  readonly inUse: boolean;
  readonly favorite: boolean;
  readonly offers: EndpointsState;
  readonly routing: Routing;
}

/** A model as its page shows it. */
export function toModelView(model: Model, around: ModelSurroundings): ModelView {
  const { id, name, description, pricing, parameters = [], benchmarks } = model;
  return {
    id,
    name,
    notes: notesOf(model, around.models),
    description: paragraphsIn(description ?? ''),
    inUse: around.inUse,
    favorite: around.favorite,
    facts: factsOf(model),
    prices: pricesOf(pricing),
    parameters,
    benchmarks: benchmarks ? scoresOf(benchmarks) : [],
    endpoints: endpointsOf(around.offers, around.routing),
  };
}

function notesOf(model: Model, models: readonly Model[]): readonly string[] {
  const { expiresOn, aliasOf, excluded } = model;
  const successor = expiresOn === undefined ? undefined : successorOf(model, models);
  const end =
    expiresOn === undefined
      ? []
      : [
          successor
            ? t(
                'This model may be removed after {0}. Its successor is {1}.',
                dayWords(expiresOn),
                successor.name,
              )
            : t('This model may be removed after {0}.', dayWords(expiresOn)),
        ];
  return [
    ...(excluded === true
      ? [t("Your account's privacy settings, provider preferences, or guardrails exclude this model.")]
      : []),
    ...end,
    ...(aliasOf ? [t('It currently points to {0}.', aliasOf.name)] : []),
  ];
}

/** The service writes Markdown; here it is plain text, with links as their words. */
function paragraphsIn(description: string): readonly string[] {
  return description
    .replace(/\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

function factsOf(model: Model): readonly ModelFact[] {
  const { contextLength, topContextLength, maxOutput, inputs, outputs, createdAt, knowledgeCutoff } = model;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t('Context'), contextLength === undefined ? undefined : tokenWords(contextLength)],
    [
      t('Context at the top provider'),
      topContextLength === undefined || topContextLength === contextLength
        ? undefined
        : tokenWords(topContextLength),
    ],
    [t('Maximum output'), maxOutput === undefined ? undefined : tokenWords(maxOutput)],
    [t('Input types'), inputs?.map(modalityWords).join(', ')],
    [t('Output types'), outputs?.map(modalityWords).join(', ')],
    [t('Capabilities'), model.capabilities.map(capabilityWords).join(', ')],
    [t('Reasoning'), thinkingWords(model)],
    [
      t('Available since'),
      createdAt === undefined ? undefined : dayWords(new Date(createdAt).toISOString().slice(0, 10)),
    ],
    [t('Knowledge cutoff'), knowledgeCutoff === undefined ? undefined : dayWords(knowledgeCutoff)],
    [t('Moderation'), model.moderated === true ? t('the provider checks what you send') : undefined],
  ];
  return rows.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));
}

function tokenWords(tokens: number): string {
  return t('{0} tokens', formatNumber(tokens));
}

function modalityWords(modality: string): string {
  const words: Readonly<Record<string, string>> = {
    text: t('text'),
    image: t('images'),
    file: t('files'),
    audio: t('audio'),
    video: t('video'),
  };
  return words[modality] ?? modality;
}

function thinkingWords({ reasoning }: Model): string | undefined {
  if (!reasoning) {
    return undefined;
  }
  const { mandatory, efforts, byDefault, defaultEffort } = reasoning;
  const words = [
    mandatory ? t('always') : byDefault === true ? t('on by default') : t('off by default'),
    ...(efforts ? [t('efforts: {0}', efforts.join(', '))] : []),
    ...(defaultEffort === undefined ? [] : [t('{0} by default', defaultEffort)]),
  ];
  return words.join('; ');
}

/** The prices in display order, with their units. */
const priceRows = (): readonly (readonly [keyof Prices, string, 'tokens' | 'each'])[] => [
  ['prompt', t('Input'), 'tokens'],
  ['completion', t('Output'), 'tokens'],
  ['reasoning', t('Reasoning'), 'tokens'],
  ['cacheRead', t('Cache read'), 'tokens'],
  ['cacheWrite', t('Cache write'), 'tokens'],
  ['cacheWriteHour', t('Cache write (1 hour)'), 'tokens'],
  ['imageToken', t('Image input'), 'tokens'],
  ['imageOutput', t('Image output'), 'tokens'],
  ['audio', t('Audio input'), 'tokens'],
  ['audioOutput', t('Audio output'), 'tokens'],
  ['audioCache', t('Audio cache read'), 'tokens'],
  ['image', t('Image'), 'each'],
  ['request', t('Request'), 'each'],
  ['webSearch', t('Web search'), 'each'],
];

function pricesOf(pricing: Pricing | undefined): ModelPrices {
  if (pricing?.kind !== 'fixed') {
    const words = pricing
      ? t('The price varies: this router charges the price of the model it chooses.')
      : t('The service lists no price.');
    return { words, conditions: [], rows: [] };
  }
  const { overrides = [], discount } = pricing;
  const words =
    discount === undefined ? undefined : t('A {0} discount is already applied.', formatPercent(discount));
  return {
    ...(words !== undefined && { words }),
    conditions: overrides.map(conditionWords),
    rows: priceRows().flatMap(([name, label, unit]) => {
      const base = pricing[name];
      const prices = [base, ...overrides.map((override) => override.prices[name] ?? base)];
      return prices.every((price) => price === undefined || (price === 0 && unit === 'each'))
        ? []
        : [
            {
              label,
              unit: unit === 'tokens' ? t('per 1M tokens') : t('each'),
              prices: prices.map((price) => (price === undefined ? '–' : priceOf(price, unit))),
            },
          ];
    }),
  };
}

function priceOf(price: MicroDollars, unit: 'tokens' | 'each'): string {
  return price === 0 ? t('free') : formatPrice(unit === 'tokens' ? price : perOne(price));
}

function perOne(perMillion: MicroDollars): MicroDollars {
  return microDollarsFrom(perMillion / 1e12) ?? 0;
}

function scoresOf({ intelligence, coding, agentic, arenas = [] }: Benchmarks): readonly ModelFact[] {
  const indices: readonly (readonly [string, number | undefined])[] = [
    [t('Intelligence'), intelligence],
    [t('Coding'), coding],
    [t('Agentic tasks'), agentic],
  ];
  return [
    ...indices.flatMap(([label, value]) =>
      value === undefined ? [] : [{ label, value: formatShortNumber(value) }],
    ),
    ...arenas.map(({ arena, category, elo, rank }) => ({
      label: `${arena}: ${category}`,
      value:
        rank === undefined
          ? t('{0} Elo', formatNumber(elo))
          : t('{0} Elo, rank {1}', formatNumber(elo), rank),
    })),
  ];
}

function endpointsOf(offers: EndpointsState, routing: Routing): EndpointsView {
  if (offers.state !== 'known') {
    return offers;
  }
  const { endpoints, zeroRetention, providers } = offers.offers;
  const policies = new Set(
    providers.flatMap(({ slug, privacyPolicyUrl }) => (privacyPolicyUrl === undefined ? [] : [slug])),
  );
  return {
    state: 'known',
    endpoints: endpoints.map((endpoint) => ({
      ...toEndpointView(endpoint, routing),
      ...(zeroRetention && { retainsNothing: zeroRetention.has(endpoint.tag) }),
      hasPolicy: policies.has(providerSlug(endpoint.tag)),
    })),
  };
}

function toEndpointView(
  endpoint: Endpoint,
  routing: Routing,
): Omit<EndpointView, 'hasPolicy' | 'retainsNothing'> {
  const { tag, providerName, pricing, contextLength, latencyMs, throughput, uptime, quantization } = endpoint;
  const place = providersIn(routing, 'order').indexOf(tag) + 1;
  return {
    tag,
    name: providerName,
    promptPrice: pricing?.kind === 'fixed' ? formatPrice(pricing.prompt) : '',
    completionPrice: pricing?.kind === 'fixed' ? formatPrice(pricing.completion) : '',
    context: contextLength === undefined ? '' : formatTokens(contextLength),
    latency: latencyMs === undefined ? '' : formatSeconds(latencyMs, 2),
    throughput: throughput === undefined ? '' : t('{0} tokens/s', formatNumber(throughput)),
    uptime: uptime === undefined ? '' : formatPercent(uptime / 100, { decimals: 1 }),
    quantization: quantization ?? '',
    degraded: endpoint.degraded,
    ...(place > 0 && { order: place }),
    only: providersIn(routing, 'only').includes(tag),
    ignored: providersIn(routing, 'ignore').includes(tag),
  };
}
