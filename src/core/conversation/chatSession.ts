import type { PicoDollars } from '../model/money.ts';
import type { RequestSettings } from '../model/requestSettings.ts';
import { Emitter, type Disposable } from '../util/emitter.ts';
import { AnswerRun, type Growth } from './answerRun.ts';
import { askedIn, partsOf, type Asked } from './asked.ts';
import type { VisibleMessage } from './branches.ts';
import type { ChatModel, ChatRequest, ResponseEvent } from './chatModel.ts';
import {
  emptyConversation,
  pathTo,
  titleFrom,
  withMessage,
  withoutQuestion,
  type Conversation,
} from './conversation.ts';
import { ConversationFile } from './conversationFile.ts';
import { toFailure } from './failure.ts';
import type { ConversationStore } from './conversationStore.ts';
import {
  canContinue,
  promptTokens,
  type AssistantMessage,
  type Message,
  type Outcome,
  type Usage,
  type UserMessage,
} from './message.ts';
import { Settlement } from './settlement.ts';
import { ShownMessages } from './shownMessages.ts';
import { Turns } from './turns.ts';

/** What a session is built from. */
export interface SessionParts {
  readonly store: ConversationStore;
  /** Gives the model that is asked; loading it may take a moment. */
  readonly chat: () => Promise<ChatModel>;
  /** The id of the model that is asked next. */
  readonly model: () => string;
  /**
   * Settings of the next request of a conversation, which carries these messages and is to differ so. Throws a
   * `RequestError` where one cannot be used.
   */
  readonly request: (
    messages: readonly Message[],
    changes: Partial<RequestSettings>,
    conversationId: string,
  ) => RequestSettings & Pick<ChatRequest, 'system'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
  /** What an answer costs at the list price of its model; nothing where there is none. */
  readonly estimate: (
    model: string,
    tokens: { readonly prompt: number; readonly completion: number },
  ) => PicoDollars | undefined;
  /** Waits for what the service's books say of an answer; nothing when they never do. */
  readonly lookUpUsage: (generationId: string) => Promise<Usage | undefined>;
}

/** What changed, as finely as a view wants to know it. */
export type SessionChange =
  | { readonly type: 'message'; readonly message: Message }
  | {
      readonly type: 'append';
      readonly messageId: string;
      readonly part: 'text' | 'reasoning';
      readonly text: string;
    }
  /** A question that waited for its turn is not there any more. */
  | { readonly type: 'withdrawn'; readonly messageId: string }
  /** The conversation was read anew. */
  | { readonly type: 'reloaded' }
  /** The conversation has another title, or another model of its own. */
  | { readonly type: 'head' }
  /** An answer ended, however it ended. */
  | { readonly type: 'ended'; readonly message: AssistantMessage }
  /** The true cost of an answer is known now. */
  | { readonly type: 'settled' }
  /** The disk could not be read or written; the words are still here. */
  | { readonly type: 'saveFailed'; readonly error: unknown };

/** Where the events of an answer come from, when a model is asked. */
export type AnswerSource = (
  request: ChatRequest,
  chat: ChatModel,
  signal: AbortSignal,
) => AsyncIterable<ResponseEvent>;

const fromModel: AnswerSource = (request, chat, signal) => chat.stream(request, signal);

/** One conversation at work: it asks, follows the answer, and keeps both on disk as they grow. */
export class ChatSession implements Disposable {
  readonly #parts: SessionParts;
  readonly #changed = new Emitter<SessionChange>();
  readonly #file: ConversationFile;
  #conversation: Conversation;
  #run: AnswerRun | undefined;
  readonly #shown = new ShownMessages(() => this.#conversation);
  readonly #turns = new Turns();
  readonly #settlement: Settlement;
  #failureTold = false;
  readonly #queued = new Set<string>();

  readonly onDidChange = this.#changed.event;

  private constructor(parts: SessionParts, conversation: Conversation, exists: boolean) {
    this.#parts = parts;
    this.#conversation = conversation;
    this.#file = new ConversationFile(parts.store, conversation.id, exists, this.#saveFailed);
    this.#settlement = new Settlement({
      lookUpUsage: parts.lookUpUsage,
      find: (messageId) => this.#find(messageId),
      settled: (answer) => {
        this.#settled(answer);
      },
    });
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
    void session.#settlement.resume(conversation.messages, parts.now());
    return session;
  }

  /** All that was ever said, in every version. */
  get conversation(): Conversation {
    return this.#conversation;
  }

  /** What is on the screen: one version of each message, the newest where none was chosen. */
  get visible(): readonly VisibleMessage[] {
    return this.#shown.all;
  }

  /** Whether a message is on the screen, and not another version of it. */
  isVisible(messageId: string): boolean {
    return this.#shown.has(messageId);
  }

  /** Whether an answer is on its way, or a question waits for its turn. */
  get busy(): boolean {
    return this.#turns.busy;
  }

  /**
   * Asks a question: it is saved at once, and answered after those before it. Resolves when its answer has ended;
   * failures end up in the answer, not here.
   */
  async send(
    asked: Asked,
    changes: Partial<RequestSettings> = {},
    source: AnswerSource = fromModel,
  ): Promise<void> {
    this.catchUp();
    const parent = this.visible.at(-1)?.message;
    const question: UserMessage = { role: 'user', ...this.#newMessage(parent), parts: partsOf(asked) };
    if (parent === undefined) {
      this.#conversation = { ...this.#conversation, title: titleFrom(asked.text) };
    }
    if (this.busy) {
      this.#queued.add(question.id);
    }
    this.#add(question);
    await this.#inTurn(async () => {
      const asking = this.#find(question.id);
      if (asking?.role !== 'user') {
        return;
      }
      if (this.#queued.delete(asking.id)) {
        this.#changed.fire({ type: 'message', message: asking });
      }
      await this.#answer(asking, changes, source);
    });
  }

  /** Takes back a question that still waits for its turn, and gives what was asked; nothing once it is its turn. */
  withdraw(questionId: string): Asked | undefined {
    const question = this.#find(questionId);
    if (question?.role !== 'user' || !this.#queued.delete(questionId)) {
      return undefined;
    }
    this.#conversation = withoutQuestion(this.#conversation, questionId);
    this.#shown.forget();
    this.#file.withdraw(this.#conversation, questionId);
    this.#changed.fire({ type: 'withdrawn', messageId: questionId });
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
    const { messages } = this.#conversation;
    const failed = messages.find((each) => each.id === answerId);
    const question = messages.find((each) => each.id === failed?.parentId);
    if (question?.role !== 'user') {
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
    const { messages } = this.#conversation;
    const answer = messages.find(({ id }) => id === answerId);
    const question = messages.find(({ id }) => id === answer?.parentId);
    if (question?.role === 'user') {
      await this.#answerAnew(question, changes);
    }
  }

  /** Puts a question in other words, in its place; what was asked before, and all that followed, stays reachable. */
  async edit(questionId: string, text: string): Promise<void> {
    this.catchUp();
    const { messages } = this.#conversation;
    const old = messages.find(({ id }) => id === questionId);
    if (old?.role !== 'user') {
      return;
    }
    const parent = messages.find(({ id }) => id === old.parentId);
    const parts = partsOf({ ...askedIn(old), text });
    const question: UserMessage = { role: 'user', ...this.#newMessage(parent), parts };
    this.#add(question);
    this.#choose(question.id);
    await this.#inTurn(() => this.#answer(question, {}));
  }

  /** Shows the version of a message that was written so many before or after it. */
  showVersion(messageId: string, step: number): void {
    if (this.#shown.step(messageId, step)) {
      this.#changed.fire({ type: 'reloaded' });
    }
  }

  /** Chooses the versions by which a message is on the screen. */
  reveal(messageId: string): void {
    if (!this.visible.some(({ message }) => message.id === messageId)) {
      this.#choose(messageId);
    }
  }

  /** Gives this conversation another title. */
  setTitle(title: string): void {
    this.catchUp();
    this.#conversation = { ...this.#conversation, title };
    this.#file.saveTitle(this.#conversation);
    this.#changed.fire({ type: 'head' });
  }

  /** Has this conversation ask a model of its own from now on, or again the general one. */
  setModel(model: string | undefined): void {
    this.catchUp();
    const { model: _previous, ...conversation } = this.#conversation;
    this.#conversation = { ...conversation, ...(model !== undefined && { model }) };
    this.#file.saveModel(this.#conversation);
    this.#changed.fire({ type: 'head' });
  }

  /** Lets the model go on with an answer that broke off, where it did; what it says is added to that answer. */
  async continue(answerId: string): Promise<void> {
    this.catchUp();
    const answer = this.#find(answerId);
    if (answer?.role === 'assistant' && canContinue(answer)) {
      await this.#inTurn(() =>
        this.#follow(this.#resume(answer), () => this.#request(pathTo(this.#conversation, answer), {})),
      );
    }
  }

  /**
   * The request that a question would make now; where nothing is asked, the one that the last question would make
   * again. It is not sent.
   */
  requestFor(asked: Asked): ChatRequest | undefined {
    if (asked.text.trim() !== '') {
      return this.requestAsking(asked);
    }
    const last = this.visible.findLast(({ message }) => message.role === 'user');
    return last && this.#request(pathTo(this.#conversation, last.message), {});
  }

  /** The request that a question would make now, also one without words yet. It is not sent. */
  requestAsking(asked: Asked, changes: Partial<RequestSettings> = {}): ChatRequest {
    const parent = this.visible.at(-1)?.message;
    const question: UserMessage = { role: 'user', ...this.#newMessage(parent), parts: partsOf(asked) };
    return this.#request(pathTo(this.#conversation, question), changes);
  }

  /** The request that ends with a message: a question, or an answer that is to go on. It is not sent. */
  requestUpTo(messageId: string, changes: Partial<RequestSettings> = {}): ChatRequest | undefined {
    const message = this.#find(messageId);
    return message && this.#request(pathTo(this.#conversation, message), changes);
  }

  /** The request that a question would make in other words. It is not sent. */
  requestEditing(questionId: string, text: string): ChatRequest | undefined {
    const old = this.#find(questionId);
    if (old?.role !== 'user') {
      return undefined;
    }
    const question: UserMessage = { ...old, parts: partsOf({ ...askedIn(old), text }) };
    return this.#request([...pathTo(this.#conversation, old).slice(0, -1), question], {});
  }

  /** Ends the answer on its way; what has arrived stays. */
  stop(): void {
    this.#run?.stop();
  }

  /** Takes over what another window has written into this conversation. */
  catchUp(): void {
    const newer = this.busy ? undefined : this.#file.newer(this.#conversation);
    if (newer) {
      this.#conversation = newer;
      this.#shown.forget();
      this.#changed.fire({ type: 'reloaded' });
    }
  }

  dispose(): void {
    // The store may be closed before the answer has come to its end.
    this.#run?.flush();
    // What waits stays unanswered: nothing is sent, and paid for, that nobody will see.
    this.#turns.end();
    this.stop();
    this.#changed.dispose();
  }

  async #answerAnew(question: UserMessage, changes: Partial<RequestSettings>): Promise<void> {
    await this.#inTurn(async () => {
      const answer = this.#answer(question, changes);
      this.#choose(this.#run?.message.id ?? question.id);
      await answer;
    });
  }

  #choose(messageId: string): void {
    this.#shown.choose(messageId);
    this.#changed.fire({ type: 'reloaded' });
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    try {
      await this.#turns.take(work);
    } finally {
      this.#failureTold = this.#failureTold && this.busy;
    }
  }

  #find(messageId: string): Message | undefined {
    return this.#conversation.messages.find(({ id }) => id === messageId);
  }

  #newMessage(parent: Message | undefined): { id: string; createdAt: number; parentId?: string } {
    const { newId, now } = this.#parts;
    return { id: newId(), createdAt: now(), ...(parent && { parentId: parent.id }) };
  }

  #add(message: Message): void {
    this.#conversation = withMessage(this.#conversation, message);
    this.#shown.forget();
    this.#file.add(this.#conversation, message.id, this.#run?.message.id);
    this.#changed.fire({ type: 'message', message });
  }

  async #answer(
    question: UserMessage,
    changes: Partial<RequestSettings>,
    source: AnswerSource = fromModel,
  ): Promise<void> {
    const messages = pathTo(this.#conversation, question);
    const fresh = this.#conversation.messages.some(({ parentId }) => parentId === question.id);
    const run = this.#begin(question, changes.model ?? this.#conversation.model ?? this.#parts.model());
    await this.#follow(run, () => this.#request(messages, changes, fresh), source);
  }

  #request(messages: readonly Message[], changes: Partial<RequestSettings>, fresh = false): ChatRequest {
    const { id, model } = this.#conversation;
    const settings = this.#parts.request(messages, { ...(model !== undefined && { model }), ...changes }, id);
    return {
      ...settings,
      messages,
      sessionId: id,
      feature: 'chat',
      ...(fresh && { fresh }),
    };
  }

  /** Asks, and follows the answer to its end. */
  async #follow(
    run: AnswerRun,
    makeRequest: () => ChatRequest,
    source: AnswerSource = fromModel,
  ): Promise<void> {
    let outcome: Outcome;
    try {
      const request = makeRequest();
      const chat = await this.#parts.chat();
      for await (const event of source(request, chat, run.signal)) {
        this.#grow(run, run.take(event));
        if (isWorthSaving(event)) {
          this.#file.saveAnswer(run.message);
        }
      }
      outcome = run.outcome;
    } catch (error) {
      outcome = { state: 'failed', failure: toFailure(error) };
    }
    this.#end(run, outcome);
  }

  #begin(question: UserMessage, requestedModel: string): AnswerRun {
    const message: AssistantMessage = {
      role: 'assistant',
      ...this.#newMessage(question),
      parts: [],
      answer: { requestedModel, outcome: { state: 'pending' } },
    };
    const { store, now } = this.#parts;
    const run = new AnswerRun(message, store, now, this.#saveFailed);
    this.#run = run;
    this.#add(message);
    return run;
  }

  /** An answer that broke off goes on where it did. */
  #resume(answer: AssistantMessage): AnswerRun {
    const { store, now } = this.#parts;
    const run = new AnswerRun(answer, store, now, this.#saveFailed);
    this.#run = run;
    this.#conversation = withMessage(this.#conversation, run.message);
    this.#file.saveAnswer(run.message);
    this.#changed.fire({ type: 'message', message: run.message });
    return run;
  }

  #grow({ message }: AnswerRun, growth: Growth | undefined): void {
    if (growth) {
      this.#conversation = withMessage(this.#conversation, message);
      this.#changed.fire(
        growth.type === 'append' ? { ...growth, messageId: message.id } : { type: 'message', message },
      );
    }
  }

  #end(run: AnswerRun, outcome: Outcome): void {
    run.end(outcome, (answer) => this.#estimate(answer));
    const { message } = run;
    this.#conversation = withMessage(this.#conversation, message);
    this.#file.end(this.#conversation, message, () => {
      run.flush();
    });
    this.#run = undefined;
    this.#changed.fire({ type: 'message', message });
    this.#changed.fire({ type: 'ended', message });
    void this.#settlement.settle(message);
  }

  /** About what an answer took that ended without saying so, as when it was stopped. */
  #estimate(message: AssistantMessage): Usage {
    const path = pathTo(this.#conversation, message).filter(({ id }) => id !== message.id);
    const tokens = { prompt: promptTokens(path), completion: promptTokens([message]) };
    const { model, requestedModel } = message.answer;
    const cost = this.#parts.estimate(model ?? requestedModel, tokens);
    return {
      promptTokens: tokens.prompt,
      completionTokens: tokens.completion,
      estimated: true,
      ...(cost !== undefined && { cost }),
    };
  }

  #settled(answer: AssistantMessage): void {
    this.#conversation = withMessage(this.#conversation, answer);
    this.#file.saveAnswer(answer);
    this.#changed.fire({ type: 'message', message: answer });
    this.#changed.fire({ type: 'settled' });
  }

  /** A growing answer is written twice a second; that this fails is told once until it has ended. */
  readonly #saveFailed = (error: unknown): void => {
    if (!this.#failureTold) {
      this.#failureTold = true;
      this.#changed.fire({ type: 'saveFailed', error });
    }
  };
}

/** What must not wait for the end of an answer: by its id the service can be asked, even after a crash. */
function isWorthSaving({ type }: ResponseEvent): boolean {
  return type === 'origin' || type === 'images' || type === 'sources';
}
