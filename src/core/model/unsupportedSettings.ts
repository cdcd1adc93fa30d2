import type { Model } from './model.ts';
import { fitTo, type RequestSettings } from './requestSettings.ts';
import type { ServerKind } from './server.ts';

/** Something that was asked for and is not sent. */
export interface UnsupportedSetting {
  readonly what: (typeof optional)[number];
  /** The server is not OpenRouter, or the model does not take it. */
  readonly because: 'server' | 'model';
}

/** What may be missing from a request, in the order in which it is told. */
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

/** What of the settings is not sent to this server and model, and why. */
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
