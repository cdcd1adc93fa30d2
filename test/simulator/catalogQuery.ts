import type { Catalog } from './catalog.ts';
import { endpointsOf } from './endpoints.ts';
import type { HttpReply } from './exchange.ts';
import type { KeyRecord } from './keys.ts';
import type { CatalogEntry } from './model.ts';

/** What `GET /models` and its siblings are asked. */
interface Query {
  readonly path: string;
  readonly parameters: URLSearchParams;
  readonly outputs: string;
}

const longestPage = 1000;
const defaultPage = 500;

/** The answer of `GET /models`. */
export function modelsReply(catalog: Catalog, url: URL): HttpReply {
  const outputs = url.searchParams.get('output_modalities') ?? 'text';
  return listReply(catalog.entries, { path: url.pathname, parameters: url.searchParams, outputs });
}

/** The answer of `GET /models/user`: the same list without what the account's settings exclude. */
export function userModelsReply(catalog: Catalog, url: URL, record: KeyRecord): HttpReply {
  const allowed = catalog.entries.filter((entry) => !record.excluded_authors.includes(entry.author));
  return listReply(allowed, { path: url.pathname, parameters: url.searchParams, outputs: 'text' });
}

/** The answer of `GET /embeddings/models`. */
export function embeddingModelsReply(catalog: Catalog, url: URL): HttpReply {
  return listReply(catalog.entries, {
    path: url.pathname,
    parameters: url.searchParams,
    outputs: 'embeddings',
  });
}

/** The answer of `GET /models/count`. */
export function modelCountReply(catalog: Catalog, url: URL): HttpReply {
  const outputs = url.searchParams.get('output_modalities') ?? 'text';
  const count = catalog.entries.filter((entry) => hasOutput(entry, outputs)).length;
  return { status: 200, body: { data: { count } } };
}

function listReply(entries: readonly CatalogEntry[], query: Query): HttpReply {
  const kept = sorted(
    entries.filter((entry) => matches(entry, query)),
    query.parameters.get('sort'),
  );
  const offset = Number(query.parameters.get('offset') ?? 0);
  const isPaged = query.parameters.has('offset') || query.parameters.has('limit');
  const limit = isPaged
    ? Math.min(Number(query.parameters.get('limit') ?? defaultPage), longestPage)
    : kept.length;
  const page = kept.slice(offset, offset + limit);
  const next = offset + limit < kept.length ? nextLink(query, offset + limit) : null;
  return {
    status: 200,
    body: { data: page.map((entry) => entry.model), total_count: kept.length, links: { next } },
  };
}

function nextLink(query: Query, offset: number): string {
  const parameters = new URLSearchParams(query.parameters);
  parameters.set('offset', String(offset));
  return `${query.path}?${parameters.toString()}`;
}

function matches(entry: CatalogEntry, query: Query): boolean {
  const { model } = entry;
  const text = query.parameters.get('q')?.toLowerCase();
  if (text !== undefined && !`${model.id} ${model.name}`.toLowerCase().includes(text)) return false;
  if (!hasOutput(entry, query.outputs)) return false;
  const listed = (name: string): readonly string[] => query.parameters.get(name)?.split(',') ?? [];
  if (!listed('supported_parameters').every((each) => model.supported_parameters.includes(each)))
    return false;
  if (!listed('input_modalities').every((each) => model.architecture.input_modalities.includes(each)))
    return false;
  const authors = listed('model_authors');
  if (authors.length > 0 && !authors.includes(entry.author)) return false;
  const providers = listed('providers');
  if (providers.length > 0 && !providers.some((each) => entry.providers.includes(each))) return false;
  if (
    query.parameters.get('zdr') === 'true' &&
    !endpointsOf(entry).some((offer) => offer.provider.retainsNothing)
  ) {
    return false;
  }
  return (
    (model.context_length ?? 0) >= Number(query.parameters.get('context') ?? 0) && fitsPrice(entry, query)
  );
}

function fitsPrice(entry: CatalogEntry, query: Query): boolean {
  const price = Number(entry.model.pricing.prompt) * 1e6;
  const least = query.parameters.get('min_price');
  const most = query.parameters.get('max_price');
  if (least === null && most === null) return true;
  return price >= Number(least ?? 0) && price <= Number(most ?? Infinity);
}

function hasOutput(entry: CatalogEntry, outputs: string): boolean {
  if (outputs === 'all') return true;
  return outputs.split(',').some((each) => entry.model.architecture.output_modalities.includes(each));
}

function sorted(entries: readonly CatalogEntry[], order: string | null): readonly CatalogEntry[] {
  const price = (entry: CatalogEntry): number => Number(entry.model.pricing.prompt);
  const context = (entry: CatalogEntry): number => entry.model.context_length ?? 0;
  switch (order) {
    case 'pricing-low-to-high':
      return entries.toSorted((a, b) => price(a) - price(b));
    case 'pricing-high-to-low':
      return entries.toSorted((a, b) => price(b) - price(a));
    case 'context-high-to-low':
      return entries.toSorted((a, b) => context(b) - context(a));
    case 'throughput-high-to-low':
      return entries.toSorted((a, b) => throughputOf(b) - throughputOf(a));
    default:
      // The catalog is kept newest first, and popularity is nothing a simulator could know.
      return entries;
  }
}

/** Tokens per second, over all who offer a model. */
function throughputOf(entry: CatalogEntry): number {
  const known = endpointsOf(entry).flatMap((offer) => offer.endpoint.throughput_last_30m?.p50 ?? []);
  return known.length === 0 ? 0 : known.reduce((sum, each) => sum + each, 0) / known.length;
}
