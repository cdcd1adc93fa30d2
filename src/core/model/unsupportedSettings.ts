import type { Model } from './model.ts';
import { wireFields } from './requestFields.ts';
import { fitTo, type RequestSettings } from './requestSettings.ts';
import type { ServerKind } from './server.ts';

/** A setting that isn't sent. */
export interface UnsupportedSetting {
  readonly what: (typeof optional)[number];
  /** The server isn't OpenRouter, or the model doesn't support it. */
  readonly because: 'server' | 'model';
  /** Which of the advanced fields. */
  readonly names?: readonly string[];
}

/** The settings that may be missing, in display order. */
const optional = [
  'fallbackModels',
  'routing',
  'reasoningEffort',
  'temperature',
  'topP',
  'fields',
  'webSearch',
  'responseCache',
  'contextCompression',
  'responseHealing',
] as const satisfies readonly (keyof RequestSettings)[];

/** What only OpenRouter understands. */
const openRouterOnly: ReadonlySet<UnsupportedSetting['what']> = new Set([
  'fallbackModels',
  'routing',
  'reasoningEffort',
  'webSearch',
  'responseCache',
  'contextCompression',
  'responseHealing',
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
    if (what === 'fields') {
      return fieldsLeftOut(settings, fitted, kind);
    }
    if (kind === 'other' && openRouterOnly.has(what)) {
      return [{ what, because: 'server' }];
    }
    return fitted[what] === undefined ? [{ what, because: 'model' }] : [];
  });
}

function fieldsLeftOut(
  { fields = {} }: RequestSettings,
  fitted: RequestSettings,
  kind: ServerKind,
): readonly UnsupportedSetting[] {
  const sendable = wireFields(fields, { isOpenRouter: kind === 'openrouter', isStructured: false });
  const names = Object.keys(fields);
  const refused = names.filter((name) => !Object.hasOwn(sendable, name));
  const untaken = names.filter(
    (name) => !refused.includes(name) && !Object.hasOwn(fitted.fields ?? {}, name),
  );
  return [
    ...(refused.length > 0 ? [{ what: 'fields', because: 'server', names: refused } as const] : []),
    ...(untaken.length > 0 ? [{ what: 'fields', because: 'model', names: untaken } as const] : []),
  ];
}
