import { Emitter, type Disposable } from '../util/emitter.ts';
import type { Credit, KeyInfo } from './credit.ts';
import { RequestError } from './requestError.ts';

/** Reads the record of the key in use. Throws a `RequestError`. */
export interface KeyInfoSource {
  keyInfo(signal: AbortSignal): Promise<KeyInfo>;
}

/** When the credit is read again without being asked for. */
export interface Polling {
  /** Zero switches polling off. */
  readonly seconds: number;
  /** Only a window that someone looks at polls. */
  readonly focused: boolean;
}

/** An answer's cost reaches the key's counters a little later. */
const afterAnswerMs = 1_500;

/** However impatient the setting, the service is not asked more often than this. */
const shortestPollMs = 1_000;

/** Timers count in 31 bits; one that is longer would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Keeps the credit up to date: on request, after answers, and on an interval. */
export class CreditMonitor implements Disposable {
  readonly #source: KeyInfoSource;
  readonly #now: () => number;
  readonly #changed = new Emitter<Credit>();
  readonly #closing = new AbortController();
  #credit: Credit = { state: 'unknown' };
  /** Counts the keys so far: what a reading says of an earlier one is not taken over. */
  #keys = 0;
  #triedAt = 0;
  #reading: Promise<void> | undefined;
  #again = false;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setTimeout> | undefined;
  #polling: Polling = { seconds: 0, focused: false };

  readonly onDidChange = this.#changed.event;

  constructor(source: KeyInfoSource, now: () => number) {
    this.#source = source;
    this.#now = now;
  }

  get credit(): Credit {
    return this.#credit;
  }

  /** Reads the credit now. A call during a reading leads to one more, because the key may have changed. */
  refresh(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return this.#reading;
    }
    this.#reading = this.#readUntilCurrent().finally(() => {
      this.#reading = undefined;
      this.#schedule();
    });
    return this.#reading;
  }

  /** Forgets what was known of another key, and reads the record of the one in use now. */
  keyChanged(): Promise<void> {
    this.#keys += 1;
    this.#set({ state: 'unknown' });
    return this.refresh();
  }

  /** Reads the credit once, soon after the last of a series of answers. */
  refreshSoon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.refresh(), afterAnswerMs);
  }

  setPolling(polling: Polling): void {
    this.#polling = polling;
    this.#schedule();
  }

  dispose(): void {
    this.#closing.abort();
    clearTimeout(this.#soon);
    clearTimeout(this.#poll);
    this.#changed.dispose();
  }

  async #readUntilCurrent(): Promise<void> {
    this.#again = false;
    clearTimeout(this.#soon);
    this.#triedAt = this.#now();
    const keys = this.#keys;
    const credit = await this.#read();
    if (this.#closing.signal.aborted) {
      return;
    }
    if (keys === this.#keys) {
      this.#set(credit);
    }
    if (this.#isAskedAgain()) {
      await this.#readUntilCurrent();
    }
  }

  /** Asked while a reading was under way; the flag is set from outside, which the compiler cannot see. */
  #isAskedAgain(): boolean {
    return this.#again;
  }

  async #read(): Promise<Credit> {
    try {
      const key = await this.#source.keyInfo(this.#closing.signal);
      return { state: 'known', key, readAt: this.#now() };
    } catch (error) {
      if (error instanceof RequestError && error.kind === 'noKey') {
        return { state: 'missing' };
      }
      if (error instanceof RequestError && error.kind === 'key') {
        return { state: 'rejected' };
      }
      if (error instanceof RequestError && error.kind === 'noKeyRecord') {
        return { state: 'none' };
      }
      const last = lastOf(this.#credit);
      return { state: 'offline', ...(last && { last }) };
    }
  }

  #set(credit: Credit): void {
    this.#credit = credit;
    this.#changed.fire(credit);
  }

  #schedule(): void {
    clearTimeout(this.#poll);
    const { seconds, focused } = this.#polling;
    const asked = this.#credit.state === 'known' || this.#credit.state === 'offline';
    if (seconds === 0 || !focused || !asked || this.#closing.signal.aborted) {
      return;
    }
    const due = this.#triedAt + Math.max(seconds * 1_000, shortestPollMs) - this.#now();
    this.#poll = setTimeout(() => void this.refresh(), Math.min(Math.max(0, due), longestTimerMs));
  }
}

function lastOf(credit: Credit): { readonly key: KeyInfo; readonly readAt: number } | undefined {
  if (credit.state === 'known') {
    return { key: credit.key, readAt: credit.readAt };
  }
  return credit.state === 'offline' ? credit.last : undefined;
}
