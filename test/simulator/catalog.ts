import { aliasTable, familyTable, routerTable } from './catalogTable.ts';
import { utcDate } from './clock.ts';
import { readFamilies, sizeOf } from './familyRow.ts';
import type { CatalogEntry, Model } from './model.ts';
import { modelOf, variantOf } from './modelRow.ts';

/** Every model that the simulator knows, in the service's order: newest first. */
export interface Catalog {
  readonly entries: readonly CatalogEntry[];
  find(id: string): CatalogEntry | undefined;
}

/** Rows besides those of the table; the unlisted ones answer, and no list shows them. */
export interface ExtraEntries {
  readonly listed: readonly CatalogEntry[];
  readonly unlisted: readonly CatalogEntry[];
}

/** Builds the catalog. Only the expiration dates depend on the day, so that none of them passes by itself. */
export function buildCatalog(now: number, extra: ExtraEntries = { listed: [], unlisted: [] }): Catalog {
  const families = readFamilies(familyTable).flatMap((row) => {
    const entry = modelOf(row, (days) => utcDate(now + days * 24 * 60 * 60 * 1000));
    const variants = ['free', 'batch', 'thinking'].filter((variant) => hasVariant(row.features, variant));
    return [entry, ...variants.map((variant) => variantOf(entry, variant))];
  });
  const byId = new Map(families.map((entry) => [entry.model.id, entry]));
  const pointers = [
    ...readPointers(aliasTable, byId).map(([cells, target]) => aliasOf(cells, target)),
    ...readPointers(routerTable, byId).map(([cells, target]) => routerOf(cells, target)),
  ];
  const entries = [...pointers, ...families, ...extra.listed].sort(
    (a, b) => b.model.created - a.model.created,
  );
  const all = new Map([...entries, ...extra.unlisted].map((entry) => [entry.model.id, entry]));
  return { entries, find: (id) => all.get(id) };
}

function hasVariant(features: ReadonlySet<string>, variant: string): boolean {
  return features.has({ free: 'F', batch: 'A', thinking: 'N' }[variant] ?? '');
}

type Cells = readonly string[];

function readPointers(table: string, known: ReadonlyMap<string, CatalogEntry>): [Cells, CatalogEntry][] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      const target = known.get(cells.at(-1) ?? '');
      if (!target) throw new Error(`The catalog table points to a model that is not in it: ${line}`);
      return [cells, target];
    });
}

function aliasOf(cells: Cells, target: CatalogEntry): CatalogEntry {
  const [id = '', name = ''] = cells;
  const model: Model = {
    ...target.model,
    id,
    canonical_slug: id,
    alias_target: { slug: target.model.canonical_slug, name: target.model.name },
    name: `${name} (simulated)`,
    description: `Simulated alias of ${target.model.id}.`,
    links: { details: `/api/v1/models/${id}/endpoints` },
  };
  return { model, author: target.author, providers: target.providers, target: target.model.id };
}

function routerOf(cells: Cells, target: CatalogEntry): CatalogEntry {
  const [id = '', name = '', context = ''] = cells;
  const isFree = id === 'openrouter/free';
  const price = isFree ? '0' : '-1';
  const { reasoning: _ofTarget, ...base } = target.model;
  const model: Model = {
    ...base,
    id,
    canonical_slug: id,
    name: `${name} (simulated)`,
    description: 'Simulated router: it always picks the same model.',
    created: Date.UTC(2023, 10, 8) / 1000,
    context_length: sizeOf(context),
    pricing: { prompt: price, completion: price },
    top_provider: { context_length: null, max_completion_tokens: null, is_moderated: false },
    knowledge_cutoff: null,
    expiration_date: null,
    hugging_face_id: null,
    links: { details: `/api/v1/models/${id}/endpoints` },
  };
  return { model, author: 'openrouter', providers: target.providers, target: target.model.id };
}
