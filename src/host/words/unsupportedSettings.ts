import { t } from '@vscode/l10n';
import { RequestError } from '../../core/model/requestError.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import type { ServerKind } from '../../core/model/server.ts';
import { unsupportedSettings, type UnsupportedSetting } from '../../core/model/unsupportedSettings.ts';

/** Settings that only OpenRouter gets. */
const lackingHere = (names: string): Readonly<Record<UnsupportedSetting['what'], string>> => ({
  fallbackModels: t("Fallback models aren't sent: this server isn't OpenRouter."),
  routing: t("Routing isn't sent: this server isn't OpenRouter."),
  reasoningEffort: t("The reasoning effort isn't sent: this server isn't OpenRouter."),
  temperature: t("The temperature isn't sent: this server isn't OpenRouter."),
  topP: t("`top_p` isn't sent: this server isn't OpenRouter."),
  fields: t("These fields aren't sent, because this server isn't OpenRouter: {0}.", names),
  webSearch: t("Web search is off: this server isn't OpenRouter."),
  responseCache: t("The response cache is off: this server isn't OpenRouter."),
  contextCompression: t("Context compression isn't set: this server isn't OpenRouter."),
  responseHealing: t("Response healing is off: this server isn't OpenRouter."),
});

/** Settings that this model doesn't get. */
const notTaken = (names: string): Readonly<Record<UnsupportedSetting['what'], string>> => ({
  fallbackModels: t("Fallback models aren't sent: the model doesn't support them."),
  routing: t("Routing isn't sent: the model doesn't support it."),
  reasoningEffort: t("The reasoning effort isn't sent: the model doesn't support it."),
  temperature: t("The temperature isn't sent: the model doesn't support it."),
  topP: t("`top_p` isn't sent: the model doesn't support it, or not together with a temperature."),
  fields: t("These fields aren't sent, because the model doesn't support them: {0}.", names),
  webSearch: t("Web search is off: the model doesn't support it."),
  responseCache: t("The response cache is off: the model doesn't support it."),
  contextCompression: t("Context compression isn't set: the model doesn't support it."),
  responseHealing: t("Response healing is off: the model doesn't support it."),
});

/** A sentence about a setting that isn't sent. */
export function leftOutWords({ what, because, names = [] }: UnsupportedSetting): string {
  return (because === 'server' ? lackingHere : notTaken)(names.join(', '))[what];
}

/** What to mention in the chat: what the server lacks, and a search that can't happen. */
export function unsupportedSettingsNow(
  settings: () => RequestSettings,
  serverKind: () => ServerKind,
  catalog: Pick<ModelCatalog, 'find'>,
): readonly string[] {
  try {
    const set = settings();
    return unsupportedSettings(set, serverKind(), catalog.find(set.model))
      .filter(({ what, because }) => because === 'server' || what === 'webSearch')
      .map(leftOutWords);
  } catch (error) {
    // An invalid setting is reported separately.
    if (error instanceof RequestError) {
      return [];
    }
    throw error;
  }
}
