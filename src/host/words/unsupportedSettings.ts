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
  fallbackModels: t('Fallback models are left out: this server is not OpenRouter.'),
  routing: t('Routing is left out: this server is not OpenRouter.'),
  reasoningEffort: t('The reasoning effort is left out: this server is not OpenRouter.'),
  temperature: t('The temperature is left out: this server is not OpenRouter.'),
  webSearch: t('Web search is left out: this server is not OpenRouter.'),
  responseCache: t('The reuse of answers is left out: this server is not OpenRouter.'),
});

/** What a model is not sent. */
const notTaken = (): Readonly<Record<UnsupportedSetting['what'], string>> => ({
  fallbackModels: t('Fallback models are left out: the model does not take it.'),
  routing: t('Routing is left out: the model does not take it.'),
  reasoningEffort: t('The reasoning effort is left out: the model does not take it.'),
  temperature: t('The temperature is left out: the model does not take it.'),
  webSearch: t('Web search is left out: the model does not take it.'),
  responseCache: t('The reuse of answers is left out: the model does not take it.'),
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
