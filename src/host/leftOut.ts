import { RequestError } from '../core/model/requestError.ts';
import {
  leftOutOf,
  type LeftOut,
  type RequestReader,
  type RequestSettings,
} from '../core/openrouter/requestRules.ts';
import type { Server } from '../core/openrouter/server.ts';

const names: Readonly<Record<LeftOut['what'], string>> = {
  fallbackModels: 'Fallback models',
  reasoningEffort: 'The reasoning effort',
  temperature: 'The temperature',
  webSearch: 'Web search',
  responseCache: 'The reuse of answers',
  plugins: 'Plugins',
};

/** A sentence on something that is not sent. */
export function leftOutWords({ what, because }: LeftOut): string {
  const verb = what === 'fallbackModels' || what === 'plugins' ? 'are' : 'is';
  const reason = because === 'server' ? 'this server is not OpenRouter' : 'the model does not take it';
  return `${names[what]} ${verb} left out: ${reason}.`;
}

/** Who would read a request, as far as that is known without asking. An unseen server is taken for OpenRouter. */
export function readerNow({ model }: RequestSettings, server: Server): RequestReader {
  const kind = server.identity?.kindOf(server.baseUrl()) ?? 'openrouter';
  return { kind, model: server.model?.(model) };
}

/** What of a request is worth a word in the chat: what the server lacks, and a search that cannot take place. */
export function leftOutNow(request: RequestSettings, server: Server): readonly string[] {
  try {
    return leftOutOf(request, readerNow(request, server))
      .filter(({ what, because }) => because === 'server' || what === 'webSearch')
      .map(leftOutWords);
  } catch (error) {
    // A base URL that cannot be used is told with the answer.
    if (error instanceof RequestError) {
      return [];
    }
    throw error;
  }
}
