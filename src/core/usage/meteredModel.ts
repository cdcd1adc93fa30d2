import type { ChatModel, ChatRequest, ResponseEvent } from '../conversation/generation/chatModel.ts';
import type { Usage } from '../conversation/message.ts';
import type { CostRange, RequestEstimate } from '../conversation/generation/requestEstimate.ts';
import { toPicoDollars, type MicroDollars, type PicoDollars } from '../money/money.ts';
import { RequestError } from '../model/requestError.ts';
import { minMaxTokens } from '../model/requestSettings.ts';
import {
  startOfDay,
  type Admission,
  type BegunRequest,
  type Budget,
  type EndedRequest,
  type Ledger,
  type Origin,
} from './ledger.ts';

/** What the decorator needs from its environment. */
export interface LedgerParts {
  readonly ledger: Ledger;
  readonly estimate: (request: ChatRequest) => RequestEstimate;
  /** The most a request would cost with any model; absent if none has a price. */
  readonly maxCost: (request: ChatRequest) => PicoDollars | undefined;
  /** The daily budget; absent if there is none. */
  readonly dayLimit: () => MicroDollars | undefined;
  /** Called when a sent request ends, with its cost if reported. */
  readonly ended: (usage: Usage | undefined) => void;
  /** Asks for a generation's recorded usage and updates the ledger. */
  readonly lookUp: (generationId: string) => void;
  readonly workspace: () => string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called when the ledger can't be written: answers still go through. */
  readonly failed: (error: unknown) => void;
}

/** The shortest length an answer is reduced to for a budget, in tokens. */
const minAnswerTokens = 256;

/** About this many characters per token. */
const charactersPerToken = 4;

/**
 * Records every request in the ledger. It wraps the client inside of retries, because each attempt may be billed. A
 * request whose budget has too little left isn't sent; one whose longest answer would exceed it gets a shorter answer.
 */
export class MeteredModel implements ChatModel {
  readonly #model: ChatModel;
  readonly #parts: LedgerParts;

  constructor(model: ChatModel, parts: LedgerParts) {
    this.#model = model;
    this.#parts = parts;
  }

  /**
   * Streams one answer; see `ChatModel`. Throws a `RequestError` of kind `dayBudget` or `runBudget` before anything is
   * sent.
   */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ResponseEvent> {
    const prices = pricesOf(this.#parts.estimate(request), request);
    const { admitted, beganAt } = this.#begin(request, prices);
    const entry = new Entry(this.#parts, { id: admitted?.id, prices, beganAt });
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
    prices: Prices | undefined,
  ): { readonly admitted?: Extract<Admission, { readonly id: number }>; readonly beganAt: number } {
    const { ledger, dayLimit, now, failed } = this.#parts;
    const limit = dayLimit();
    const beganAt = now();
    const budgets: readonly Budget[] = [
      ...(limit === undefined
        ? []
        : [{ of: 'day', limit: toPicoDollars(limit), since: startOfDay(beganAt) } as const]),
      ...(request.run ? [{ of: 'run', limit: request.run.limit, run: request.run.id } as const] : []),
    ];
    try {
      const reserve = prices
        ? { least: prices.enough, most: prices.most }
        : this.#reserveUnpriced(request, budgets);
      const admission = ledger.begin({ ...this.#about(request, beganAt, prices), reserve }, budgets);
      if ('refusedBy' in admission) {
        throw new RequestError(admission.refusedBy === 'day' ? 'dayBudget' : 'runBudget');
      }
      return { admitted: admission, beganAt };
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
      return { beganAt };
    }
  }

  #about(
    { feature, model, run }: ChatRequest,
    beganAt: number,
    prices: Prices | undefined,
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
  #reserveUnpriced(request: ChatRequest, budgets: readonly Budget[]): BegunRequest['reserve'] {
    if (budgets.length === 0) {
      return { least: 0, most: 0 };
    }
    const { ledger, maxCost } = this.#parts;
    const most = ledger.mostExpensiveOf(request.model) ?? maxCost(request);
    return { least: 0, most: most ?? Math.min(...budgets.map(({ limit }) => limit)) };
  }
}

/** The cost of answers of different lengths. */
interface Prices extends CostRange {
  /** With the shortest useful answer. */
  readonly enough: PicoDollars;
  readonly maxTokens: number;
}

/** Absent if unknown. */
function pricesOf({ cost }: RequestEstimate, { maxTokens, schema }: ChatRequest): Prices | undefined {
  if (cost === undefined || cost === 'variable') {
    return undefined;
  }
  const prices = { ...cost, maxTokens };
  // Half a structured answer is useless.
  return { ...prices, enough: schema ? cost.most : costAt(prices, Math.min(minAnswerTokens, maxTokens)) };
}

function costAt({ uncached, most, maxTokens }: Omit<Prices, 'enough'>, tokens: number): PicoDollars {
  const share = maxTokens <= 1 ? 1 : Math.min(1, Math.max(0, (tokens - 1) / (maxTokens - 1)));
  return Math.round(uncached + (most - uncached) * share);
}

/** The request with an answer length that its reservation covers. */
function fitted(
  request: ChatRequest,
  { uncached, most, maxTokens }: Prices,
  reserved: PicoDollars,
): ChatRequest {
  if (reserved >= most) {
    return request;
  }
  const tokens = Math.floor(1 + ((reserved - uncached) * (maxTokens - 1)) / (most - uncached));
  return { ...request, maxTokens: Math.max(minMaxTokens, tokens) };
}

/** One running request. */
class Entry {
  readonly #parts: LedgerParts;
  readonly #id: number | undefined;
  readonly #prices: Prices | undefined;
  readonly #beganAt: number;
  #origin: Origin = {};
  #usage: Usage | undefined;
  #characters = 0;
  #firstTokenMs: number | undefined;
  #ended = false;

  constructor(
    parts: LedgerParts,
    begun: { readonly id: number | undefined; readonly prices: Prices | undefined; readonly beganAt: number },
  ) {
    this.#parts = parts;
    this.#id = begun.id;
    this.#prices = begun.prices;
    this.#beganAt = begun.beganAt;
  }

  take(event: ResponseEvent): void {
    if (event.type === 'origin') {
      const { type: _type, ...origin } = event;
      this.#origin = { ...this.#origin, ...origin };
      this.#write((id, { ledger }) => {
        ledger.note(id, origin);
      });
    } else if (event.type === 'usage') {
      this.#usage = event.usage;
    } else if (event.type === 'text' || event.type === 'reasoning') {
      this.#firstTokenMs ??= this.#parts.now() - this.#beganAt;
      this.#characters += event.text.length;
    } else if (event.type === 'toolCalls') {
      this.#characters += event.calls.reduce((sum, call) => sum + call.arguments.length, 0);
    }
  }

  /** Records the end, once. */
  end(status: EndedRequest['status'], failure?: string): void {
    if (this.#ended) {
      return;
    }
    this.#ended = true;
    const { generationId } = this.#origin;
    this.#write((id, { ledger, now }) => {
      ledger.end(id, {
        status,
        ...(failure !== undefined && { failure }),
        ...(this.#usage && { usage: this.#usage }),
        assumedCost: this.#assumedCost(status),
        durationMs: now() - this.#beganAt,
        ...(this.#firstTokenMs !== undefined && { firstTokenMs: this.#firstTokenMs }),
      });
    });
    this.#parts.ended(this.#usage);
    if (!this.#usage && generationId !== undefined) {
      this.#parts.lookUp(generationId);
    }
  }

  /** A rejected request costs nothing; a stopped one costs what was received. */
  #assumedCost(status: EndedRequest['status']): PicoDollars {
    const untouched = this.#origin.generationId === undefined && this.#characters === 0;
    if (!this.#prices || (status === 'failed' && untouched)) {
      return 0;
    }
    return costAt(this.#prices, Math.ceil(this.#characters / charactersPerToken));
  }

  #write(work: (id: number, parts: LedgerParts) => void): void {
    if (this.#id === undefined) {
      return;
    }
    try {
      work(this.#id, this.#parts);
    } catch (error) {
      this.#parts.failed(error);
    }
  }
}
