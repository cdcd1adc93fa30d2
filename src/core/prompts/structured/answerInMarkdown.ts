import { parse } from 'jsonriver';
import type { ChatRequest, ResponseEvent } from '../../conversation/generation/chatModel.ts';
import type { UserMessage } from '../../conversation/message.ts';
import type { Model } from '../../model/model.ts';
import { validatorOf } from './answerValidator.ts';
import { readAnswer } from './readAnswer.ts';
import { toStrictSchema } from './strictSchema.ts';
import { answerFormFor, type StructuredPrompt } from './structuredPrompt.ts';

/** A structured answer as paragraphs that are only appended. */
export type ToMarkdown = (value: unknown, complete: boolean) => readonly string[];

/** The request for a structured answer, with the settings of another one: its messages are those of the prompt. */
export function structuredRequest<In, Out>(
  prompt: StructuredPrompt<In, Out>,
  input: In,
  request: ChatRequest,
  model: Model | undefined,
): ChatRequest {
  const question: UserMessage = { id: 'question', role: 'user', createdAt: 0, ...prompt.render(input) };
  const schema = { name: prompt.name, schema: toStrictSchema(prompt.schema), form: answerFormFor(model) };
  return { ...request, system: prompt.system, messages: [question], schema };
}

/**
 * Streams a structured answer as Markdown for people to read while it grows. What does not fit the schema is shown as it
 * came: it was paid for. Throws what the stream throws.
 */
export async function* answerInMarkdown<In, Out>(
  prompt: StructuredPrompt<In, Out>,
  events: AsyncIterable<ResponseEvent>,
  toMarkdown: ToMarkdown,
): AsyncGenerator<ResponseEvent> {
  const collected = new CollectedResponse(events);
  const markdown = new GrowingMarkdown();
  try {
    for await (const value of parse(collected.texts())) {
      yield* markdown.beside(collected.others());
      yield* markdown.grow(toMarkdown(value, false));
    }
  } catch (error) {
    // Not JSON, or a stream failure, which is rethrown below.
    collected.noteFailure(error);
  }
  await collected.rest();
  const others = collected.others();
  const begin = others.findLastIndex(({ type }) => type === 'thoughts') + 1;
  yield* markdown.beside(others.slice(0, begin));
  const fitting = readAnswer(validatorOf(prompt.schema), [collected.text])?.value;
  yield* fitting === undefined
    ? markdown.growBy(markdown.text === '' ? collected.text : '')
    : markdown.grow(toMarkdown(fitting, true));
  yield* others.slice(begin);
}

/** Splits a stream: its text for the JSON reader, the other events for the answer. */
class CollectedResponse {
  readonly #events: AsyncIterator<ResponseEvent>;
  #others: ResponseEvent[] = [];
  #text = '';
  #ended = false;
  #failed = false;

  constructor(events: AsyncIterable<ResponseEvent>) {
    this.#events = events[Symbol.asyncIterator]();
  }

  get text(): string {
    return this.#text;
  }

  /** The text pieces. A reader that stops doesn't end the stream. */
  texts(): AsyncIterable<string> {
    return {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          const value = await this.#next();
          return value === undefined ? { done: true, value: undefined } : { done: false, value };
        },
      }),
    };
  }

  /** Other events since the last call. */
  others(): readonly ResponseEvent[] {
    return this.#others.splice(0);
  }

  /** A stream failure isn't hidden by the reader's own. */
  noteFailure(error: unknown): void {
    if (this.#failed) {
      throw error;
    }
  }

  /** Reads to the end. */
  async rest(): Promise<void> {
    while ((await this.#next()) !== undefined) {
      // The text is kept.
    }
  }

  async #next(): Promise<string | undefined> {
    while (!this.#ended) {
      const { done, value } = await this.#step();
      if (done === true) {
        this.#ended = true;
      } else if (value.type === 'text') {
        this.#text += value.text;
        return value.text;
      } else if (value.type === 'thoughts') {
        this.#text = '';
        this.#others.push(value);
      } else if (value.type === 'toolCalls') {
        const called = value.calls.map((call) => call.arguments).join('');
        this.#text += called;
        return called;
      } else {
        this.#others.push(value);
      }
    }
    return undefined;
  }

  async #step(): Promise<IteratorResult<ResponseEvent, unknown>> {
    try {
      return await this.#events.next();
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }
}

/** A text that only grows, made of paragraphs. */
class GrowingMarkdown {
  #text = '';

  get text(): string {
    return this.#text;
  }

  *grow(paragraphs: readonly string[]): Generator<ResponseEvent> {
    const whole = paragraphs.join('\n\n');
    yield* this.growBy(whole.startsWith(this.#text) ? whole.slice(this.#text.length) : '');
  }

  /** Passes on other events; after thoughts that were taken for the answer, it begins anew. */
  *beside(events: readonly ResponseEvent[]): Generator<ResponseEvent> {
    for (const event of events) {
      this.#text = event.type === 'thoughts' ? '' : this.#text;
      yield event;
    }
  }

  *growBy(text: string): Generator<ResponseEvent> {
    if (text !== '') {
      this.#text += text;
      yield { type: 'text', text };
    }
  }
}
