import type { Clock } from './clock.ts';
import type { Exchange } from './exchange.ts';
import type { Framing, Pace } from './scenario.ts';

/** How many events are written before the simulator looks whether the client is still there. */
const eventsPerTurn = 64;

/** Writes server-sent events with the framing and at the pace of the scenario. */
export class EventStream {
  readonly #exchange: Exchange;
  readonly #clock: Clock;
  readonly #framing: Framing;
  readonly #pace: Pace;
  readonly #newline: string;
  #pieces = 0;
  #events = 0;
  #firstDueAt = 0;

  constructor(exchange: Exchange, clock: Clock, options: { readonly framing: Framing; readonly pace: Pace }) {
    this.#exchange = exchange;
    this.#clock = clock;
    this.#framing = options.framing;
    this.#pace = options.pace;
    this.#newline = options.framing.newline ?? '\n';
  }

  /** Pieces written so far. */
  get pieces(): number {
    return this.#pieces;
  }

  /** Sends the headers and the first keep-alive comment, then waits as long as a model takes to begin. */
  async open(headers: Readonly<Record<string, string>>): Promise<void> {
    this.#exchange.begin(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache',
      ...headers,
    });
    await this.comment();
    const { firstTokenMs = 0 } = this.#pace;
    if (firstTokenMs > 0) await this.#clock.wait(firstTokenMs, this.#exchange.closed);
    this.#firstDueAt = this.#clock.now();
  }

  /** A line that the client must ignore; the service sends it while a provider is silent. */
  async comment(): Promise<void> {
    await this.#exchange.write(`: OPENROUTER PROCESSING${this.#newline}${this.#newline}`);
  }

  /** Writes a piece of the answer when it is due. */
  async piece(json: unknown): Promise<void> {
    await this.#due();
    const firstTokenAt = this.#pieces === 0 ? { firstTokenAt: performance.now() } : {};
    this.#pieces += 1;
    await this.event(json);
    this.#exchange.note({ pieces: this.#pieces, ...firstTokenAt });
  }

  /** Writes an event at once. */
  async event(json: unknown): Promise<void> {
    await this.#data(JSON.stringify(json));
    this.#events += 1;
    const { commentEvery } = this.#framing;
    if (commentEvery !== undefined && this.#events % commentEvery === 0) await this.comment();
    if (this.#events % eventsPerTurn === 0) await nextTurn();
  }

  /** Ends the stream as a complete answer ends. */
  async done(): Promise<void> {
    await this.#data('[DONE]');
    this.#exchange.end();
  }

  async #data(text: string): Promise<void> {
    const event = `data: ${text}${this.#newline}${this.#newline}`;
    if (this.#framing.splitCharacters !== true) {
      await this.#exchange.write(event);
      return;
    }
    for (const part of cutInsideCharacters(Buffer.from(event))) {
      await this.#exchange.write(part);
      // Without a turn in between, Node joins the writes to one packet.
      await nextTurn();
    }
  }

  async #due(): Promise<void> {
    const { tokensPerSecond } = this.#pace;
    if (tokensPerSecond === undefined) return;
    const dueAt = this.#firstDueAt + (this.#pieces * 1000) / tokensPerSecond;
    const early = dueAt - this.#clock.now();
    if (early > 0) await this.#clock.wait(early, this.#exchange.closed);
  }
}

/** Cuts bytes after the first byte of every character that has several. */
export function cutInsideCharacters(bytes: Uint8Array): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (const [index, byte] of bytes.entries()) {
    if (byte < 0xc0) continue;
    parts.push(bytes.subarray(start, index + 1));
    start = index + 1;
  }
  parts.push(bytes.subarray(start));
  return parts.filter((part) => part.length > 0);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
