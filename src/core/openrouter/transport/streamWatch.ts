/** How long a server may be silent, in milliseconds. */
export interface Patience {
  /** Until the response headers arrive. */
  readonly headersMs: number;
  /** Without a byte the connection is dead; keep-alive comments count as bytes. */
  readonly bytesMs: number;
  /** Without an event the connection is alive but the model isn't. */
  readonly eventsMs: number;
  /** The same two until the first event, where they differ. */
  readonly first?: { readonly bytesMs: number; readonly eventsMs: number };
}

/** Long enough for a reasoning model, short enough for a waiting person; a silent OpenRouter sends comments. */
const ofOpenRouter: Patience = { headersMs: 120_000, bytesMs: 30_000, eventsMs: 120_000 };

/** The longest that the platform itself waits for anything. */
const longestMs = 300_000;

/** Others say nothing while they read a long prompt, load a model, or think. */
const ofOthers: Patience = { headersMs: longestMs, bytesMs: longestMs, eventsMs: longestMs };

/** What the user sets, in seconds; null for what suits the server. */
export interface Timeouts {
  readonly connect: number | null;
  readonly firstToken: number | null;
  readonly silence: number | null;
}

/** How long to wait for an answer of OpenRouter's own servers, or of another server. */
export function patienceWith(isOpenRouter: boolean, timeouts?: Timeouts): Patience {
  const own = isOpenRouter ? ofOpenRouter : ofOthers;
  const [connect, first, silence] = [timeouts?.connect, timeouts?.firstToken, timeouts?.silence].map(
    (seconds) => (typeof seconds === 'number' ? seconds * 1_000 : undefined),
  );
  return {
    headersMs: connect ?? own.headersMs,
    bytesMs: silence ?? own.bytesMs,
    eventsMs: silence ?? own.eventsMs,
    first: { bytesMs: first ?? own.bytesMs, eventsMs: first ?? own.eventsMs },
  };
}

/** For records and lists, which no model has to think about. */
export const briefPatience: Patience = { headersMs: 20_000, bytesMs: 20_000, eventsMs: 20_000 };

/** Two timers for one stream; calls back once when either expires. */
export class StreamWatch {
  readonly #patience: Patience;
  readonly #bytes: Silence;
  readonly #events: Silence;
  #begun = false;

  constructor(patience: Patience, onSilence: () => void) {
    this.#patience = patience;
    this.#bytes = new Silence(onSilence);
    this.#events = new Silence(onSilence);
    this.#bytes.expect(patience.headersMs);
  }

  /** Bytes arrived, whatever they mean; headers count too. */
  sawBytes(): void {
    const { bytesMs, eventsMs } = this.#begun ? this.#patience : (this.#patience.first ?? this.#patience);
    this.#bytes.expect(bytesMs);
    if (!this.#events.expected) {
      this.#events.expect(eventsMs);
    }
  }

  /** An event arrived. */
  sawEvent(): void {
    if (!this.#begun) {
      this.#begun = true;
      this.#bytes.expect(this.#patience.bytesMs);
    }
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
