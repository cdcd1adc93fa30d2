import type { Model } from './model.ts';
import { modelIdParts } from './modelId.ts';
import { nearestTo } from './nearest.ts';

/**
 * A deprecated model's successor: what its family alias points to, or else the newest similar model of the same author.
 */
export function successorOf(model: Model, models: readonly Model[]): Model | undefined {
  const { base } = modelIdParts(model.id);
  const author = `${base.split('/', 1)[0] ?? base}/`;
  const stays = models.filter(
    ({ id, expiresOn, excluded }) =>
      (id.startsWith(author) || id.startsWith(`~${author}`)) &&
      id !== model.id &&
      id !== base &&
      expiresOn === undefined &&
      excluded !== true &&
      !id.includes(':'),
  );
  const alias = stays.find(({ id, aliasOf }) => aliasOf !== undefined && base.startsWith(familyOf(id)));
  const target = stays.find(({ id, slug }) => alias?.aliasOf?.slug === (slug ?? id));
  if (target) {
    return target;
  }
  const newer = stays.filter(
    ({ aliasOf, createdAt = 0 }) => aliasOf === undefined && createdAt > (model.createdAt ?? Infinity),
  );
  const [likest] = nearestTo(
    base,
    newer.map(({ id }) => id),
  );
  return newer.find(({ id }) => id === likest);
}

/** `~author/family-latest` without the alias parts. */
function familyOf(alias: string): string {
  return `${alias.replace(/^~/, '').replace(/-latest$/, '')}-`;
}
