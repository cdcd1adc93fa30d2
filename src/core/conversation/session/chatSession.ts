import type { CleanText } from '../../context/clean.ts';
import type { RequestSettings } from '../../model/requestSettings.ts';
import type { Disposable } from '../../util/emitter.ts';
import { AnswerCoordinator, type AnswerCoordinatorParts, type AnswerSource } from './answerCoordinator.ts';
import { askedIn, partsOf, type QuestionInput } from '../questionInput.ts';
import type { VisibleMessage } from '../branches.ts';
import type { ChatRequest } from '../generation/chatModel.ts';
import type { RequestSize } from '../generation/requestEstimate.ts';
import { tokensOfMessages, tokensOfSystem } from '../generation/tokenCounter.ts';
import { emptyConversation, pathTo, titleFrom, type Conversation } from '../conversation.ts';
import type { ConversationStore } from '../persistence/conversationStore.ts';
import { PersistedConversation } from './persistedConversation.ts';
import { canContinue, mediaOf, type AssistantMessage, type Message, type UserMessage } from '../message.ts';
import { SerialQueue } from '../../util/serialQueue.ts';

/** What a session is built from. */
export interface SessionParts extends AnswerCoordinatorParts {
  readonly store: ConversationStore;
  /** The id of the model that is asked next. */
  readonly model: () => string;
  /**
   * Settings of the next request of a conversation, whose messages are about so many tokens and which is to differ so.
   * Throws a `RequestError` where one cannot be used.
   */
  readonly request: (
    tokens: number,
    changes: Partial<RequestSettings>,
    conversationId: string,
  ) => RequestSettings & Pick<ChatRequest, 'system'>;
  readonly newId: () => string;
}

/** One conversation at work: its questions are asked one after the other, again, in other words, or not after all. */
export class ChatSession implements Disposable {
  readonly #parts: SessionParts;
  readonly #persisted: PersistedConversation;
  readonly #coordinator: AnswerCoordinator;
  readonly #queue = new SerialQueue();
  readonly #queued = new Set<string>();

  readonly onDidChange;

  private constructor(parts: SessionParts, conversation: Conversation, exists: boolean) {
    this.#parts = parts;
    this.#persisted = new PersistedConversation(parts.store, conversation, exists);
    this.#coordinator = new AnswerCoordinator(parts, this.#persisted);
    this.onDidChange = this.#persisted.onDidChange;
  }

  /** Begins a new conversation; it is saved with its first question. */
  static begin(parts: SessionParts): ChatSession {
    return new ChatSession(parts, emptyConversation(parts.newId(), parts.now()), false);
  }

  /** Continues a saved conversation, if it is still there. */
  static resume(parts: SessionParts, conversationId: string): ChatSession | undefined {
    const conversation = parts.store.load(conversationId);
    if (!conversation) {
      return undefined;
    }
    const session = new ChatSession(parts, conversation, true);
    void session.#coordinator.settleEarlier();
    return session;
  }

  /** All that was ever said, in every version. */
  get conversation(): Conversation {
    return this.#persisted.conversation;
  }

  /** What is on the screen: one version of each message, the newest where none was chosen. */
  get visible(): readonly VisibleMessage[] {
    return this.#persisted.visible;
  }

  /** Whether a message is on the screen, and not another version of it. */
  isVisible(messageId: string): boolean {
    return this.#persisted.isVisible(messageId);
  }

  /** A message of any version. */
  find(messageId: string): Message | undefined {
    return this.#persisted.find(messageId);
  }

  /** Whether an answer is on its way, or a question waits for its turn. */
  get busy(): boolean {
    return this.#queue.busy;
  }

  /**
   * Asks a question: it is saved at once, and answered after those before it. Resolves when its answer has ended;
   * failures end up in the answer, not here.
   */
  async send(
    asked: QuestionInput,
    changes: Partial<RequestSettings> = {},
    source?: AnswerSource,
  ): Promise<void> {
    this.catchUp();
    const parent = this.visible.at(-1)?.message;
    const question: UserMessage = { role: 'user', ...this.#newMessage(parent), parts: partsOf(asked) };
    if (parent === undefined) {
      this.#persisted.entitle(titleFrom(asked.text));
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
      await this.#answer(asking, changes, source);
    });
  }

  /** Takes back a question that still waits for its turn, and gives what was asked; nothing once it is its turn. */
  withdraw(questionId: string): QuestionInput | undefined {
    const question = this.#persisted.find(questionId);
    if (question?.role !== 'user' || !this.#queued.delete(questionId)) {
      return undefined;
    }
    this.#persisted.withdraw(question, this.#coordinator.current);
    return askedIn(question);
  }

  /** Whether a question waits until those before it are answered. */
  isQueued(messageId: string): boolean {
    return this.#queued.has(messageId);
  }

  /**
   * Asks the question of a failed or stopped answer again; what that answer said stays. Where the conversation has
   * gone on, the question is asked anew at its end. `changes` hold for this request only.
   */
  async retry(answerId: string, changes: Partial<RequestSettings> = {}): Promise<void> {
    this.catchUp();
    const question = this.#questionOf(answerId);
    if (!question) {
      return;
    }
    if (this.visible.findLast(({ message }) => message.role === 'user')?.message !== question) {
      await this.send(askedIn(question), changes);
      return;
    }
    await this.#answerAnew(question, changes);
  }

  /**
   * Asks for another answer in the place of one; what was said before, and what followed it, stays reachable.
   * `changes` hold for this request only.
   */
  async regenerate(answerId: string, changes: Partial<RequestSettings> = {}): Promise<void> {
    this.catchUp();
    const question = this.#questionOf(answerId);
    if (question) {
      await this.#answerAnew(question, changes);
    }
  }

  /** Puts a question in other words, in its place; what was asked before, and all that followed, stays reachable. */
  async edit(questionId: string, text: CleanText): Promise<void> {
    this.catchUp();
    const old = this.#persisted.find(questionId);
    if (old?.role !== 'user') {
      return;
    }
    const parts = partsOf({ ...askedIn(old), text });
    const parent = this.#persisted.find(old.parentId);
    const question: UserMessage = { role: 'user', ...this.#newMessage(parent), parts };
    this.#persisted.add(question, this.#coordinator.current);
    this.#persisted.choose(question.id);
    await this.#inTurn(() => this.#answer(question, {}));
  }

  /** Shows the version of a message that was written so many before or after it. */
  showVersion(messageId: string, step: number): void {
    this.#persisted.step(messageId, step);
  }

  /** Chooses the versions by which a message is on the screen. */
  reveal(messageId: string): void {
    if (!this.visible.some(({ message }) => message.id === messageId)) {
      this.#persisted.choose(messageId);
    }
  }

  /** Gives this conversation another title. */
  setTitle(title: string): void {
    this.catchUp();
    this.#persisted.setTitle(title);
  }

  /** Has this conversation ask a model of its own from now on, or again the general one. */
  setModel(model: string | undefined): void {
    this.catchUp();
    this.#persisted.setModel(model);
  }

  /** Lets the model go on with an answer that broke off, where it did; what it says is added to that answer. */
  async continue(answerId: string): Promise<void> {
    this.catchUp();
    const answer = this.#persisted.find(answerId);
    if (answer?.role === 'assistant' && canContinue(answer)) {
      await this.#inTurn(() =>
        this.#coordinator.goOn(answer, () => this.#request(pathTo(this.conversation, answer), {})),
      );
    }
  }

  /**
   * The request that a question would make now; where nothing is asked, the one that the last question would make
   * again. It is not sent.
   */
  requestFor(asked: QuestionInput): ChatRequest | undefined {
    if (asked.text.trim() !== '') {
      return this.requestAsking(asked);
    }
    const last = this.visible.findLast(({ message }) => message.role === 'user');
    return last && this.#request(pathTo(this.conversation, last.message), {});
  }

  /** The request that a question would make now, also one without words yet. It is not sent. */
  requestAsking(asked: QuestionInput, changes: Partial<RequestSettings> = {}): ChatRequest {
    const parent = this.visible.at(-1)?.message;
    const question: UserMessage = { role: 'user', ...this.#newMessage(parent), parts: partsOf(asked) };
    return this.#request(pathTo(this.conversation, question), changes);
  }

  /**
   * The settings and the size of the request that words of about so many tokens would make now, with what goes along.
   * It is for words that are still being typed, so nothing of them is in it.
   */
  sizeAsking(added: { readonly tokens: number; readonly hasMedia: boolean }): {
    readonly settings: RequestSettings;
    readonly size: RequestSize;
  } {
    const last = this.visible.at(-1)?.message;
    const path = last ? pathTo(this.conversation, last) : [];
    const before = tokensOfMessages(path);
    const { system, ...settings } = this.#settings(before + added.tokens, {});
    const sentBefore = tokensOfSystem(system) + before;
    const isFirst = !path.some(({ role }) => role === 'assistant');
    return {
      settings,
      size: {
        tokens: sentBefore + added.tokens,
        sentBefore: isFirst ? 0 : sentBefore,
        hasMedia: added.hasMedia || path.some((message) => mediaOf(message).length > 0),
      },
    };
  }

  /** The request that ends with a message: a question, or an answer that is to go on. It is not sent. */
  requestUpTo(messageId: string, changes: Partial<RequestSettings> = {}): ChatRequest | undefined {
    const message = this.#persisted.find(messageId);
    return message && this.#request(pathTo(this.conversation, message), changes);
  }

  /** The request that a question would make in other words. It is not sent. */
  requestEditing(questionId: string, text: CleanText): ChatRequest | undefined {
    const old = this.#persisted.find(questionId);
    if (old?.role !== 'user') {
      return undefined;
    }
    const question: UserMessage = { ...old, parts: partsOf({ ...askedIn(old), text }) };
    return this.#request([...pathTo(this.conversation, old).slice(0, -1), question], {});
  }

  /** Ends the answer on its way; what has arrived stays. */
  stop(): void {
    this.#coordinator.stop();
  }

  /** Takes over what another window has written into this conversation. */
  catchUp(): void {
    if (!this.busy) {
      this.#persisted.catchUp();
    }
  }

  dispose(): void {
    // The store may be closed before the answer has come to its end.
    this.#persisted.saveRest(this.#coordinator.current);
    this.#coordinator.flush();
    // What waits stays unanswered: nothing is sent, and paid for, that nobody will see.
    this.#queue.end();
    this.stop();
    this.#persisted.dispose();
  }

  async #answerAnew(question: UserMessage, changes: Partial<RequestSettings>): Promise<void> {
    await this.#inTurn(async () => {
      const answered = this.#answer(question, changes);
      this.#persisted.choose(this.#coordinator.current?.id ?? question.id);
      await answered;
    });
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    try {
      await this.#queue.take(work);
    } finally {
      if (!this.busy) {
        this.#persisted.toldAnew();
      }
    }
  }

  #questionOf(answerId: string): UserMessage | undefined {
    const question = this.#persisted.find(this.#persisted.find(answerId)?.parentId);
    return question?.role === 'user' ? question : undefined;
  }

  #newMessage(parent: Message | undefined): { id: string; createdAt: number; parentId?: string } {
    const { newId, now } = this.#parts;
    return { id: newId(), createdAt: now(), ...(parent && { parentId: parent.id }) };
  }

  async #answer(
    question: UserMessage,
    changes: Partial<RequestSettings>,
    source?: AnswerSource,
  ): Promise<void> {
    const { conversation } = this;
    const messages = pathTo(conversation, question);
    const fresh = conversation.messages.some(({ parentId }) => parentId === question.id);
    const requestedModel = changes.model ?? conversation.model ?? this.#parts.model();
    const answer: AssistantMessage = {
      role: 'assistant',
      ...this.#newMessage(question),
      parts: [],
      answer: { requestedModel, generations: [], outcome: { state: 'pending' } },
    };
    await this.#coordinator.begin(answer, () => this.#request(messages, changes, fresh), source);
  }

  #request(messages: readonly Message[], changes: Partial<RequestSettings>, fresh = false): ChatRequest {
    return {
      ...this.#settings(tokensOfMessages(messages), changes),
      messages,
      sessionId: this.conversation.id,
      feature: 'chat',
      ...(fresh && { fresh }),
    };
  }

  #settings(tokens: number, changes: Partial<RequestSettings>): ReturnType<SessionParts['request']> {
    const { id, model } = this.conversation;
    return this.#parts.request(tokens, { ...(model !== undefined && { model }), ...changes }, id);
  }
}
