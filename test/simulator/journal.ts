import type { IncomingMessage } from 'node:http';

/** How a request ended: still open, answered to the last byte, left by the client, or cut by the simulator itself. */
export type Outcome = 'open' | 'finished' | 'aborted' | 'cut';

/** Everything known about one request. The object is live: it grows until `closedAt` is set. */
export interface JournalEntry {
  /** 1 for the first request since the start or the last `clear()`. */
  readonly number: number;
  readonly method: string;
  /** The full path, such as `/api/v1/chat/completions`, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it came; undefined until it has arrived completely. */
  readonly text: string | undefined;
  /** The body parsed as JSON; undefined when there is none or it is malformed. */
  readonly body: unknown;
  /** The scenario that was in force for this request. */
  readonly scenario: string | undefined;
  /** The status that was sent; undefined until the headers are written. */
  readonly status: number | undefined;
  /** The id of the generation that answered, when one did. */
  readonly generation: string | undefined;
  /** Content, reasoning and tool pieces written so far. */
  readonly pieces: number;
  readonly outcome: Outcome;
  /** The client closed the connection before the answer was complete. */
  readonly aborted: boolean;
  /** All times are `performance.now()` of the simulator's process; `journal.timeOrigin` turns them into dates. */
  readonly arrivedAt: number;
  readonly bodyAt: number | undefined;
  readonly firstByteAt: number | undefined;
  readonly firstTokenAt: number | undefined;
  readonly lastByteAt: number | undefined;
  readonly closedAt: number | undefined;
}

type Changeable = {
  -readonly [
    Member in Exclude<keyof JournalEntry, 'number' | 'method' | 'path' | 'aborted'>
  ]: JournalEntry[Member];
};

/** What the simulator may write into an entry. */
export type JournalChange = Partial<Changeable>;

interface Waiter {
  readonly matches: (entry: JournalEntry) => boolean;
  readonly resolve: (entry: JournalEntry) => void;
}

const apiPrefix = '/api/v1';
const defaultTimeoutMs = 5000;

/** Remembers every request, and wakes the tests that wait for one. */
export class Journal {
  /** Milliseconds since the epoch at which the times of the entries are zero. */
  readonly timeOrigin = performance.timeOrigin;
  #entries: JournalEntry[] = [];
  readonly #waiters = new Set<Waiter>();

  /** Every request in order of arrival. */
  get requests(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** The newest request, or the newest to a path such as `/chat/completions` (with or without `/api/v1`). */
  last(path?: string): JournalEntry | undefined {
    return this.#entries.findLast((entry) => path === undefined || isPath(entry, path));
  }

  /** Every request to a path, oldest first. */
  to(path: string): readonly JournalEntry[] {
    return this.#entries.filter((entry) => isPath(entry, path));
  }

  /** Resolves with the first entry that satisfies the predicate, now or after any later change of any entry. */
  waitFor(
    predicate: (entry: JournalEntry) => boolean,
    options: { readonly timeoutMs?: number } = {},
  ): Promise<JournalEntry> {
    const present = this.#entries.find(predicate);
    if (present) return Promise.resolve(present);
    const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(new Error(`No such request within ${String(timeoutMs)} ms. Journal: ${this.toString()}`));
      }, timeoutMs);
      const waiter: Waiter = {
        matches: predicate,
        resolve: (entry) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve(entry);
        },
      };
      this.#waiters.add(waiter);
    });
  }

  /** Forgets every request; those that are still open go on unseen. */
  clear(): void {
    this.#entries = [];
  }

  /** Begins an entry and returns the function that changes it. */
  begin(request: IncomingMessage): (change: JournalChange) => JournalEntry {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const entry = {
      number: this.#entries.length + 1,
      method: request.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: headersOf(request),
      text: undefined,
      body: undefined,
      scenario: undefined,
      status: undefined,
      generation: undefined,
      pieces: 0,
      outcome: 'open' as Outcome,
      get aborted() {
        return this.outcome === 'aborted';
      },
      arrivedAt: performance.now(),
      bodyAt: undefined,
      firstByteAt: undefined,
      firstTokenAt: undefined,
      lastByteAt: undefined,
      closedAt: undefined,
    } satisfies JournalEntry;
    this.#entries.push(entry);
    this.#tell(entry);
    return (change) => {
      Object.assign(entry, change);
      this.#tell(entry);
      return entry;
    };
  }

  /** The requests in one line, for the message of a wait that failed. */
  toString(): string {
    const lines = this.#entries.map((entry) => {
      return `${entry.method} ${entry.path} ${String(entry.status ?? '…')} ${entry.outcome}`;
    });
    return lines.length === 0 ? 'no request' : lines.join('; ');
  }

  #tell(entry: JournalEntry): void {
    if (this.#waiters.size === 0 || !this.#entries.includes(entry)) return;
    for (const waiter of this.#waiters) {
      if (waiter.matches(entry)) waiter.resolve(entry);
    }
  }
}

function isPath(entry: JournalEntry, path: string): boolean {
  return entry.path === path || entry.path === apiPrefix + path;
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}
