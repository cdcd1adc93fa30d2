import { unsettledIds, withUsage } from '../generations.ts';
import type { AssistantMessage, Message, Usage } from '../message.ts';
import { booksLastMs } from '../generation/usageLookup.ts';

/** What settling works with. */
interface SettlementParts {
  /** Waits for what the service's books say of an answer; nothing when they never do. */
  readonly lookUpUsage: (generationId: string) => Promise<Usage | undefined>;
  /** A message as it is by now. */
  readonly find: (messageId: string) => Message | undefined;
  /** Takes an answer whose true cost is known. */
  readonly settled: (answer: AssistantMessage) => void;
}

/** Puts what the service says in the place of estimates, also when nobody looks at the chat any more. */
export class Settlement {
  readonly #parts: SettlementParts;

  constructor(parts: SettlementParts) {
    this.#parts = parts;
  }

  async settle({ id, answer }: AssistantMessage): Promise<void> {
    await Promise.all(unsettledIds(answer).map((generationId) => this.#settleOne(id, generationId)));
  }

  /** Goes on with what an earlier session could not settle. */
  async resume(messages: readonly Message[], now: number): Promise<void> {
    const recent = messages.filter(
      (message): message is AssistantMessage =>
        message.role === 'assistant' && message.createdAt > now - booksLastMs,
    );
    await Promise.all(recent.map((answer) => this.settle(answer)));
  }

  async #settleOne(messageId: string, generationId: string): Promise<void> {
    const truth = await this.#parts.lookUpUsage(generationId);
    const message = this.#parts.find(messageId);
    if (truth && message?.role === 'assistant') {
      this.#parts.settled({ ...message, answer: withUsage(message.answer, generationId, truth) });
    }
  }
}
