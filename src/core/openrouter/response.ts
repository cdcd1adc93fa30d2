import type { ResponseEvent } from '../conversation/chatModel.ts';
import { RequestError } from '../model/requestError.ts';
import { arrayIn, objectIn, objectsIn, textIn, type JsonObject } from '../util/json.ts';
import { errorFromObject, errorObject } from './errors.ts';
import { mergeReasoningDetails } from './reasoningDetails.ts';
import { readUsage } from './wire.ts';

/** Reads the chunks of one answer. It keeps what spans chunks: the origin, the reasoning and whether it ended. */
export class ChunkReader {
  #origin = false;
  #finish: string | undefined;
  #details: readonly JsonObject[] = [];
  /** The first halves of characters whose second halves come with the next chunk. */
  readonly #halves = { text: '', reasoning: '' };

  /** Whether the service said why the answer ended. */
  get finished(): boolean {
    return this.#finish !== undefined;
  }

  /** The events of one chunk, in order. Throws a `RequestError` when the chunk reports a failure. */
  *read(chunk: unknown): Generator<ResponseEvent> {
    const body = objectIn(chunk);
    if (!body) {
      return;
    }
    yield* this.#readOrigin(body);
    const choice = objectIn(arrayIn(body['choices'])[0]);
    if (choice) {
      yield* this.#readChoice(choice);
    }
    const error = errorObject(body) ?? objectIn(choice?.['error']);
    if (error) {
      throw errorFromObject(error);
    }
    if (choice?.['finish_reason'] === 'error') {
      throw new RequestError('provider');
    }
    const usage = readUsage(body['usage']);
    if (usage) {
      yield { type: 'usage', usage };
    }
  }

  /** What can only be said when the stream is over. */
  *end(): Generator<ResponseEvent> {
    if (this.#details.length > 0) {
      yield { type: 'reasoningDetails', details: this.#details };
    }
  }

  *#readOrigin(body: JsonObject): Generator<ResponseEvent> {
    const [generationId, model, provider] = ['id', 'model', 'provider'].map((field) => textIn(body[field]));
    if (this.#origin || (generationId ?? model ?? provider) === undefined) {
      return;
    }
    this.#origin = true;
    yield {
      type: 'origin',
      ...(generationId === undefined ? {} : { generationId }),
      ...(model === undefined ? {} : { model }),
      ...(provider === undefined ? {} : { provider }),
    };
  }

  *#readChoice(choice: JsonObject): Generator<ResponseEvent> {
    // A server that ignores `stream: true` sends the whole message at once.
    const delta = objectIn(choice['delta']) ?? objectIn(choice['message']) ?? {};
    yield* this.#grow('reasoning', this.#readReasoning(delta));
    yield* this.#grow('text', textIn(delta['content']) ?? textIn(delta['refusal']));
    // The reason is repeated in the usage chunk of some providers; it counts once.
    const reason = textIn(choice['finish_reason']);
    if (reason !== undefined && this.#finish === undefined) {
      this.#finish = reason;
      if (reason !== 'error') {
        yield { type: 'finish', reason };
      }
    }
  }

  /** Passes whole characters on: half a character can be neither drawn nor saved. */
  *#grow(type: 'text' | 'reasoning', piece = ''): Generator<ResponseEvent> {
    const text = this.#halves[type] + piece;
    const whole = text.replace(/[\uD800-\uDBFF]$/, '');
    this.#halves[type] = text.slice(whole.length);
    if (whole !== '') {
      yield { type, text: whole };
    }
  }

  /** The same thought comes as text and as details: the text is shown, the details are kept for the next turn. */
  #readReasoning(delta: JsonObject): string | undefined {
    const details = objectsIn(delta['reasoning_details']);
    this.#details = mergeReasoningDetails(this.#details, details);
    const spoken = textIn(delta['reasoning']) ?? textIn(delta['reasoning_content']);
    if (spoken !== undefined || details.length === 0) {
      return spoken;
    }
    const fromDetails = details.map((item) => textIn(item['text']) ?? textIn(item['summary']) ?? '').join('');
    return textIn(fromDetails);
  }
}
