import { createHash } from 'node:crypto';
import type { Answer } from './answer.ts';
import type { Clock } from './clock.ts';
import type { Head } from './completion.ts';

/** An answer that may be given again without a charge. */
export interface CachedAnswer {
  readonly head: Head;
  readonly answer: Answer;
  readonly promptTokens: number;
  readonly storedAt: number;
}

/** What the request's headers say about the cache. */
export interface CacheWish {
  readonly enabled: boolean;
  readonly clear: boolean;
  readonly seconds: number;
}

/** Reads `X-OpenRouter-Cache` and its companions. */
export function cacheWish(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): CacheWish {
  const seconds = Number(headers['x-openrouter-cache-ttl'] ?? 300);
  return {
    enabled: headers['x-openrouter-cache'] === 'true',
    clear: headers['x-openrouter-cache-clear'] === 'true',
    seconds: Math.min(Math.max(seconds, 1), 86_400),
  };
}

/** Answers by the exact request: key, address and body, in which the order of members counts and white space does not. */
export class ResponseCache {
  readonly #clock: Clock;
  readonly #answers = new Map<string, CachedAnswer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The name under which an answer to this request is kept. */
  nameOf(key: string, body: unknown): string {
    return createHash('sha256')
      .update(`${key}\n${JSON.stringify(body)}`)
      .digest('hex');
  }

  /** The answer, if it is not too old. */
  find(name: string, wish: CacheWish): CachedAnswer | undefined {
    if (wish.clear) this.#answers.delete(name);
    const found = this.#answers.get(name);
    return found && this.#clock.now() - found.storedAt < wish.seconds * 1000 ? found : undefined;
  }

  /** Keeps an answer. */
  store(name: string, answer: Omit<CachedAnswer, 'storedAt'>): void {
    this.#answers.set(name, { ...answer, storedAt: this.#clock.now() });
  }

  /** Whole seconds since the answer was kept. */
  ageOf(answer: CachedAnswer): number {
    return Math.floor((this.#clock.now() - answer.storedAt) / 1000);
  }

  /** Forgets every answer. */
  reset(): void {
    this.#answers.clear();
  }
}
