/** A model id split into the model and its suffix, such as `nitro` or a preset. */
export interface ModelIdParts {
  readonly base: string;
  /** The suffix for display; absent for the plain id. */
  readonly extra?: string;
}

/**
 * Splits `author/model:nitro` and `author/model@preset/name`. Ids are never changed before sending; this only says
 * which model's facts apply.
 */
export function modelIdParts(id: string): ModelIdParts {
  const preset = id.indexOf('@preset/');
  if (preset > 0) {
    return { base: id.slice(0, preset), extra: id.slice(preset + 1).replace('/', ' ') };
  }
  const colon = id.lastIndexOf(':');
  return colon > 0 ? { base: id.slice(0, colon), extra: id.slice(colon + 1) } : { base: id };
}

/** Whether an id says that it costs nothing: that of a free variant, or of the router among them. */
export function isFreeId(id: string): boolean {
  return /[/:]free$/.test(id);
}
