import { promptTokens, type Message } from '../message.ts';

/** Estimates the tokens of messages, of each only once: a message never changes, only another takes its place. */
export class TokenCounter {
  readonly #known = new WeakMap<Message, number>();

  of(messages: readonly Message[]): number {
    return messages.reduce((sum, message) => sum + this.#one(message), 0);
  }

  #one(message: Message): number {
    const known = this.#known.get(message);
    if (known !== undefined) {
      return known;
    }
    const tokens = promptTokens([message]);
    this.#known.set(message, tokens);
    return tokens;
  }
}
