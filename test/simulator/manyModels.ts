import type { CatalogEntry } from './model.ts';

/** Copies of models under other authors, so that a catalog has so many listed ones in all. */
export function copiesOf(entries: readonly CatalogEntry[], wanted: number): readonly CatalogEntry[] {
  const models = entries.filter(
    ({ target, model }) => target === undefined && model.architecture.output_modalities.includes('text'),
  );
  const lacking = Math.max(0, wanted - entries.length);
  return Array.from({ length: lacking }, (_, at) => {
    const entry = models[at % models.length];
    if (!entry) {
      throw new Error('there is no model that could be copied');
    }
    const { model } = entry;
    const [author, copy] = [`house-${String(at % 40)}`, String(Math.floor(at / models.length) + 1)];
    const id = `${author}/${model.id.slice(model.id.indexOf('/') + 1).replace(':', `-${copy}:`)}-${copy}`;
    return {
      ...entry,
      author,
      model: {
        ...model,
        id,
        canonical_slug: id,
        name: `${model.name} ${copy}`,
        links: { details: `/api/v1/models/${id}/endpoints` },
      },
    };
  });
}
