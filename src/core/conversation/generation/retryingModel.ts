import { RequestError } from '../../model/requestError.ts';
import { sleep } from '../../util/sleep.ts';
import type { ChatModel, ChatRequest, ResponseEvent } from './chatModel.ts';

/** A request is made this often at most. */
const maxTries = 3;

/** What to wait before the second and the third try when the service names no time, in milliseconds. */
const delaysMs = [1_000, 3_000] as const;

/** A pause that the service asks for is kept up to this length; a longer one is the user's to decide on. */
const maxPauseMs = 30_000;

/** Credit that is tied up in requests on their way comes back by itself, so that is worth a longer pause. */
const maxInFlightPauseMs = 5 * 60_000;

/** What the policy needs of the world. */
export interface RetryTools {
  /** Resolves after some milliseconds, or as soon as the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/**
 * Asks a model again when it may help and cannot be paid for twice: before the first word of an answer, for failures
 * that pass. This is the only place that tries anything again.
 */
export class RetryingModel implements ChatModel {
  readonly #model: ChatModel;
  readonly #tools: RetryTools;

  constructor(model: ChatModel, tools: RetryTools = { sleep, random: Math.random }) {
    this.#model = model;
    this.#tools = tools;
  }

  /** Streams one answer; see `ChatModel`. A wait that is aborted ends with the failure that it was for. */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ResponseEvent> {
    for (let tries = 1; ; tries += 1) {
      let begun = false;
      try {
        for await (const event of this.#model.stream(request, signal)) {
          begun ||= isContent(event);
          yield event;
        }
        return;
      } catch (error) {
        const pause = begun || tries === maxTries ? undefined : this.#pauseAfter(error, tries);
        if (pause === undefined) {
          throw error;
        }
        yield { type: 'waiting', milliseconds: pause };
        await this.#tools.sleep(pause, signal);
        if (signal.aborted) {
          throw error;
        }
      }
    }
  }

  /** How long to wait before another try, in milliseconds; nothing where there must be none. */
  #pauseAfter(error: unknown, tries: number): number | undefined {
    if (!(error instanceof RequestError)) {
      return undefined;
    }
    const { retryAfter } = error.facts;
    const asked = retryAfter === undefined ? undefined : retryAfter * 1_000;
    if (error.kind === 'inFlight') {
      return within(asked ?? maxPauseMs, maxInFlightPauseMs);
    }
    if (!mayPass(error)) {
      return undefined;
    }
    // Spread, so that many windows do not come back at the same moment.
    const own = (delaysMs[tries - 1] ?? 0) * (0.75 + this.#tools.random() / 2);
    return asked === undefined ? own : within(asked, maxPauseMs);
  }
}

/** Failures that have nothing to do with the request: the next one may succeed. */
function mayPass({ kind, facts: { status = 0 } }: RequestError): boolean {
  if (kind === 'network' || kind === 'unknownHost' || kind === 'refused') {
    return true;
  }
  return kind !== 'freeDaily' && (status === 408 || status === 429 || status >= 500);
}

function within(milliseconds: number, limit: number): number | undefined {
  return milliseconds <= limit ? milliseconds : undefined;
}

function isContent({ type }: ResponseEvent): boolean {
  return (
    type !== 'origin' && type !== 'waiting' && type !== 'usage' && type !== 'finish' && type !== 'attempts'
  );
}
