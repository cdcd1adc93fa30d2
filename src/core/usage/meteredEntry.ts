import type { ResponseEvent } from '../conversation/generation/chatModel.ts';
import type { Usage } from '../conversation/message.ts';
import { isFreeId } from '../model/modelId.ts';
import type { PicoDollars } from '../money/money.ts';
import { costAt, type AnswerPrices } from './answerPrices.ts';
import type { Admission, EndedRequest, Ledger, Origin } from './ledger.ts';
import type { PendingWrites } from './pendingWrites.ts';

/** About this many characters per token. */
const charactersPerToken = 4;

/** What the entry of a request needs from its environment. */
export interface EntryParts {
  readonly ledger: Ledger;
  /** Called when a sent request ends, with its cost if reported, and whether it was one to a free model. */
  readonly ended: (usage: Usage | undefined, isFree: boolean) => void;
  /** Asks for a generation's recorded usage and updates the ledger. */
  readonly lookUp: (generationId: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called when the ledger can't be written, or a usage can't be right: answers still go through. */
  readonly failed: (error: unknown) => void;
}

/** A request that the ledger has admitted; without an entry where the ledger can't be written. */
interface Begun {
  readonly admitted: Extract<Admission, { readonly id: number }> | undefined;
  readonly prices: AnswerPrices | undefined;
  readonly model: string;
  readonly beganAt: number;
  /** Whether the reservation is what such a request may cost, and not all that was left. */
  readonly isBounded: boolean;
}

/** One running request. */
export class MeteredEntry {
  readonly #parts: EntryParts;
  readonly #writes: PendingWrites;
  readonly #admitted: Begun['admitted'];
  readonly #prices: AnswerPrices | undefined;
  readonly #beganAt: number;
  readonly #isBounded: boolean;
  readonly #model: string;
  #origin: Origin = {};
  #usage: Usage | undefined;
  #characters = 0;
  #firstTokenMs: number | undefined;
  #ended = false;

  constructor(
    parts: EntryParts,
    writes: PendingWrites,
    { admitted, prices, model, beganAt, isBounded }: Begun,
  ) {
    this.#parts = parts;
    this.#writes = writes;
    this.#admitted = admitted;
    this.#prices = prices;
    this.#beganAt = beganAt;
    this.#isBounded = isBounded;
    this.#model = model;
  }

  /** Takes what an event says of the request. */
  take(event: ResponseEvent): void {
    if (event.type === 'origin') {
      const { type: _type, ...origin } = event;
      this.#origin = { ...this.#origin, ...origin };
      this.#write((id, ledger) => {
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
    const durationMs = this.#parts.now() - this.#beganAt;
    this.#write((id, ledger) => {
      ledger.end(id, {
        status,
        ...(failure !== undefined && { failure }),
        ...(this.#usage && { usage: this.#usage }),
        assumedCost: this.#assumedCost(status),
        durationMs,
        ...(this.#firstTokenMs !== undefined && { firstTokenMs: this.#firstTokenMs }),
      });
    });
    this.#parts.ended(this.#usage, [this.#model, this.#origin.model ?? ''].some(isFreeId));
    if (this.#usage?.unsound === true) {
      this.#parts.failed(new Error(`Impossible figures in the usage of ${generationId ?? 'an answer'}`));
    }
    if (generationId !== undefined && (!this.#usage || this.#usage.estimated === true)) {
      this.#parts.lookUp(generationId);
    }
  }

  /** A rejected request costs nothing; a stopped one costs what was received, or what was reserved if there is no price. */
  #assumedCost(status: EndedRequest['status']): PicoDollars {
    const untouched = this.#origin.generationId === undefined && this.#characters === 0;
    if (status === 'failed' && untouched && !this.#usage) {
      return 0;
    }
    if (this.#prices) {
      return costAt(this.#prices, Math.ceil(this.#characters / charactersPerToken));
    }
    const isTold = this.#usage !== undefined && this.#usage.estimated !== true;
    return isTold || !this.#isBounded ? 0 : (this.#admitted?.reserved ?? 0);
  }

  #write(work: (id: number, ledger: Ledger) => void): void {
    const { id } = this.#admitted ?? {};
    if (id !== undefined) {
      this.#writes.write(() => {
        work(id, this.#parts.ledger);
      });
    }
  }
}
