import type { Usage } from '../../conversation/message.ts';
import { RequestError } from '../../model/requestError.ts';
import type { GenerationSource } from '../../usage/usageReconciler.ts';
import { getJson } from '../transport/answer.ts';
import type { Server } from '../transport/server.ts';
import { readGeneration } from '../transport/usage.ts';

/** Reads the service's books. */
export class GenerationClient implements GenerationSource {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /** What an answer took and cost; nothing while the books do not hold it. Throws `RequestError`. */
  async usageOf(generationId: string, signal: AbortSignal): Promise<Usage | undefined> {
    const path = `/generation?id=${encodeURIComponent(generationId)}`;
    try {
      return readGeneration(await getJson(this.#server, path, await this.#server.apiKey(), signal));
    } catch (error) {
      if (error instanceof RequestError && error.facts.status === 404) {
        return undefined;
      }
      throw error;
    }
  }
}
