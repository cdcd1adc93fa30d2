import { RequestError } from '../../model/requestError.ts';
import type { Disposable } from '../../util/emitter.ts';
import { AnswerCoordinator, type AnswerCoordinatorParts } from './answerCoordinator.ts';
import { askedIn, type QuestionInput } from '../questionInput.ts';
import type { VisibleMessage } from '../branches.ts';
import type { ResponseEvent } from '../generation/chatModel.ts';
import { emptyConversation, titleFrom, type Conversation } from '../conversation.ts';
import type { ConversationStore } from '../persistence/conversationStore.ts';
import { PersistedConversation } from './persistedConversation.ts';
import {
  Preparation,
  type PreparationParts,
  type PreparedRequest,
  type ReadAnswer,
} from './preparedRequest.ts';
import { broughtUpToDate } from './upToDate.ts';
import { textOf, type AssistantMessage, type Message, type UserMessage } from '../message.ts';
import { SerialQueue } from '../../util/serialQueue.ts';

export interface SessionParts extends AnswerCoordinatorParts, PreparationParts {
  readonly store: ConversationStore;
}

/** One active conversation: its questions are sent in turn, retried, edited, or withdrawn. */
export class ChatSession implements Disposable {
  readonly #parts: SessionParts;
  readonly #persisted: PersistedConversation;
  readonly #coordinator: AnswerCoordinator;
  readonly #preparation: Preparation;
  readonly #queue = new SerialQueue();
  readonly #queued = new Set<string>();
  #isDisposed = false;

  readonly onDidChange;

  private constructor(parts: SessionParts, conversation: Conversation, exists: boolean) {
    this.#parts = parts;
    this.#persisted = new PersistedConversation(parts.store, conversation, exists);
    this.#coordinator = new AnswerCoordinator(parts, this.#persisted);
    this.#preparation = new Preparation(parts, () => ({
      conversation: this.conversation,
      last: this.visible.at(-1)?.message,
    }));
    this.onDidChange = this.#persisted.onDidChange;
  }

  /** Starts a new conversation; it is saved with its first question. */
  static begin(parts: SessionParts): ChatSession {
    return new ChatSession(parts, emptyConversation(parts.newId(), parts.now()), false);
  }

  /** Continues a saved conversation, if it still exists. */
  static resume(parts: SessionParts, conversationId: string): ChatSession | undefined {
    const conversation = parts.store.load(conversationId);
    if (!conversation) {
      return undefined;
    }
    const session = new ChatSession(parts, conversation, true);
    void session.#coordinator.settleEarlier();
    return session;
  }

  /** All messages, in every version. */
  get conversation(): Conversation {
    return this.#persisted.conversation;
  }

  /** What is visible: one version of each message, the newest unless another was chosen. */
  get visible(): readonly VisibleMessage[] {
    return this.#persisted.visible;
  }

  /** Whether this version of a message is visible. */
  isVisible(messageId: string): boolean {
    return this.#persisted.isVisible(messageId);
  }

  /** A message of any version. */
  find(messageId: string): Message | undefined {
    return this.#persisted.find(messageId);
  }

  /** Whether an answer is running or a question is queued. */
  get busy(): boolean {
    return this.#queue.busy;
  }

  /** What can be asked next, each with its request; `send` asks it. */
  get prepare(): Preparation {
    this.catchUp();
    return this.#preparation;
  }

  /**
   * Asks what was prepared: a question is saved at once, and answered after those before it. Resolves when its answer has
   * ended; failures end up in the answer, not here. `read` says how the answer comes, when that is not the model's text.
   */
  async send(prepared: PreparedRequest | undefined, read = prepared?.read): Promise<void> {
    this.catchUp();
    if (!prepared) {
      return;
    }
    const { ask } = prepared;
    switch (ask.type) {
      case 'question':
        await this.#ask(ask.question, (asking) => this.#answer(prepared, asking, read));
        break;
      case 'edited':
        this.#persisted.add(ask.question, this.#coordinator.current);
        this.#persisted.choose(ask.question.id);
        await this.#inTurn(() => this.#answer(prepared, ask.question, read));
        break;
      case 'again':
        await this.#inTurn(async () => {
          const answered = this.#answer(prepared, ask.question, read);
          this.#persisted.choose(this.#coordinator.current?.id ?? ask.question.id);
          await answered;
        });
        break;
      case 'continue':
        await this.#inTurn(() => this.#continue(prepared, ask.answer));
        break;
      default:
        ask satisfies never;
    }
  }

  /** Whether what was prepared can be sent as it is; what waits for its turn takes along what is said until then. */
  isUpToDate(prepared: PreparedRequest): boolean {
    const { ask, request } = prepared;
    const isNext = ask.type !== 'question' || ask.question.parentId === this.visible.at(-1)?.message.id;
    return this.busy || (isNext && this.#broughtUpToDate(prepared, messageOf(ask)) === request);
  }

  /** Adds a question that was answered elsewhere, by the model with this id. Nothing is sent. */
  async note(asked: QuestionInput, model: string, events: readonly ResponseEvent[]): Promise<void> {
    const { ask } = this.prepare.question(asked, { model });
    if (ask.type === 'question') {
      await this.#ask(ask.question, (question) =>
        this.#coordinator.begin(this.#newAnswer(question, model), () => replayed(events)),
      );
    }
  }

  async #ask(made: UserMessage, answer: (question: UserMessage) => Promise<void>): Promise<void> {
    const last = this.visible.at(-1)?.message;
    // The conversation may have gone on since it was prepared.
    const question = last?.id === made.parentId || !last ? made : { ...made, parentId: last.id };
    if (last === undefined) {
      this.#persisted.entitle(titleFrom(textOf(question)));
    }
    if (this.busy) {
      this.#queued.add(question.id);
    }
    this.#persisted.add(question, this.#coordinator.current);
    await this.#inTurn(async () => {
      const asking = this.#persisted.find(question.id);
      if (asking?.role !== 'user') {
        return;
      }
      if (this.#queued.delete(asking.id)) {
        this.#persisted.touch(asking);
      }
      await answer(asking);
    });
  }

  /** Withdraws a queued question and returns it; absent once it is being answered. */
  withdraw(questionId: string): QuestionInput | undefined {
    const question = this.#persisted.find(questionId);
    if (question?.role !== 'user' || !this.#queued.delete(questionId)) {
      return undefined;
    }
    this.#persisted.withdraw(question, this.#coordinator.current);
    return askedIn(question);
  }

  /** Whether a question is queued. */
  isQueued(messageId: string): boolean {
    return this.#queued.has(messageId);
  }

  /** Shows a version this many steps before or after a message's current one. */
  showVersion(messageId: string, step: number): void {
    this.#persisted.step(messageId, step);
  }

  /** Chooses the versions that make a message visible. */
  reveal(messageId: string): void {
    if (!this.visible.some(({ message }) => message.id === messageId)) {
      this.#persisted.choose(messageId);
    }
  }

  /** Renames this conversation. */
  setTitle(title: string): void {
    this.catchUp();
    this.#persisted.setTitle(title);
  }

  /** Sets this conversation's own model, or returns to the default. */
  setModel(model: string | undefined): void {
    this.catchUp();
    this.#persisted.setModel(model);
  }

  /** Stops the running answer; its text is kept. */
  stop(): void {
    this.#coordinator.stop();
  }

  /** Takes over what another window has written to this conversation. */
  catchUp(): void {
    if (!this.busy) {
      this.#persisted.catchUp();
    }
  }

  dispose(): void {
    // The store may close before the answer ends.
    this.#persisted.saveRest(this.#coordinator.current);
    this.#coordinator.flush();
    // Queued questions stay unanswered: nothing is sent, and paid for, that nobody will see.
    this.#isDisposed = true;
    this.stop();
    this.#persisted.dispose();
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    try {
      await this.#queue.take(() => (this.#isDisposed ? Promise.resolve() : work()));
    } finally {
      if (!this.busy) {
        this.#persisted.toldAnew();
      }
    }
  }

  async #answer(
    prepared: PreparedRequest,
    question: UserMessage,
    read: ReadAnswer = (events) => events,
  ): Promise<void> {
    const request = this.#broughtUpToDate(prepared, question);
    await this.#coordinator.begin(
      this.#newAnswer(question, prepared.model, prepared.askedWith),
      (chat, signal) => read(chat.stream(orThrow(request), signal)),
    );
  }

  #broughtUpToDate(prepared: PreparedRequest, about: Message): PreparedRequest['request'] {
    return broughtUpToDate(prepared, this.conversation, about);
  }

  async #continue(prepared: PreparedRequest, answer: AssistantMessage): Promise<void> {
    const request = this.#broughtUpToDate(prepared, answer);
    await this.#coordinator.goOn(answer, (chat, signal) => chat.stream(orThrow(request), signal));
  }

  #newAnswer(
    { id }: UserMessage,
    requestedModel: string,
    asked?: PreparedRequest['askedWith'],
  ): AssistantMessage {
    const { newId, now } = this.#parts;
    return {
      role: 'assistant',
      id: newId(),
      createdAt: now(),
      parentId: id,
      parts: [],
      answer: {
        requestedModel,
        ...(asked && { askedWith: asked }),
        generations: [],
        outcome: { state: 'pending' },
      },
    };
  }
}

function messageOf(ask: PreparedRequest['ask']): Message {
  return ask.type === 'continue' ? ask.answer : ask.question;
}

function orThrow(request: PreparedRequest['request']): Exclude<typeof request, RequestError> {
  if (request instanceof RequestError) {
    throw request;
  }
  return request;
}

async function* replayed(events: readonly ResponseEvent[]): AsyncGenerator<ResponseEvent> {
  yield* await Promise.resolve(events);
}
