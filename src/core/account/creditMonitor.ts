import { Emitter, type Disposable } from '../util/emitter.ts';
import {
  readingOf,
  withCost,
  type AnswerCost,
  type Credit,
  type KeyInfo,
  type KeyReading,
} from './credit.ts';
import { nextMidnight } from './renewal.ts';
import { RequestError } from '../model/requestError.ts';

/** Reads the current key's record. Throws a `RequestError`. */
export interface KeyInfoSource {
  keyInfo(signal: AbortSignal): Promise<KeyInfo>;
}

/** When to refresh the credit automatically. */
export interface Polling {
  /** Zero turns polling off. */
  readonly seconds: number;
  /** Only focused windows poll. */
  readonly focused: boolean;
}

/** An answer's cost reaches the key's counters with a delay. */
const afterAnswerMs = 1_500;

/** Clocks differ a little, so read slightly after a renewal. */
const afterRenewalMs = 5_000;

/** The shortest polling interval, whatever the setting says. */
const minPollMs = 1_000;

/** Timers are 31-bit; a longer delay would fire at once. */
const maxTimerMs = 2 ** 31 - 1;

/** Keeps the credit current: on request, after answers, on an interval, and after renewals. */
export class CreditMonitor implements Disposable {
  readonly #source: KeyInfoSource;
  readonly #now: () => number;
  readonly #changed = new Emitter<Credit>();
  readonly #closing = new AbortController();
  #credit: Credit = { state: 'unknown' };
  /** Counts keys, so that a reading for an earlier key is dropped. */
  #keys = 0;
  #triedAt = 0;
  #reading: Promise<void> | undefined;
  #again = false;
  /** Costs of answers that ended during a reading, which may not include them. */
  #meanwhile: readonly AnswerCost[] = [];
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

  /** Reads the credit now. A call during a reading triggers another one, because the key may have changed. */
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

  /** Forgets the previous key and reads the record of the current one. */
  keyChanged(): Promise<void> {
    this.#keys += 1;
    this.#set({ state: 'unknown' });
    return this.refresh();
  }

  /** Adds an answer's cost to what is shown right away, then reads the credit once after a series of answers. */
  answered(cost: AnswerCost = {}): void {
    if ((cost.cost !== undefined && cost.cost !== 0) || cost.isFreeRequest === true) {
      this.#meanwhile = this.#reading ? [...this.#meanwhile, cost] : [];
      this.#set(creditWith(this.#credit, cost));
    }
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
    this.#meanwhile = [];
    clearTimeout(this.#soon);
    this.#triedAt = this.#now();
    const keys = this.#keys;
    const credit = await this.#read();
    if (this.#closing.signal.aborted) {
      return;
    }
    if (keys === this.#keys) {
      this.#set(credit.state === 'known' ? this.#meanwhile.reduce(creditWith, credit) : credit);
    }
    if (this.#isAskedAgain()) {
      await this.#readUntilCurrent();
    }
  }

  /** Requested during a reading; the flag is set from outside, which the compiler can't see. */
  #isAskedAgain(): boolean {
    return this.#again;
  }

  async #read(): Promise<Credit> {
    try {
      const key = await this.#source.keyInfo(this.#closing.signal);
      return this.#expired({ key, readAt: this.#now() }) ?? { state: 'known', key, readAt: this.#now() };
    } catch (error) {
      if (error instanceof RequestError && error.kind === 'noKey') {
        return { state: 'missing' };
      }
      if (error instanceof RequestError && error.kind === 'key') {
        return this.#expiredBefore() ?? { state: 'rejected' };
      }
      if (error instanceof RequestError && error.kind === 'noKeyRecord') {
        return { state: 'none' };
      }
      const last = readingOf(this.#credit);
      return { state: 'offline', ...(last && { last: { key: last.key, readAt: last.readAt } }) };
    }
  }

  /** The service doesn't say why it rejects a key, but an earlier record may hold its expiry. */
  #expiredBefore(): Credit | undefined {
    const last = readingOf(this.#credit);
    return this.#credit.state === 'expired' ? this.#credit : last && this.#expired(last);
  }

  #expired({ key: { expiresAt } }: KeyReading): Credit | undefined {
    return expiresAt !== undefined && expiresAt <= this.#now()
      ? { state: 'expired', expiredAt: expiresAt }
      : undefined;
  }

  #set(credit: Credit): void {
    this.#credit = credit;
    this.#changed.fire(credit);
  }

  #schedule(): void {
    clearTimeout(this.#poll);
    const asked = this.#credit.state === 'known' || this.#credit.state === 'offline';
    if (!asked || this.#closing.signal.aborted) {
      return;
    }
    const wait = Math.min(this.#pollDue(), this.#renewalDue()) - this.#now();
    this.#poll = setTimeout(() => void this.refresh(), Math.min(Math.max(0, wait), maxTimerMs));
  }

  #pollDue(): number {
    const { seconds, focused } = this.#polling;
    return seconds === 0 || !focused ? Infinity : this.#triedAt + Math.max(seconds * 1_000, minPollMs);
  }

  /** Today's spending starts over at midnight, so it is read then even without polling. */
  #renewalDue(): number {
    const tried = this.#triedAt - afterRenewalMs;
    const { budget, expiresAt } = readingOf(this.#credit)?.key ?? {};
    const times = [budget?.resetsAt, expiresAt].filter((time) => time !== undefined);
    return Math.min(nextMidnight(tried), ...times.filter((time) => time > tried)) + afterRenewalMs;
  }
}

function creditWith(credit: Credit, cost: AnswerCost): Credit {
  if (credit.state === 'known') {
    return { ...credit, key: withCost(credit.key, cost) };
  }
  if (credit.state === 'offline' && credit.last) {
    return { ...credit, last: { ...credit.last, key: withCost(credit.last.key, cost) } };
  }
  return credit;
}
