import type { ChatModel, ChatRequest, ResponseEvent } from '../conversation/generation/chatModel.ts';
import type { RequestEstimate } from '../conversation/generation/requestEstimate.ts';
import { toPicoDollars, type MicroDollars, type PicoDollars } from '../money/money.ts';
import { RequestError } from '../model/requestError.ts';
import { fitted, pricesOf, type AnswerPrices } from './answerPrices.ts';
import { startOfDay, type Admission, type BegunRequest, type Budget } from './ledger.ts';
import { MeteredEntry, type EntryParts } from './meteredEntry.ts';
import { PendingWrites } from './pendingWrites.ts';

type Admitted = Extract<Admission, { readonly id: number }>;

/** What the decorator needs from its environment. */
export interface LedgerParts extends EntryParts {
  readonly estimate: (request: ChatRequest) => RequestEstimate;
  /** The most a request would cost with any model; absent if none has a price. */
  readonly maxCost: (request: ChatRequest) => PicoDollars | undefined;
  /** The daily budget; absent if there is none. */
  readonly dayLimit: () => MicroDollars | undefined;
  readonly workspace: () => string | undefined;
}

const refusals = { day: 'dayBudget', run: 'runBudget', unknown: 'spendingUnknown' } as const;

/**
 * Records every request in the ledger. It wraps the client inside of retries, because each attempt may be billed. A
 * request whose budget has too little left isn't sent; one whose longest answer would exceed it gets a shorter answer.
 */
export class MeteredModel implements ChatModel {
  readonly #model: ChatModel;
  readonly #parts: LedgerParts;
  readonly #writes: PendingWrites;

  constructor(model: ChatModel, parts: LedgerParts) {
    this.#model = model;
    this.#parts = parts;
    this.#writes = new PendingWrites(parts.failed);
  }

  /**
   * Streams one answer; see `ChatModel`. Throws a `RequestError` of kind `dayBudget`, `runBudget`, `spendingUnknown` or
   * `ledger` before anything is sent.
   */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ResponseEvent> {
    const prices = pricesOf(this.#parts.estimate(request), request);
    const begun = this.#begin(request, prices);
    const { admitted } = begun;
    const entry = new MeteredEntry(this.#parts, this.#writes, { ...begun, prices, model: request.model });
    const sent = admitted && prices ? fitted(request, prices, admitted.reserved) : request;
    try {
      for await (const event of this.#model.stream(sent, signal)) {
        entry.take(event);
        yield event;
      }
      entry.end(signal.aborted ? 'stopped' : 'done');
    } catch (error) {
      entry.end('failed', error instanceof RequestError ? error.kind : 'unknown');
      throw error;
    } finally {
      // The listener is gone.
      entry.end('stopped');
    }
  }

  #begin(
    request: ChatRequest,
    prices: AnswerPrices | undefined,
  ): { readonly admitted: Admitted | undefined; readonly beganAt: number; readonly isBounded: boolean } {
    const { ledger, dayLimit, now, failed } = this.#parts;
    const limit = dayLimit();
    const beganAt = now();
    const budgets: readonly Budget[] = [
      ...(limit === undefined
        ? []
        : [{ of: 'day', limit: toPicoDollars(limit), since: startOfDay(beganAt) } as const]),
      ...(request.run ? [{ of: 'run', limit: request.run.limit, run: request.run.id } as const] : []),
    ];
    this.#writes.catchUp();
    try {
      const { isBounded, ...reserve } = prices
        ? { least: prices.enough, most: prices.most, isBounded: true }
        : this.#reserveUnpriced(request, budgets);
      const admission = ledger.begin({ ...this.#about(request, beganAt, prices), reserve }, budgets);
      if ('refusedBy' in admission) {
        throw new RequestError(refusals[admission.refusedBy]);
      }
      return { admitted: admission, beganAt, isBounded };
    } catch (error) {
      // Without the ledger a daily budget can't be enforced; without a budget, the answer matters more than its entry.
      if (error instanceof RequestError) {
        throw error;
      }
      if (limit !== undefined) {
        const detail = error instanceof Error ? error.message : String(error);
        throw new RequestError('ledger', { cause: error, detail });
      }
      failed(error);
      return { admitted: undefined, beganAt, isBounded: false };
    }
  }

  #about(
    { feature, model, run }: ChatRequest,
    beganAt: number,
    prices: AnswerPrices | undefined,
  ): Omit<BegunRequest, 'reserve'> {
    const workspace = this.#parts.workspace();
    return {
      beganAt,
      ...(workspace !== undefined && { workspace }),
      feature: feature ?? 'chat',
      requestedModel: model,
      ...(run && { run: run.id }),
      ...(prices && { estimate: { least: prices.least, most: prices.most } }),
    };
  }

  /**
   * What is set aside for a request whose price cannot be told, as that of a router: as much as the most expensive of the last
   * requests that asked for the same model took. Before the first of them has told, it is what the most expensive model of the
   * catalog would take, and where nothing has a price, all that is left: other requests of that day then wait for
   * this one to end, but nothing is spent that is not there. Without a budget there is nothing to set aside.
   */
  #reserveUnpriced(
    request: ChatRequest,
    budgets: readonly Budget[],
  ): BegunRequest['reserve'] & { readonly isBounded: boolean } {
    if (budgets.length === 0) {
      return { least: 0, most: 0, isBounded: false };
    }
    const { ledger, maxCost } = this.#parts;
    const most = ledger.mostExpensiveOf(request.model) ?? maxCost(request);
    const all = Math.min(...budgets.map(({ limit }) => limit));
    return { least: 0, most: most ?? all, isBounded: most !== undefined };
  }
}
