import type { ChatModel, ChatRequest, ResponseEvent } from '../../src/core/conversation/chatModel.ts';
import { withMessage, type Conversation } from '../../src/core/conversation/conversation.ts';
import type { ConversationStore } from '../../src/core/conversation/conversationStore.ts';
import type { AssistantMessage, Message } from '../../src/core/conversation/message.ts';

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

/** A store in memory; one suite of tests holds it and the store on disk to the same contract. */
export class MemoryStore implements ConversationStore {
  readonly conversations = new Map<string, Conversation>();
  readonly #revisions = new Map<string, number>();
  /** While set, every write fails with it. */
  failure: Error | undefined;

  load(id: string): Conversation | undefined {
    return this.conversations.get(id);
  }

  revision(id: string): number {
    return this.#revisions.get(id) ?? 0;
  }

  create(conversation: Conversation): void {
    this.#write();
    this.conversations.set(conversation.id, { ...conversation, messages: [] });
  }

  addMessage(id: string, message: Message): void {
    this.#write();
    if (!this.conversations.has(id) || this.#conversationOf(message.id)) {
      throw new Error('no such conversation, or a message twice');
    }
    this.#change(id, (conversation) => withMessage(conversation, message));
  }

  appendPart(messageId: string, position: number, type: 'text' | 'reasoning', text: string): void {
    this.#write();
    const conversation = this.#conversationOf(messageId);
    const message = conversation?.messages.find((each) => each.id === messageId);
    if (!conversation || !message) {
      throw new Error('no such message');
    }
    const before = message.parts[position];
    const whole = before && 'text' in before ? before.text + text : text;
    const parts = [...message.parts.slice(0, position), { type, text: whole }];
    this.conversations.set(conversation.id, withMessage(conversation, { ...message, parts }));
  }

  saveAnswer(message: AssistantMessage): void {
    this.#write();
    const conversation = this.#conversationOf(message.id);
    const saved = conversation?.messages.find((each) => each.id === message.id);
    if (conversation && saved) {
      this.#change(conversation.id, (each) => withMessage(each, { ...message, parts: saved.parts }));
    }
  }

  #write(): void {
    if (this.failure) {
      throw this.failure;
    }
  }

  #conversationOf(messageId: string): Conversation | undefined {
    return [...this.conversations.values()].find(({ messages }) =>
      messages.some(({ id }) => id === messageId),
    );
  }

  #change(id: string, change: (conversation: Conversation) => Conversation): void {
    const conversation = this.conversations.get(id);
    if (conversation) {
      this.conversations.set(id, change(conversation));
      this.#revisions.set(id, this.revision(id) + 1);
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
