/** A configuration that the account keeps at OpenRouter; asked for like a model. */
export interface Preset {
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
}

/** The id that asks with a preset. */
export function presetId(slug: string): string {
  return `@preset/${slug}`;
}
