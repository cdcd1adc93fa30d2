import type { ModelFilter } from '../../core/model/modelFilter.ts';
import type { ModelOrder } from '../../core/model/modelOrder.ts';
import type { OpenRouterAccount } from '../../core/openrouter/account/account.ts';
import type { BaseUrl } from '../../core/openrouter/transport/server.ts';

/** What only the service knows of models, asked for when a filter or an order needs it, once for each server. */
export class ServiceFacts {
  readonly #account: OpenRouterAccount;
  readonly #baseUrl: () => BaseUrl;
  #askedOf: BaseUrl | undefined;
  zeroRetention: ReadonlySet<string> | undefined;
  fastest: readonly string[] | undefined;

  constructor(account: OpenRouterAccount, baseUrl: () => BaseUrl) {
    this.#account = account;
    this.#baseUrl = baseUrl;
  }

  /** Asks for what they need and is not known yet. Throws a `RequestError`. */
  async load({ traits }: ModelFilter, order: ModelOrder, signal: AbortSignal): Promise<void> {
    const baseUrl = this.#baseUrl();
    if (baseUrl !== this.#askedOf) {
      [this.#askedOf, this.zeroRetention, this.fastest] = [baseUrl, undefined, undefined];
    }
    if (traits.includes('zdr')) {
      this.zeroRetention ??= await this.#account.zeroRetentionModels(signal);
    }
    if (order === 'throughput') {
      this.fastest ??= await this.#account.fastestModels(signal);
    }
  }
}
