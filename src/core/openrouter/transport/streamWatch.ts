/** How long a server may be silent, in milliseconds. */
export interface Patience {
  /** Until the response headers arrive. */
  readonly headersMs: number;
  /** Without a byte the connection is dead; keep-alive comments count as bytes. */
  readonly bytesMs: number;
  /** Without an event the connection is alive but the model isn't. */
  readonly eventsMs: number;
}

/** Long enough for a reasoning model, short enough for a waiting person. */
export const defaultPatience: Patience = { headersMs: 120_000, bytesMs: 30_000, eventsMs: 120_000 };

/** For records and lists, which no model has to think about. */
export const briefPatience: Patience = { headersMs: 20_000, bytesMs: 20_000, eventsMs: 20_000 };

/** Two timers for one stream; calls back once when either expires. */
export class StreamWatch {
  readonly #patience: Patience;
  readonly #bytes: Silence;
  readonly #events: Silence;

  constructor(patience: Patience, onSilence: () => void) {
    this.#patience = patience;
    this.#bytes = new Silence(onSilence);
    this.#events = new Silence(onSilence);
    this.#bytes.expect(patience.headersMs);
  }

  /** Bytes arrived, whatever they mean; headers count too. */
  sawBytes(): void {
    this.#bytes.expect(this.#patience.bytesMs);
    if (!this.#events.expected) {
      this.#events.expect(this.#patience.eventsMs);
    }
  }

  /** An event arrived. */
  sawEvent(): void {
    this.#events.expect(this.#patience.eventsMs);
  }

  stop(): void {
    this.#bytes.stop();
    this.#events.stop();
  }
}

/** A timer that is reset thousands of times a second only moves its deadline and checks it when it fires. */
class Silence {
  readonly #onSilence: () => void;
  #endsAt: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerEndsAt = Infinity;

  constructor(onSilence: () => void) {
    this.#onSilence = onSilence;
  }

  get expected(): boolean {
    return this.#endsAt !== undefined;
  }

  /** From now on, this much silence is too long. */
  expect(milliseconds: number): void {
    this.#endsAt = Date.now() + milliseconds;
    if (this.#endsAt < this.#timerEndsAt) {
      this.#start(this.#endsAt, milliseconds);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timerEndsAt = -Infinity;
  }

  #start(endsAt: number, milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timerEndsAt = endsAt;
    this.#timer = setTimeout(() => {
      this.#check();
    }, milliseconds);
  }

  #check(): void {
    const endsAt = this.#endsAt ?? 0;
    const left = endsAt - Date.now();
    if (left > 0) {
      this.#start(endsAt, left);
    } else {
      this.#onSilence();
    }
  }
}
