import { t } from '@vscode/l10n';
import { RequestError } from '../../core/model/requestError.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import {
  unsupportedSettings,
  type UnsupportedSetting,
} from '../../core/openrouter/chat/unsupportedSettings.ts';
import type { Server } from '../../core/openrouter/transport/server.ts';
import type { ServerKind } from '../../core/openrouter/transport/serverIdentity.ts';

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

/** Who would read a request, as far as that is known without asking. An unseen server is taken for OpenRouter. */
export function serverKindNow(server: Server): ServerKind {
  return server.identity?.kindOf(server.baseUrl()) ?? 'openrouter';
}

/** What of a request is worth a word in the chat: what the server lacks, and a search that cannot take place. */
export function unsupportedSettingsNow(
  settings: () => RequestSettings,
  server: Server,
  catalog: Pick<ModelCatalog, 'find'>,
): readonly string[] {
  try {
    const set = settings();
    return unsupportedSettings(set, serverKindNow(server), catalog.find(set.model))
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
