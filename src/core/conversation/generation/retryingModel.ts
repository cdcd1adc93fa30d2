import { RequestError } from '../../model/requestError.ts';
import { sleep } from '../../util/sleep.ts';
import type { ChatModel, ChatRequest, ResponseEvent } from './chatModel.ts';

/** The maximum number of attempts. */
const maxTries = 3;

/** Delays before the second and third attempts if the service names none, in milliseconds. */
const delaysMs = [1_000, 3_000] as const;

/** The longest delay that is honored; a longer one is the user's decision. */
const maxPauseMs = 30_000;

/** Credit reserved by running requests is released soon, so a longer wait is worthwhile. */
const maxInFlightPauseMs = 5 * 60_000;

/** How far a request came. */
interface Come {
  /** Somebody has begun to answer. */
  accepted: boolean;
  /** Something came that may have been paid for. */
  paid: boolean;
}

/** What the retry policy needs from its environment. */
export interface RetryTools {
  /** Resolves after a delay, or as soon as the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/**
 * Retries temporary failures of which nothing can have been paid for. This is the only place that retries.
 */
export class RetryingModel implements ChatModel {
  readonly #model: ChatModel;
  readonly #tools: RetryTools;

  constructor(model: ChatModel, tools: RetryTools = { sleep, random: Math.random }) {
    this.#model = model;
    this.#tools = tools;
  }

  /** Streams one answer; see `ChatModel`. An aborted wait ends with the failure it was for. */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ResponseEvent> {
    for (let tries = 1; ; tries += 1) {
      const come: Come = { accepted: false, paid: false };
      try {
        for await (const event of this.#model.stream(request, signal)) {
          come.accepted ||= event.type === 'origin';
          come.paid ||= mayBePaid(event);
          yield event;
        }
        return;
      } catch (error) {
        const pause = tries === maxTries ? undefined : this.#pauseAfter(error, tries, come);
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

  /** The delay before another attempt, in milliseconds; absent if there must be none. */
  #pauseAfter(error: unknown, tries: number, { accepted, paid }: Come): number | undefined {
    if (!(error instanceof RequestError) || paid) {
      return undefined;
    }
    // Whether a model had begun is only known if the service itself says that it failed.
    if (accepted && error.facts.status === undefined) {
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
    // Spread out, so that many windows don't return at the same moment.
    const own = (delaysMs[tries - 1] ?? 0) * (0.75 + this.#tools.random() / 2);
    return asked === undefined ? own : within(asked, maxPauseMs);
  }
}

/** Failures unrelated to the request; the next attempt may succeed. */
function mayPass({ kind, facts: { status = 0 } }: RequestError): boolean {
  if (kind === 'network' || kind === 'unknownHost' || kind === 'refused') {
    return true;
  }
  return kind !== 'freeDaily' && (status === 408 || status === 429 || status >= 500);
}

function within(milliseconds: number, limit: number): number | undefined {
  return milliseconds <= limit ? milliseconds : undefined;
}

/** Everything but what only tells of the way; a usage, unless it says that nothing was charged. */
function mayBePaid(event: ResponseEvent): boolean {
  switch (event.type) {
    case 'origin':
    case 'waiting':
    case 'attempts':
    case 'routed':
      return false;
    case 'usage': {
      const { cost, estimated, promptTokens, completionTokens } = event.usage;
      return cost === undefined ? estimated === true || promptTokens + completionTokens > 0 : cost > 0;
    }
    default:
      return true;
  }
}
