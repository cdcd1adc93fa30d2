import OpenAI, { APIConnectionError, APIError } from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ChatModel, ChatRequest, ResponseEvent } from '../../conversation/generation/chatModel.ts';
import { withoutKeys } from '../../util/apiKeyFormat.ts';
import { RequestError } from '../../model/requestError.ts';
import { objectIn, parseJson } from '../../util/json.ts';
import { OpenRouterAccount } from '../account/account.ts';
import { connectionFailure } from '../transport/connectionFailure.ts';
import { errorFromObject, errorFromResponse } from '../transport/errors.ts';
import { relay } from './eventRelay.ts';
import { toHttpRequest, type HttpRequest } from './httpRequest.ts';
import { ChunkReader } from './response.ts';
import type { Server } from '../transport/server.ts';
import { defaultPatience, StreamWatch, type Patience } from '../transport/streamWatch.ts';

/** Asks models over OpenRouter's chat completions. Load it lazily: it brings the `openai` package. */
export class OpenRouterClient implements ChatModel {
  readonly #server: Server;
  readonly #patience: Patience;

  constructor(server: Server, patience: Patience = defaultPatience) {
    this.#server = server;
    this.#patience = patience;
  }

  /** Streams one answer; see `ChatModel`. Nothing is tried twice here. */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ResponseEvent> {
    const transport = new Transport(patienceFor(request, this.#patience), signal);
    const reader = new ChunkReader();
    try {
      transport.request = await this.#prepare(request, transport);
      const { completions } = clientFor(transport).chat;
      const chunks = await completions.create(unsent, { signal: transport.signal });
      if (transport.generationId !== undefined) {
        // Known before the first word: an answer that is stopped before it can still be asked for in the books.
        yield { type: 'origin', generationId: transport.generationId };
      }
      yield* relay(async (take) => {
        for await (const chunk of chunks) {
          transport.watch.sawEvent();
          const failure = reader.read(chunk, take);
          if (failure) {
            throw failure;
          }
        }
      });
      transport.throwIfSilent();
      if (!signal.aborted && !reader.finished && !transport.sawDone) {
        throw new RequestError('truncated');
      }
      yield* reader.end(signal.aborted);
    } catch (error) {
      if (!signal.aborted) {
        transport.throwIfSilent();
        throw transport.withoutKey(toRequestError(error));
      }
    } finally {
      transport.close();
    }
  }

  /** The request as it will be sent: only now is it known who reads it, and with which key. */
  async #prepare(request: ChatRequest, transport: Transport): Promise<HttpRequest> {
    const kind = await new OpenRouterAccount(this.#server).serverKind(transport.signal);
    const apiKey = await this.#server.apiKey();
    if (apiKey === undefined && kind === 'openrouter') {
      throw new RequestError('noKey');
    }
    transport.apiKey = apiKey ?? '';
    return toHttpRequest(request, this.#server, { kind, apiKey });
  }
}

/**
 * A client for one request. Every option that the package would otherwise take from `OPENAI_*` environment variables is
 * given, so that nothing meant for another service reaches this one.
 */
function clientFor(transport: Transport): OpenAI {
  return new OpenAI({
    // The package wants some key; the one that is sent stands in the prepared request.
    apiKey: 'unused',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    // Never asked: the transport sends the prepared request.
    baseURL: 'http://127.0.0.1',
    maxRetries: 0,
    logLevel: 'off',
    fetch: transport.fetch,
  });
}

/**
 * What the package believes to send, so that it reads a stream: an answer in one piece is made into one, too. What goes
 * over the wire is the prepared request.
 */
const unsent: ChatCompletionCreateParamsStreaming = { model: '', messages: [], stream: true };

/** An answer in one piece comes without a sign of life before its end, so only the longer time counts. */
function patienceFor({ stream }: ChatRequest, patience: Patience): Patience {
  return stream === false ? { ...patience, bytesMs: patience.eventsMs } : patience;
}

/** More than an end mark with whatever may follow it, in bytes. */
const tailLength = 256;

/** One request's way to the server: it watches for silence, refuses redirects, and reads what is no stream. */
class Transport {
  readonly watch: StreamWatch;
  readonly #silence = new AbortController();
  readonly #closed = new AbortController();
  readonly signal: AbortSignal;
  /** The key of this request. */
  apiKey = '';
  /** What is sent, whatever the package would make of it. */
  request: HttpRequest | undefined;
  /** The service's id of the generation, as the headers of the answer give it. */
  generationId: string | undefined;
  /** A whole answer in one piece needs no end mark. */
  #complete = false;
  /** The last bytes of a stream, after the beginning of a line. */
  #tail: Uint8Array = new TextEncoder().encode('\n');

  constructor(patience: Patience, signal: AbortSignal) {
    this.watch = new StreamWatch(patience, () => {
      this.#silence.abort();
    });
    this.signal = AbortSignal.any([signal, this.#silence.signal, this.#closed.signal]);
  }

  readonly fetch = async (_url: string | URL | Request, { signal }: RequestInit = {}): Promise<Response> => {
    if (!this.request) {
      throw new RequestError('protocol');
    }
    const { url, ...init } = this.request;
    const response = await fetch(url, { ...init, redirect: 'error', ...(signal && { signal }) });
    this.watch.sawBytes();
    this.generationId = response.headers.get('X-Generation-Id') ?? undefined;
    if (response.ok && /text\/event-stream/i.test(response.headers.get('Content-Type') ?? '')) {
      return new Response(response.body && this.#observe(response.body), response);
    }
    const body = await response.text();
    if (response.ok && objectIn(parseJson(body))?.['choices'] !== undefined) {
      this.#complete = true;
      return asStream(body);
    }
    throw errorFromResponse(response.status, body, response.headers.get('Retry-After'));
  };

  /** A server may repeat the key in its words. */
  withoutKey(error: RequestError): RequestError {
    const { kind, facts, cause } = error;
    const detail = withoutKeys(facts.detail ?? '', this.apiKey);
    return detail === (facts.detail ?? '') ? error : new RequestError(kind, { ...facts, cause, detail });
  }

  throwIfSilent(): void {
    if (this.#silence.signal.aborted) {
      throw new RequestError('timeout');
    }
  }

  /** Nobody reads on: what still comes is not waited for. */
  close(): void {
    this.watch.stop();
    this.#closed.abort();
  }

  /** Whether the stream said that it is complete: by a line of its own, not by a mention in an answer. */
  get sawDone(): boolean {
    return this.#complete || /[\r\n]data: ?\[DONE\]/.test(new TextDecoder('latin1').decode(this.#tail));
  }

  /**
   * Passes bytes on as they are asked for, notes that they came, and keeps the last ones, for the end mark. Bytes that
   * arrived before a connection broke are passed on before the failure is.
   */
  #observe(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            return;
          }
          this.watch.sawBytes();
          this.#keepTail(value);
          controller.enqueue(value);
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }

  /** The end mark may come in any number of writes. */
  #keepTail(bytes: Uint8Array): void {
    if (bytes.length >= tailLength) {
      this.#tail = bytes.slice(-tailLength);
      return;
    }
    const kept = this.#tail.subarray(-(tailLength - bytes.length));
    const tail = new Uint8Array(kept.length + bytes.length);
    tail.set(kept);
    tail.set(bytes, kept.length);
    this.#tail = tail;
  }
}

/** A server that ignores `stream: true` sends the answer in one piece: a stream of one event. */
function asStream(body: string): Response {
  const event = JSON.stringify(parseJson(body));
  return new Response(`data: ${event}\n\ndata: [DONE]\n\n`, {
    headers: { 'Content-Type': 'text/event-stream' },
  });
}

/** Every failure of a stream as one of ours, with the words of whoever knew most. */
function toRequestError(error: unknown): RequestError {
  const inner = error instanceof APIConnectionError ? error.cause : error;
  if (inner instanceof RequestError) {
    return inner;
  }
  if (inner instanceof APIError) {
    // An error event in the stream; the package keeps its object.
    return errorFromObject(objectIn(inner.error) ?? { message: inner.message, code: inner.code });
  }
  if (inner instanceof SyntaxError) {
    return new RequestError('protocol', { cause: inner });
  }
  return connectionFailure(inner);
}
