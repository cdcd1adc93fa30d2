import type { Model } from '../../model/model.ts';
import type { ServerKind } from '../../model/server.ts';
import type { RequestSettings } from '../../model/requestSettings.ts';
import type { PicoDollars } from '../../money/money.ts';
import type { ChatRequest } from './chatModel.ts';
import {
  estimateRequest,
  estimateSize,
  maxCostOf,
  type PriceList,
  type RequestEstimate,
  type RequestSize,
} from './requestEstimate.ts';
import { tokensOfRequest } from './tokenCounter.ts';

/** What the list of models says, as far as estimates need it. */
export interface KnownPrices {
  readonly models: readonly Model[];
  find(id: string): Model | undefined;
  /** The kind of server that lists them, as far as known. */
  readonly serverKind?: ServerKind | undefined;
  /** Reads the list if it isn't there yet; see `ModelCatalog`. */
  ready?(): Promise<void>;
}

/** Estimates requests at the prices of now. */
export class RequestEstimator {
  readonly #known: KnownPrices;
  readonly #now: () => number;

  constructor(known: KnownPrices, now: () => number) {
    this.#known = known;
    this.#now = now;
  }

  /** A request's tokens and cost. */
  estimate(request: ChatRequest): RequestEstimate {
    return estimateRequest(request, tokensOfRequest(request), this.#prices);
  }

  /** Waits until it is known what requests cost, as far as it can be. */
  async ready(): Promise<void> {
    await this.#known.ready?.();
  }

  /** What a request of this size takes and costs. */
  estimateSize(settings: RequestSettings, size: RequestSize): RequestEstimate {
    return estimateSize(settings, size, this.#prices);
  }

  /** The most a request would cost with any priced model. */
  maxCost(request: ChatRequest): PicoDollars | undefined {
    const { models } = this.#known;
    return maxCostOf(request, tokensOfRequest(request), { models, now: this.#now() });
  }

  get #prices(): PriceList {
    const { models, serverKind } = this.#known;
    const isPriced = serverKind === 'openrouter' || (serverKind === undefined && models.length === 0);
    return { find: (id) => this.#known.find(id), models, isPriced, now: this.#now() };
  }
}
