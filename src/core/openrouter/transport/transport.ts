import { RequestError } from '../../model/requestError.ts';
import { connectionFailure } from './connectionFailure.ts';
import { briefPatience, StreamWatch, type Patience } from './streamWatch.ts';

/** What a request needs on its way besides an address. */
export interface TransportOptions {
  readonly patience?: Patience;
  /** The key or the proof that goes with the request: no failure repeats it. */
  readonly secret?: string | undefined;
}

/**
 * The way of one request to the server and back, whatever is asked: it follows no redirect, because that could lead the
 * key and the code elsewhere; it gives up on a server that falls silent; and it tells every failure as one of ours.
 */
export class Transport {
  /** Ends the request: when it is called off, after too long a silence, and when nobody reads on. */
  readonly signal: AbortSignal;
  readonly #secret: string;
  readonly #watch: StreamWatch;
  readonly #silence = new AbortController();
  readonly #closed = new AbortController();

  constructor(signal: AbortSignal, { patience = briefPatience, secret = '' }: TransportOptions = {}) {
    this.#secret = secret;
    this.#watch = new StreamWatch(patience, () => {
      this.#silence.abort();
    });
    this.signal = AbortSignal.any([signal, this.#silence.signal, this.#closed.signal]);
  }

  /** `fetch`, as libraries take one. The body of the answer is watched while it is read. */
  readonly fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const response = await fetch(url, { signal: this.signal, ...init, redirect: 'error' });
    this.#watch.sawBytes();
    return response.body ? new Response(this.#watched(response.body), response) : response;
  };

  /** The bytes meant something, so that whoever answers is still at it. */
  sawEvent(): void {
    this.#watch.sawEvent();
  }

  /** A reader may take the end of a silent connection for the end of the answer. */
  throwIfSilent(): void {
    if (this.#silence.signal.aborted) {
      throw new RequestError('timeout');
    }
  }

  /** Whatever went wrong on the way, as a failure of ours. A server may repeat the key in its words. */
  failure(error: unknown): RequestError {
    if (this.#silence.signal.aborted) {
      return new RequestError('timeout');
    }
    const told = error instanceof RequestError ? error : connectionFailure(error);
    return told.without(this.#secret);
  }

  /** Nobody reads on, so the rest isn't awaited. */
  close(): void {
    this.#watch.stop();
    this.#closed.abort();
  }

  /** Passes bytes on as they are asked for. Those that arrived before a connection broke come before the failure. */
  #watched(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            return;
          }
          this.#watch.sawBytes();
          controller.enqueue(value);
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }
}
