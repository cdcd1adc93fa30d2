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

/** A store in memory that keeps to the same contract as the one on disk. */
export class MemoryStore implements ConversationStore {
  readonly conversations = new Map<string, Conversation>();
  readonly #revisions = new Map<string, number>();
  /** While set, every write of an answer fails with it. */
  failure: Error | undefined;

  load(id: string): Conversation | undefined {
    return this.conversations.get(id);
  }

  revision(id: string): number {
    return this.#revisions.get(id) ?? 0;
  }

  create(conversation: Conversation): void {
    this.conversations.set(conversation.id, conversation);
  }

  setTitle(id: string, title: string): void {
    this.#change(id, (conversation) => ({ ...conversation, title }));
  }

  addMessage(id: string, message: Message): void {
    this.#change(id, (conversation) => withMessage(conversation, message));
  }

  appendPart(messageId: string, position: number, type: 'text' | 'reasoning', text: string): void {
    if (this.failure) {
      throw this.failure;
    }
    this.#changeMessage(messageId, (message) => {
      const before = message.parts[position];
      const whole = before && before.type !== 'context' ? before.text + text : text;
      return { ...message, parts: [...message.parts.slice(0, position), { type, text: whole }] };
    });
  }

  saveAnswer(message: AssistantMessage): void {
    if (this.failure) {
      throw this.failure;
    }
    this.#changeMessage(message.id, (saved) => ({ ...message, parts: saved.parts }));
  }

  #change(id: string, change: (conversation: Conversation) => Conversation): void {
    const conversation = this.conversations.get(id);
    if (conversation) {
      this.conversations.set(id, change(conversation));
      this.#revisions.set(id, this.revision(id) + 1);
    }
  }

  #changeMessage(messageId: string, change: (message: AssistantMessage) => AssistantMessage): void {
    for (const [id, { messages }] of this.conversations) {
      const message = messages.find((each) => each.id === messageId);
      if (message?.role === 'assistant') {
        this.#change(id, (conversation) => withMessage(conversation, change(message)));
      }
    }
  }
}
