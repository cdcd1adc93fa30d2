/** A model id taken apart: the model itself, and what was asked for besides, such as `nitro` or a preset. */
export interface ModelIdParts {
  readonly base: string;
  /** What follows, for the eye; absent when the id is the model's own. */
  readonly extra?: string;
}

/**
 * Takes `author/model:nitro` and `author/model@preset/name` apart. An id is never changed before it is sent; this only
 * tells whose facts hold for it.
 */
export function modelIdParts(id: string): ModelIdParts {
  const preset = id.indexOf('@preset/');
  if (preset > 0) {
    return { base: id.slice(0, preset), extra: id.slice(preset + 1).replace('/', ' ') };
  }
  const colon = id.lastIndexOf(':');
  return colon > 0 ? { base: id.slice(0, colon), extra: id.slice(colon + 1) } : { base: id };
}
