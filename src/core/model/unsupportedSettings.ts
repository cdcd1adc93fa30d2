import type { Model } from './model.ts';
import { fitTo, type RequestSettings } from './requestSettings.ts';
import type { ServerKind } from './server.ts';

/** A setting that isn't sent. */
export interface UnsupportedSetting {
  readonly what: (typeof optional)[number];
  /** The server isn't OpenRouter, or the model doesn't support it. */
  readonly because: 'server' | 'model';
}

/** The settings that may be missing, in display order. */
const optional = [
  'fallbackModels',
  'routing',
  'reasoningEffort',
  'temperature',
  'webSearch',
  'responseCache',
] as const satisfies readonly (keyof RequestSettings)[];

/** What only OpenRouter understands. */
const openRouterOnly: ReadonlySet<UnsupportedSetting['what']> = new Set([
  'fallbackModels',
  'routing',
  'reasoningEffort',
  'webSearch',
  'responseCache',
]);

/** Which settings aren't sent to this server and model, and why. */
export function unsupportedSettings(
  settings: RequestSettings,
  kind: ServerKind,
  model: Model | undefined,
): readonly UnsupportedSetting[] {
  const fitted = fitTo(settings, model, 0);
  return optional.flatMap((what): readonly UnsupportedSetting[] => {
    if (settings[what] === undefined) {
      return [];
    }
    if (kind === 'other' && openRouterOnly.has(what)) {
      return [{ what, because: 'server' }];
    }
    return fitted[what] === undefined ? [{ what, because: 'model' }] : [];
  });
}
