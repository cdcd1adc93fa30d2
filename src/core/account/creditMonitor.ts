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

/** The clocks of two machines differ a little: what is renewed at a time is read a little after it. */
const afterRenewalMs = 5_000;

/** However impatient the setting, the service is not asked more often than this. */
const minPollMs = 1_000;

/** Timers count in 31 bits; one that is longer would fire at once. */
const maxTimerMs = 2 ** 31 - 1;

/** Keeps the credit up to date: on request, with every answer, on an interval, and when something is renewed. */
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
  /** What answers cost that ended while the credit is being read: the reading may not know of them. */
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

  /**
   * Adds what an answer cost, as far as that is known, to what is shown, so that it is never behind the answer itself;
   * and reads the credit once, soon after the last of a series of answers.
   */
  answered(cost: AnswerCost = {}): void {
    if (cost.cost !== undefined && cost.cost !== 0) {
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

  /** Asked while a reading was under way; the flag is set from outside, which the compiler cannot see. */
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

  /** The service does not say why it rejects a key, but it may have said before until when it takes it. */
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

  /** What was spent today begins anew every day, whatever else does; polling or not, it is read once then. */
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
