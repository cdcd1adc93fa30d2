import type { ResponseEvent } from '../../conversation/generation/chatModel.ts';
import type { Usage } from '../../conversation/message.ts';
import { maxArgumentsLength } from '../../conversation/generation/chatTool.ts';
import { RequestError } from '../../model/requestError.ts';
import { arrayIn, isTooDeep, type JsonObject, objectIn, objectsIn, textIn } from '../../util/json.ts';
import { bareError, errorObject } from '../transport/errorObject.ts';
import { errorFromObject } from '../transport/errors.ts';
import { contentIn } from './contentParts.ts';
import { mergeReasoningDetails } from './reasoningDetails.ts';
import { completeCalls, fragmentsIn, mergeToolCalls, type IndexedCall } from './toolCalls.ts';
import { laterUsage, readUsage } from '../transport/usage.ts';
import { failedAttemptsIn, imagesIn, parsedFilesIn, routingReportIn, sourcesIn } from '../transport/wire.ts';

/** Reads the chunks of one answer. It keeps what spans chunks: origin, reasoning, and whether it ended. */
export class ChunkReader {
  readonly #origin = { generationId: false, model: false, provider: false };
  #finish: string | undefined;
  #usage: Usage | undefined;
  #details: readonly JsonObject[] = [];
  #calls: readonly IndexedCall[] = [];
  /** Whether the answer comes in deltas. */
  #begun = false;
  /** First halves of surrogate pairs; the second halves are in the next chunk. */
  readonly #halves = { text: '', reasoning: '' };

  /** Whether the service gave a finish reason. */
  get finished(): boolean {
    return this.#finish !== undefined;
  }

  /**
   * Passes a chunk's events to `take`, in order, and returns a reported failure. It runs for every token, so it
   * allocates nothing it doesn't need.
   */
  read(chunk: unknown, take: (event: ResponseEvent) => void): RequestError | undefined {
    const body = objectIn(chunk);
    if (!body) {
      return undefined;
    }
    this.#readOrigin(body, take);
    const echo =
      body['debug'] === undefined ? undefined : objectIn(objectIn(body['debug'])?.['echo_upstream_body']);
    if (echo) {
      take({ type: 'echo', body: echo });
    }
    const choice = firstChoice(body['choices']);
    if (choice) {
      this.#readChoice(choice, take);
    }
    // Before any failure: what failed may have been paid for.
    this.#readUsage(body, take);
    const error = errorObject(body) ?? objectIn(choice?.['error']) ?? bareError(body);
    if (error) {
      return errorFromObject(error);
    }
    if (this.#calls.some((call) => call.arguments.length > maxArgumentsLength)) {
      return new RequestError('invalidAnswer', { detail: 'The arguments of a tool call are incomplete.' });
    }
    if (choice?.['finish_reason'] === 'error') {
      return new RequestError('provider');
    }
    const attempts = failedAttemptsIn(body['openrouter_metadata']);
    if (attempts.length > 0) {
      take({ type: 'attempts', attempts });
    }
    const report = routingReportIn(body['openrouter_metadata']);
    if (report) {
      take({ type: 'routed', report });
    }
    return undefined;
  }

  /** What can only be said when the stream is over. One that was stopped may have broken off in the middle of a call. */
  *end(stopped = false): Generator<ResponseEvent> {
    const calls = stopped ? [] : completeCalls(this.#calls);
    if (calls.length > 0) {
      yield { type: 'toolCalls', calls };
    }
    if (this.#details.length > 0) {
      yield { type: 'reasoningDetails', details: this.#details };
    }
  }

  /** Each fact counts where it first stands, which may be in a later chunk. */
  #readOrigin(body: JsonObject, take: (event: ResponseEvent) => void): void {
    const known = this.#origin;
    const generationId = known.generationId ? undefined : textIn(body['id']);
    const model = known.model ? undefined : textIn(body['model']);
    const provider = known.provider ? undefined : textIn(body['provider']);
    if ((generationId ?? model ?? provider) === undefined) {
      return;
    }
    known.generationId ||= generationId !== undefined;
    known.model ||= model !== undefined;
    known.provider ||= provider !== undefined;
    take({
      type: 'origin',
      ...(generationId === undefined ? {} : { generationId }),
      ...(model === undefined ? {} : { model }),
      ...(provider === undefined ? {} : { provider }),
    });
  }

  #readUsage(body: JsonObject, take: (event: ResponseEvent) => void): void {
    const usage = readUsage(body['usage']);
    if (usage) {
      this.#usage = laterUsage(this.#usage, usage);
      take({ type: 'usage', usage: this.#usage });
    }
  }

  #readChoice(choice: JsonObject, take: (event: ResponseEvent) => void): void {
    const delta = this.#deltaIn(choice);
    const { text, reasoning } = contentIn(delta['content']);
    this.#grow('reasoning', this.#readReasoning(delta) ?? reasoning, take);
    this.#grow('text', text ?? textIn(delta['refusal']), take);
    this.#readExtras(delta, take);
    // Some providers repeat the reason in the usage chunk; it counts once.
    const reason = textIn(choice['finish_reason']);
    if (reason !== undefined && this.#finish === undefined) {
      this.#finish = reason;
      if (reason !== 'error') {
        take({ type: 'finish', reason });
      }
    }
  }

  /**
   * What a choice adds. A server that ignores `stream: true` sends the whole message at once; others repeat it at the
   * end; those for texts send only that.
   */
  #deltaIn(choice: JsonObject): JsonObject {
    const delta = objectIn(choice['delta']);
    this.#begun ||= delta !== undefined && saysMore(delta);
    if (this.#begun) {
      return delta ?? {};
    }
    const text = choice['text'];
    return objectIn(choice['message']) ?? (text === undefined ? (delta ?? {}) : { content: text });
  }

  /** What few chunks contain. */
  #readExtras(delta: JsonObject, take: (event: ResponseEvent) => void): void {
    if (delta['tool_calls'] !== undefined || delta['function_call'] !== undefined) {
      this.#calls = mergeToolCalls(this.#calls, fragmentsIn(delta));
    }
    const sources = delta['annotations'] === undefined ? [] : sourcesIn(delta['annotations']);
    if (sources.length > 0) {
      take({ type: 'sources', sources });
    }
    const files = delta['annotations'] === undefined ? [] : parsedFilesIn(delta['annotations']);
    if (files.length > 0) {
      take({ type: 'parsedFiles', files });
    }
    const content = delta['content'];
    const images = [
      ...(delta['images'] === undefined ? [] : imagesIn(delta['images'])),
      ...(Array.isArray(content) ? imagesIn(content) : []),
    ];
    if (images.length > 0) {
      take({ type: 'images', images });
    }
  }

  /** Passes on whole characters: half a surrogate pair can be neither drawn nor saved. */
  #grow(type: 'text' | 'reasoning', piece: string | undefined, take: (event: ResponseEvent) => void): void {
    if (piece === undefined) {
      return;
    }
    const text = this.#halves[type] + piece;
    const last = text.charCodeAt(text.length - 1);
    const whole = last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
    this.#halves[type] = text.slice(whole.length);
    if (whole !== '') {
      take({ type, text: whole });
    }
  }

  /** Reasoning arrives as text and as details: the text is shown, and the details are kept for the next turn. */
  #readReasoning(delta: JsonObject): string | undefined {
    const spoken = textIn(delta['reasoning']) ?? textIn(delta['reasoning_content']);
    const details = objectsIn(delta['reasoning_details']).filter((each) => !isTooDeep(each));
    if (details.length === 0) {
      return spoken;
    }
    this.#details = mergeReasoningDetails(this.#details, details);
    if (spoken !== undefined) {
      return spoken;
    }
    const fromDetails = details.map((item) => textIn(item['text']) ?? textIn(item['summary']) ?? '').join('');
    return textIn(fromDetails);
  }
}

/** Whether a delta has more than whose words it brings. */
function saysMore(delta: JsonObject): boolean {
  return Object.entries(delta).some(
    ([name, value]) => name !== 'role' && value !== null && value !== '' && value !== undefined,
  );
}

/** The choice that was asked for: one, whatever else comes along. */
function firstChoice(choices: unknown): JsonObject | undefined {
  const list = arrayIn(choices);
  const first = objectIn(list[0] ?? choices);
  return first && list.length > 1 && first['index'] !== 0
    ? (objectsIn(list).find(({ index }) => index === 0) ?? first)
    : first;
}
