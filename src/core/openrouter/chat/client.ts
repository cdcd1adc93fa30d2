import OpenAI, { APIConnectionError, APIError } from 'openai';
import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import type { ChatModel, ChatRequest, ResponseEvent } from '../../conversation/generation/chatModel.ts';
import { withThoughtsApart } from '../../conversation/generation/thoughts.ts';
import { RequestError } from '../../model/requestError.ts';
import { isOpenRouterHost } from '../../model/server.ts';
import { objectIn } from '../../util/json.ts';
import { connectionFailure } from '../transport/connectionFailure.ts';
import { errorFromObject } from '../transport/errors.ts';
import { EventReader } from '../transport/eventReader.ts';
import type { HttpHeaders, Server } from '../transport/server.ts';
import { serverKind } from '../transport/serverProbe.ts';
import { patienceWith, type Patience, type Timeouts } from '../transport/streamWatch.ts';
import { Transport } from '../transport/transport.ts';
import { AnswerStream } from './answerStream.ts';
import { relay } from './eventRelay.ts';
import { toChatCall, type ChatCall } from './httpRequest.ts';
import { withOwnPrivacy } from './ownPrivacy.ts';
import { ChunkReader } from './response.ts';

/** Asks models over OpenRouter's chat completions. Load it lazily: it brings the `openai` package. */
export class OpenRouterClient implements ChatModel {
  readonly #server: Server;
  readonly #patience: (baseUrl: string) => Patience;

  constructor(server: Server, patience?: Patience | (() => Timeouts)) {
    this.#server = server;
    this.#patience =
      typeof patience === 'object'
        ? () => patience
        : (baseUrl) => patienceWith(isOpenRouterHost(baseUrl), patience?.());
  }

  /** Streams one answer; see `ChatModel`. Nothing is retried here. */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ResponseEvent> {
    try {
      // Only now is it known who reads the request, and with which key.
      const kind = await serverKind(this.#server, signal);
      const apiKey = await this.#server.apiKey();
      if (apiKey === undefined && kind === 'openrouter') {
        throw new RequestError('noKey');
      }
      const call = toChatCall(request, this.#server, { kind, apiKey });
      yield* withThoughtsApart(this.#answer(call, apiKey, signal));
    } catch (error) {
      if (!signal.aborted) {
        throw withOwnPrivacy(toRequestError(error), request.routing);
      }
    }
  }

  async *#answer(
    call: ChatCall,
    apiKey: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ResponseEvent> {
    const answer = new AnswerStream();
    const patience = patienceFor(call, this.#patience(call.baseUrl));
    const transport = new Transport(signal, { patience, secret: apiKey });
    const reader = new ChunkReader();
    const sent = new EventReader();
    try {
      const client = clientFor(call, apiKey, async (url, init) =>
        answer.of(await transport.fetch(url, { ...init, headers: only(call.headers, init?.headers) })),
      );
      // The package's types do not know OpenRouter's own fields, tools and marks.
      const body = call.body as ChatCompletionCreateParams;
      const options = { headers: call.headers, signal: transport.signal, timeout: patience.headersMs };
      const response = await client.chat.completions.create(body, options).asResponse();
      const generationId = response.headers.get('X-Generation-Id');
      const cached = response.headers.get('X-OpenRouter-Cache-Status')?.toUpperCase() === 'HIT';
      if (generationId !== null || cached) {
        // Known before the first word, so a stopped answer's record can still be requested.
        yield { type: 'origin', ...(generationId !== null && { generationId }), ...(cached && { cached }) };
      }
      yield* relay(async (take) => {
        for await (const chunk of chunksOf(response, sent, transport.signal)) {
          transport.sawEvent();
          const failure = reader.read(chunk, take);
          if (failure) {
            throw failure;
          }
        }
      });
      transport.throwIfSilent();
      if (!signal.aborted && !reader.finished && !sent.done) {
        throw new RequestError('truncated');
      }
      yield* reader.end(signal.aborted);
    } catch (error) {
      if (answer.refusedUsage) {
        yield { type: 'usage', usage: answer.refusedUsage };
      }
      throw transport.failure(toRequestError(error));
    } finally {
      transport.close();
    }
  }
}

/**
 * A client for one request. Sets every option that the package would otherwise take from `OPENAI_*` variables, so that
 * nothing meant for another service reaches this one.
 */
function clientFor(
  { baseUrl }: ChatCall,
  apiKey: string | undefined,
  fetch: typeof globalThis.fetch,
): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    // The package wants one also for a server that wants none; it is not among the headers of the call then.
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch,
  });
}

/**
 * The chunks of a stream, until it ends or is stopped. The package would take neither what servers write besides chunks
 * nor what stands beside an error.
 */
async function* chunksOf({ body }: Response, events: EventReader, signal: AbortSignal): AsyncGenerator {
  const reader = body?.getReader();
  try {
    for (let read = await reader?.read(); read?.done === false && !events.done; read = await reader?.read()) {
      yield* events.read(read.value);
    }
    yield* events.end();
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  } finally {
    reader?.cancel().catch(() => undefined);
  }
}

/** Of all headers those of the call: the package adds what tells of this machine, and `OPENAI_CUSTOM_HEADERS` anything. */
function only(names: HttpHeaders, given: RequestInit['headers']): Headers {
  const all = new Headers(given);
  return new Headers(
    Object.keys(names).flatMap((name): [string, string][] => {
      const value = all.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** A non-streamed answer gives no sign of life before its end, so only the longer timeouts apply. */
function patienceFor({ body }: ChatCall, patience: Patience): Patience {
  const { eventsMs, first = { eventsMs } } = patience;
  const longer = Math.max(eventsMs, first.eventsMs);
  const whole = { bytesMs: longer, eventsMs: longer };
  return body.stream ? patience : { ...patience, ...whole, first: whole };
}

/** Converts any stream failure to ours, with the most informative words. */
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
