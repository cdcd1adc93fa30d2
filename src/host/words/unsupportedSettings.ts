import { t } from '@vscode/l10n';
import { RequestError } from '../../core/model/requestError.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import type { ServerKind } from '../../core/model/server.ts';
import { unsupportedSettings, type UnsupportedSetting } from '../../core/model/unsupportedSettings.ts';

/** What a server other than OpenRouter is not sent. */
const lackingHere = (): Readonly<Record<UnsupportedSetting['what'], string>> => ({
  fallbackModels: t("Fallback models aren't sent: this server isn't OpenRouter."),
  routing: t("Routing isn't sent: this server isn't OpenRouter."),
  reasoningEffort: t("The reasoning effort isn't sent: this server isn't OpenRouter."),
  temperature: t("The temperature isn't sent: this server isn't OpenRouter."),
  webSearch: t("Web search is off: this server isn't OpenRouter."),
  responseCache: t("The response cache is off: this server isn't OpenRouter."),
});

/** What a model is not sent. */
const notTaken = (): Readonly<Record<UnsupportedSetting['what'], string>> => ({
  fallbackModels: t("Fallback models aren't sent: the model doesn't support them."),
  routing: t("Routing isn't sent: the model doesn't support it."),
  reasoningEffort: t("The reasoning effort isn't sent: the model doesn't support it."),
  temperature: t("The temperature isn't sent: the model doesn't support it."),
  webSearch: t("Web search is off: the model doesn't support it."),
  responseCache: t("The response cache is off: the model doesn't support it."),
});

/** A sentence on something that is not sent. */
export function leftOutWords({ what, because }: UnsupportedSetting): string {
  return (because === 'server' ? lackingHere() : notTaken())[what];
}

/** What of a request is worth a word in the chat: what the server lacks, and a search that cannot take place. */
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
    // A setting that cannot be used is told by itself.
    if (error instanceof RequestError) {
      return [];
    }
    throw error;
  }
}
