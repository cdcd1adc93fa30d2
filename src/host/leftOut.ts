import { RequestError } from '../core/model/requestError.ts';
import type { ModelCatalogue } from '../core/model/catalogue.ts';
import type { RequestSettings } from '../core/model/requestSettings.ts';
import { leftOutOf, type LeftOut } from '../core/openrouter/leftOut.ts';
import type { Server } from '../core/openrouter/server.ts';
import type { ServerKind } from '../core/openrouter/serverIdentity.ts';

const names: Readonly<Record<LeftOut['what'], string>> = {
  fallbackModels: 'Fallback models',
  routing: 'Routing',
  reasoningEffort: 'The reasoning effort',
  temperature: 'The temperature',
  webSearch: 'Web search',
  responseCache: 'The reuse of answers',
};

/** A sentence on something that is not sent. */
export function leftOutWords({ what, because }: LeftOut): string {
  const verb = what === 'fallbackModels' ? 'are' : 'is';
  const reason = because === 'server' ? 'this server is not OpenRouter' : 'the model does not take it';
  return `${names[what]} ${verb} left out: ${reason}.`;
}

/** Who would read a request, as far as that is known without asking. An unseen server is taken for OpenRouter. */
export function serverKindNow(server: Server): ServerKind {
  return server.identity?.kindOf(server.baseUrl()) ?? 'openrouter';
}

/** What of a request is worth a word in the chat: what the server lacks, and a search that cannot take place. */
export function leftOutNow(
  settings: () => RequestSettings,
  server: Server,
  catalogue: Pick<ModelCatalogue, 'find'>,
): readonly string[] {
  try {
    const set = settings();
    return leftOutOf(set, serverKindNow(server), catalogue.find(set.model))
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
