import type { ContextItem } from '../context/contextItem.ts';
import { RequestError } from '../model/requestError.ts';
import { Emitter, type Disposable } from '../util/emitter.ts';
import { AnswerRun, type Growth } from './answerRun.ts';
import type { ChatModel, ChatRequest } from './chatModel.ts';
import { emptyConversation, pathTo, titleFrom, withMessage, type Conversation } from './conversation.ts';
import { ConversationFile } from './conversationFile.ts';
import type { ConversationStore } from './conversationStore.ts';
import {
  contextOf,
  mediaOf,
  textOf,
  type AssistantMessage,
  type Failure,
  type MediaPart,
  type Message,
  type Outcome,
  type Part,
  type UserMessage,
} from './message.ts';

/** What a session is built from. */
export interface SessionParts {
  readonly store: ConversationStore;
  /** Gives the model that is asked; loading it may take a moment. */
  readonly chat: () => Promise<ChatModel>;
  /** Settings of the next request. */
  readonly request: () => Omit<ChatRequest, 'messages' | 'sessionId'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
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
  /** The conversation was read anew. */
  | { readonly type: 'reloaded' }
  /** An answer ended, however it ended. */
  | { readonly type: 'ended'; readonly message: AssistantMessage }
  /** The disk could not be read or written; the words are still here. */
  | { readonly type: 'saveFailed'; readonly error: unknown };

/** One conversation at work: it asks, follows the answer, and keeps both on disk as they grow. */
export class ChatSession implements Disposable {
  readonly #parts: SessionParts;
  readonly #changed = new Emitter<SessionChange>();
  readonly #file: ConversationFile;
  #conversation: Conversation;
  #run: AnswerRun | undefined;
  /** Settles when the last of the questions asked so far is answered. */
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;

  readonly onDidChange = this.#changed.event;

  private constructor(parts: SessionParts, conversation: Conversation, exists: boolean) {
    this.#parts = parts;
    this.#conversation = conversation;
    this.#file = new ConversationFile(parts.store, conversation.id, exists, this.#saveFailed);
  }

  /** Begins a new conversation; it is saved with its first question. */
  static begin(parts: SessionParts): ChatSession {
    return new ChatSession(parts, emptyConversation(parts.newId(), parts.now()), false);
  }

  /** Continues a saved conversation, if it is still there. */
  static resume(parts: SessionParts, conversationId: string): ChatSession | undefined {
    const conversation = parts.store.load(conversationId);
    return conversation && new ChatSession(parts, conversation, true);
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  /** Whether an answer is on its way, or a question waits for its turn. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  /**
   * Asks a question: it is saved at once, and answered after those before it. Resolves when its answer has ended;
   * failures end up in the answer, not here.
   */
  async send(text: string, context: readonly ContextItem[], media: readonly MediaPart[] = []): Promise<void> {
    this.catchUp();
    const parts = questionParts(text, context, media);
    const parent = this.#conversation.messages.at(-1);
    const question: UserMessage = { role: 'user', ...this.#newMessage(parent), parts };
    if (parent === undefined) {
      this.#conversation = { ...this.#conversation, title: titleFrom(text) };
    }
    this.#add(question);
    await this.#inTurn(() => this.#answer(question));
  }

  /**
   * Asks the question of a failed or stopped answer again; what that answer said stays. Where the conversation has
   * gone on, the question is asked anew at its end.
   */
  async retry(answerId: string): Promise<void> {
    this.catchUp();
    const { messages } = this.#conversation;
    const failed = messages.find((each) => each.id === answerId);
    const question = messages.find((each) => each.id === failed?.parentId);
    if (question?.role !== 'user') {
      return;
    }
    if (messages.findLast(({ role }) => role === 'user') !== question) {
      await this.send(textOf(question), contextOf(question), mediaOf(question));
      return;
    }
    await this.#inTurn(async () => {
      const answer = this.#answer(question, true);
      this.#changed.fire({ type: 'reloaded' });
      await answer;
    });
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
      this.#changed.fire({ type: 'reloaded' });
    }
  }

  dispose(): void {
    // The store may be closed before the answer has come to its end.
    this.#run?.flush();
    this.stop();
    this.#changed.dispose();
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    this.#waiting += 1;
    const turn = this.#turn.then(work).finally(() => {
      this.#waiting -= 1;
    });
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  #newMessage(parent: Message | undefined): { id: string; createdAt: number; parentId?: string } {
    const { newId, now } = this.#parts;
    return { id: newId(), createdAt: now(), ...(parent && { parentId: parent.id }) };
  }

  #add(message: Message): void {
    this.#conversation = withMessage(this.#conversation, message);
    this.#file.add(this.#conversation, message.id, this.#run?.message.id);
    this.#changed.fire({ type: 'message', message });
  }

  /** The request that a question would make now, or the last question would make again; it is not sent. */
  requestFor(text: string, context: readonly ContextItem[]): ChatRequest | undefined {
    const { messages } = this.#conversation;
    const last = messages.findLast((each) => each.role === 'user');
    if (text.trim() === '') {
      return last && this.#request(pathTo(this.#conversation, last), false);
    }
    const parent = messages.at(-1);
    const question: UserMessage = {
      role: 'user',
      id: '',
      createdAt: 0,
      ...(parent && { parentId: parent.id }),
      parts: questionParts(text.trim(), context),
    };
    return this.#request(pathTo(this.#conversation, question), false);
  }

  #request(messages: readonly Message[], again: boolean): ChatRequest {
    const settings = this.#parts.request();
    return {
      ...settings,
      messages,
      sessionId: this.#conversation.id,
      // Who asks again wants another answer.
      ...(again && settings.responseCache && { responseCache: 'clear' }),
    };
  }

  async #answer(question: UserMessage, again = false): Promise<void> {
    const request = this.#request(pathTo(this.#conversation, question), again);
    const run = this.#begin(question, request.model);
    let outcome: Outcome;
    try {
      const chat = await this.#parts.chat();
      for await (const event of chat.stream(request, run.signal)) {
        this.#grow(run, run.take(event));
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

  #grow({ message }: AnswerRun, growth: Growth | undefined): void {
    if (growth) {
      this.#conversation = withMessage(this.#conversation, message);
      this.#changed.fire(
        growth.type === 'append' ? { ...growth, messageId: message.id } : { type: 'message', message },
      );
    }
  }

  #end(run: AnswerRun, outcome: Outcome): void {
    run.end(outcome);
    const { message } = run;
    this.#conversation = withMessage(this.#conversation, message);
    this.#file.end(this.#conversation, message, () => {
      run.flush();
    });
    this.#run = undefined;
    this.#changed.fire({ type: 'message', message });
    this.#changed.fire({ type: 'ended', message });
  }

  readonly #saveFailed = (error: unknown): void => {
    this.#changed.fire({ type: 'saveFailed', error });
  };
}

function questionParts(
  text: string,
  context: readonly ContextItem[],
  media: readonly MediaPart[] = [],
): readonly Part[] {
  return [...context.map((item) => ({ type: 'context' as const, item })), ...media, { type: 'text', text }];
}

function toFailure(error: unknown): Failure {
  if (!(error instanceof RequestError)) {
    // A fault of our own: its stack goes to the log by whoever listens; here it must still end the answer.
    return { kind: 'protocol', detail: error instanceof Error ? error.message : String(error) };
  }
  const { kind, status, detail, retryAfter } = error;
  return {
    kind,
    ...(status === undefined ? {} : { status }),
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}
