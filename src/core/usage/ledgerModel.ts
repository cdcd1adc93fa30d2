import type { ChatModel, ChatRequest, ResponseEvent } from '../conversation/chatModel.ts';
import type { Usage } from '../conversation/message.ts';
import type { RequestEstimate } from '../conversation/requestEstimate.ts';
import type { MicroDollars } from '../model/money.ts';
import { RequestError } from '../model/requestError.ts';
import { smallestMaxTokens } from '../model/requestSettings.ts';
import type { Admitted, EndedRequest, Ledger, Origin } from './ledger.ts';
import { startOfDay } from './days.ts';

/** What the decorator knows of the world. */
export interface LedgerParts {
  readonly ledger: Ledger;
  readonly estimate: (request: ChatRequest) => RequestEstimate;
  /** What may be spent in a day; nothing where there is no limit. */
  readonly dayLimit: () => MicroDollars | undefined;
  /** Told when a request that was sent has ended, however it ended, with what it cost if the service said so. */
  readonly ended: (usage: Usage | undefined) => void;
  /** Has the service's books asked about a generation, and the ledger told. */
  readonly lookUp: (generationId: string) => void;
  readonly workspace: () => string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told when the ledger cannot be written: nobody goes without an answer for that. */
  readonly failed: (error: unknown) => void;
}

/** Set aside for a request whose price cannot be told, in micro-dollars. */
const reservedUnpriced = 50_000;

/** An answer is not made shorter than this to fit into what is left of the day's budget, in tokens. */
const shortestAnswer = 256;

/** Estimates are rounded; this much is kept back so that they do not add up to more, in micro-dollars. */
const rounding = 2;

/** About so many characters are a token. */
const charactersPerToken = 4;

/**
 * Enters each request in the ledger. It stands inside of what tries again, next to the client, because each try is a
 * request of its own that may be billed. A request for which the day's budget has too little left is not sent; one
 * whose longest answer would go beyond it gets a shorter answer.
 */
export class LedgerModel implements ChatModel {
  readonly #model: ChatModel;
  readonly #parts: LedgerParts;

  constructor(model: ChatModel, parts: LedgerParts) {
    this.#model = model;
    this.#parts = parts;
  }

  /** Streams one answer; see `ChatModel`. Throws a `RequestError` of kind `dayBudget` before anything is sent. */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ResponseEvent> {
    const prices = pricesOf(this.#parts.estimate(request), request);
    const { admitted, beganAt } = this.#begin(request, prices);
    const entry = new Entry(this.#parts, admitted, prices, beganAt);
    const sent = admitted ? fitted(request, prices, admitted.reserved) : request;
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
      // Whoever listened has gone.
      entry.end('stopped');
    }
  }

  #begin(request: ChatRequest, prices: Prices): { readonly admitted?: Admitted; readonly beganAt: number } {
    const { ledger, dayLimit, workspace, now, failed } = this.#parts;
    const limit = dayLimit();
    const beganAt = now();
    const name = workspace();
    const begun = {
      beganAt,
      ...(name !== undefined && { workspace: name }),
      feature: request.feature ?? 'chat',
      requestedModel: request.model,
      ...(prices.known && { estimate: prices.most }),
      reserve: { least: prices.enough, most: prices.most },
    };
    try {
      const admitted = ledger.begin(
        begun,
        limit === undefined ? undefined : { limit, since: startOfDay(beganAt) },
      );
      if (!admitted) {
        throw new RequestError('dayBudget');
      }
      return { admitted, beganAt };
    } catch (error) {
      // Without the ledger a limit cannot be kept; without a limit the answer is worth more than its entry.
      if (limit !== undefined) {
        throw error;
      }
      failed(error);
      return { beganAt };
    }
  }
}

/** What answers of different lengths cost, as far as that can be told. */
interface Prices {
  readonly known: boolean;
  /** With an answer of one token, with the shortest one that is worth sending for, and with the longest one. */
  readonly least: MicroDollars;
  readonly enough: MicroDollars;
  readonly most: MicroDollars;
  readonly maxTokens: number;
}

function pricesOf({ cost }: RequestEstimate, { maxTokens, schema }: ChatRequest): Prices {
  if (cost === undefined || cost === 'variable') {
    return { known: false, least: 0, enough: 1, most: reservedUnpriced, maxTokens };
  }
  const prices = { known: true, ...cost, maxTokens };
  // Half of a structured answer is worth nothing.
  const enough = schema ? cost.most : costAt(prices, Math.min(shortestAnswer, maxTokens)) + rounding;
  return { ...prices, enough: Math.min(enough, cost.most) };
}

function costAt({ least, most, maxTokens }: Omit<Prices, 'enough'>, tokens: number): MicroDollars {
  const share = maxTokens <= 1 ? 1 : Math.min(1, Math.max(0, (tokens - 1) / (maxTokens - 1)));
  return Math.round(least + (most - least) * share);
}

/** The request with an answer no longer than what is set aside pays for. */
function fitted(
  request: ChatRequest,
  { known, least, most, maxTokens }: Prices,
  reserved: MicroDollars,
): ChatRequest {
  if (!known || reserved >= most) {
    return request;
  }
  const tokens = Math.floor(1 + ((reserved - rounding - least) * (maxTokens - 1)) / (most - least));
  return { ...request, maxTokens: Math.max(smallestMaxTokens, tokens) };
}

/** One request on its way. */
class Entry {
  readonly #parts: LedgerParts;
  readonly #admitted: Admitted | undefined;
  readonly #prices: Prices;
  readonly #beganAt: number;
  #origin: Origin = {};
  #usage: Usage | undefined;
  #characters = 0;
  #firstTokenMs: number | undefined;
  #ended = false;

  constructor(parts: LedgerParts, admitted: Admitted | undefined, prices: Prices, beganAt: number) {
    this.#parts = parts;
    this.#admitted = admitted;
    this.#prices = prices;
    this.#beganAt = beganAt;
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

  /** Notes the end, once. */
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

  /** What was refused costs nothing; what was under way, what was read of it. */
  #assumedCost(status: EndedRequest['status']): MicroDollars {
    const untouched = this.#origin.generationId === undefined && this.#characters === 0;
    if (!this.#prices.known || (status === 'failed' && untouched)) {
      return 0;
    }
    return costAt(this.#prices, Math.ceil(this.#characters / charactersPerToken));
  }

  #write(work: (id: number, parts: LedgerParts) => void): void {
    if (!this.#admitted) {
      return;
    }
    try {
      work(this.#admitted.id, this.#parts);
    } catch (error) {
      this.#parts.failed(error);
    }
  }
}
