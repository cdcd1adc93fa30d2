import type {
  ChatModel,
  ChatRequest,
  ResponseEvent,
} from '../../src/core/conversation/generation/chatModel.ts';
import type { SessionParts } from '../../src/core/conversation/session/chatSession.ts';
import type { Conversation } from '../../src/core/conversation/conversation.ts';
import type { ConversationStore } from '../../src/core/conversation/persistence/conversationStore.ts';
import { MemoryStore } from '../../src/core/conversation/persistence/memoryStore.ts';
import type { GrowingType } from '../../src/core/conversation/answerParts.ts';
import type { AnswerPart } from '../../src/core/conversation/part.ts';
import type { AssistantMessage, Message } from '../../src/core/conversation/message.ts';
import type { CleanItem } from '../../src/core/context/clean.ts';
import { clean } from './builders.ts';

/** A model that says what the test says, when the test says it. */
export class FakeChatModel implements ChatModel {
  readonly requests: ChatRequest[] = [];
  readonly #answers: ((request: ChatRequest, signal: AbortSignal) => AsyncIterable<ResponseEvent>)[] = [];

  /** The next request is answered with these events; an error is thrown in its place. */
  willAnswer(...events: readonly (ResponseEvent | Error)[]): void {
    this.willDo(async function* () {
      for (const event of events) {
        await Promise.resolve();
        if (event instanceof Error) {
          throw event;
        }
        yield event;
      }
    });
  }

  willDo(answer: (request: ChatRequest, signal: AbortSignal) => AsyncIterable<ResponseEvent>): void {
    this.#answers.push(answer);
  }

  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ResponseEvent> {
    this.requests.push(request);
    const answer = this.#answers.shift();
    if (!answer) {
      throw new Error('the test expected no request');
    }
    return answer(request, signal);
  }
}

/** What every request begins with, as the test says. */
export class FakeInstructions {
  items: readonly CleanItem[] = [];

  load(): Promise<void> {
    return Promise.resolve();
  }

  itemsFor(): readonly CleanItem[] {
    return this.items;
  }
}

/** A store in memory that can fail as a disk does. */
export class FailingStore extends MemoryStore {
  /** While set, every write fails with it. */
  failure: Error | undefined;

  override create(conversation: Conversation): void {
    this.#write();
    super.create(conversation);
  }

  override addMessage(id: string, message: Message): void {
    this.#write();
    super.addMessage(id, message);
  }

  override appendPart(messageId: string, position: number, type: GrowingType, text: string): void {
    this.#write();
    super.appendPart(messageId, position, type, text);
  }

  override putPart(messageId: string, position: number, part: AnswerPart): void {
    this.#write();
    super.putPart(messageId, position, part);
  }

  override saveAnswer(message: AssistantMessage): void {
    this.#write();
    super.saveAnswer(message);
  }

  override withdraw(conversationId: string, messageId: string): void {
    this.#write();
    super.withdraw(conversationId, messageId);
  }

  #write(): void {
    if (this.failure) {
      throw this.failure;
    }
  }
}

/** A promise that the test settles when it likes. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** Makes a promise that nothing has settled yet. */
export function deferred<T>(): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  if (!settle) {
    throw new Error('a promise calls its executor at once');
  }
  return { promise, ...settle };
}

/** What a session needs: this model answers it, and its ids and times count up from one. */
export function sessionParts(model: ChatModel, store: ConversationStore = new MemoryStore()): SessionParts {
  let [id, time] = [0, 0];
  return {
    store,
    chat: () => Promise.resolve(model),
    model: () => 'author/model',
    request: () => ({ model: 'author/model', maxTokens: 100, system: clean('') }),
    now: () => (time += 10),
    newId: () => `id${(id += 1)}`,
    estimate: () => undefined,
    lookUpUsage: () => Promise.resolve(undefined),
  };
}
