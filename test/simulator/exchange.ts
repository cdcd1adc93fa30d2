import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JournalChange, JournalEntry } from './journal.ts';
import { parseJson } from './json.ts';

/** A complete answer, before it is written. A text body goes out as it is, anything else as JSON. */
export interface HttpReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

/** More than this is answered with 413; the service's own limit is not published. */
const maximumBodyBytes = 32 * 1024 * 1024;

/** One request and its answer: every byte written goes through here, so that the journal knows when. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly note: (change: JournalChange) => JournalEntry;
  readonly #response: ServerResponse;
  readonly #left = new AbortController();
  #cut = false;
  #work: Promise<void> = Promise.resolve();

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    note: (change: JournalChange) => JournalEntry,
  ) {
    this.request = request;
    this.note = note;
    this.#response = response;
    response.on('finish', () => note({ lastByteAt: performance.now() }));
    response.on('close', () => {
      const outcome = response.writableFinished ? 'finished' : this.#cut ? 'cut' : 'aborted';
      const closedAt = performance.now();
      this.#left.abort();
      // Whoever sees the end in the journal may rely on the charge being made.
      void this.#work.then(() => note({ closedAt, outcome }));
    });
  }

  /** Names the work on the answer, which must not fail; the journal shows the end only after it. */
  track(work: Promise<void>): void {
    this.#work = work;
  }

  /** The address that was asked for. */
  get url(): URL {
    return new URL(this.request.url ?? '/', 'http://127.0.0.1');
  }

  /** Aborts when the connection has closed, for whatever reason. */
  get closed(): AbortSignal {
    return this.#left.signal;
  }

  /** Reads the whole body and notes it; undefined when it is larger than anything the service would take. */
  async readBody(): Promise<string | undefined> {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of this.request) {
      const bytes = Buffer.from(part as Uint8Array);
      size += bytes.length;
      if (size <= maximumBodyBytes) parts.push(bytes);
    }
    if (size > maximumBodyBytes) {
      this.note({ bodyAt: performance.now() });
      return undefined;
    }
    const text = Buffer.concat(parts).toString('utf8');
    this.note({ text, body: parseJson(text)?.value, bodyAt: performance.now() });
    return text;
  }

  /** Writes a complete answer. */
  reply(reply: HttpReply): void {
    const isText = typeof reply.body === 'string';
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    const contentType = reply.contentType ?? (isText ? 'text/html; charset=utf-8' : 'application/json');
    this.begin(reply.status, { 'Content-Type': contentType, ...reply.headers });
    this.#response.end(text);
  }

  /** Sends the status and the headers now, because a stream's first event may be long in coming. */
  begin(status: number, headers: Readonly<Record<string, string>>): void {
    this.#response.writeHead(status, headers);
    this.#response.flushHeaders();
    this.note({ status, firstByteAt: performance.now() });
  }

  /** Writes a part of the body and waits while the client reads more slowly than the simulator writes. */
  async write(part: string | Uint8Array): Promise<void> {
    if (this.#left.signal.aborted || this.#response.write(part)) return;
    await once(this.#response, 'drain', { signal: this.#left.signal }).catch(() => undefined);
  }

  /** Ends the body regularly. */
  end(): void {
    this.#response.end();
  }

  /** Shows a fault of the simulator itself, so that a test fails with its reason. */
  fail(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (this.#response.headersSent) this.cut();
    else this.reply({ status: 500, body: { error: { code: 500, message: `Simulator fault: ${text}` } } });
  }

  /** Destroys the connection with a TCP reset, as a crashed proxy does. */
  cut(): void {
    this.#cut = true;
    this.#response.socket?.resetAndDestroy();
  }
}
