/** How long a server may be silent, in milliseconds. */
export interface Patience {
  /** Until the answer's headers arrive. */
  readonly headersMs: number;
  /** Without a single byte: the connection is dead. Keep-alive comments are bytes. */
  readonly bytesMs: number;
  /** Without an event: the connection lives, the model does not. */
  readonly eventsMs: number;
}

/** Long enough for a model that thinks, short enough for a person who waits. */
export const defaultPatience: Patience = { headersMs: 120_000, bytesMs: 30_000, eventsMs: 120_000 };

/** Two timers over one stream; calls back once when either runs out. */
export class StreamWatch {
  readonly #patience: Patience;
  readonly #onSilence: () => void;
  #bytes: ReturnType<typeof setTimeout>;
  #events: ReturnType<typeof setTimeout> | undefined;

  constructor(patience: Patience, onSilence: () => void) {
    this.#patience = patience;
    this.#onSilence = onSilence;
    this.#bytes = setTimeout(onSilence, patience.headersMs);
  }

  /** Bytes arrived, whatever they mean; the headers count too. */
  sawBytes(): void {
    clearTimeout(this.#bytes);
    this.#bytes = setTimeout(this.#onSilence, this.#patience.bytesMs);
    this.#events ??= setTimeout(this.#onSilence, this.#patience.eventsMs);
  }

  /** An event arrived. */
  sawEvent(): void {
    clearTimeout(this.#events);
    this.#events = setTimeout(this.#onSilence, this.#patience.eventsMs);
  }

  stop(): void {
    clearTimeout(this.#bytes);
    clearTimeout(this.#events);
  }
}
