import type { ContextItem } from '../context/contextItem.ts';
import { RequestError } from '../model/requestError.ts';
import { Emitter, type Disposable } from '../util/emitter.ts';
import { AnswerWriter } from './answerWriter.ts';
import type { ChatModel, ChatRequest, ResponseEvent } from './chatModel.ts';
import {
  emptyConversation,
  titleFrom,
  withAppended,
  withMessage,
  type Conversation,
} from './conversation.ts';
import type { ConversationStore } from './conversationStore.ts';
import type { Answer, AssistantMessage, Failure, Message, Outcome, Part, UserMessage } from './message.ts';

/** What a session is built from. */
export interface SessionParts {
  readonly store: ConversationStore;
  /** Gives the model that is asked; loading it may take a moment. */
  readonly chat: () => Promise<ChatModel>;
  /** Settings of the next request. */
  readonly request: () => Pick<ChatRequest, 'model' | 'maxTokens' | 'system'>;
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

/** The answer on its way. */
interface Run {
  message: AssistantMessage;
  readonly abort: AbortController;
  readonly writer: AnswerWriter;
  readonly startedAt: number;
  finish: string | undefined;
}

/** One conversation at work: it asks, follows the answer, and keeps both on disk as they grow. */
export class ChatSession implements Disposable {
  readonly #parts: SessionParts;
  readonly #changed = new Emitter<SessionChange>();
  #conversation: Conversation;
  #saved: boolean;
  #revision = 0;
  /** The ids of messages that could not be saved yet. */
  #unsaved: readonly string[] = [];
  #run: Run | undefined;
  /** Settles when the last of the questions asked so far is answered. */
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;

  readonly onDidChange = this.#changed.event;

  private constructor(parts: SessionParts, conversation: Conversation, saved: boolean) {
    this.#parts = parts;
    this.#conversation = conversation;
    this.#saved = saved;
    this.#revision = saved ? parts.store.revision(conversation.id) : 0;
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
  async send(text: string, context: readonly ContextItem[]): Promise<void> {
    this.catchUp();
    const parts: readonly Part[] = [
      ...context.map((item) => ({ type: 'context' as const, item })),
      { type: 'text', text },
    ];
    const parent = this.#conversation.messages.at(-1);
    const question: UserMessage = { role: 'user', ...this.#newMessage(parent), parts };
    if (parent === undefined) {
      this.#conversation = { ...this.#conversation, title: titleFrom(text) };
    }
    this.#add(question);
    await this.#inTurn(() => this.#answer(question));
  }

  /** Asks the question of a failed or stopped answer again; what that answer said stays. */
  async retry(answerId: string): Promise<void> {
    this.catchUp();
    const failed = this.#conversation.messages.find((each) => each.id === answerId);
    const question = this.#conversation.messages.find((each) => each.id === failed?.parentId);
    if (question?.role === 'user') {
      await this.#inTurn(async () => {
        const answer = this.#answer(question);
        this.#changed.fire({ type: 'reloaded' });
        await answer;
      });
    }
  }

  /** Ends the answer on its way; what has arrived stays. */
  stop(): void {
    this.#run?.abort.abort();
  }

  /** Takes over what another window has written into this conversation. */
  catchUp(): void {
    if (this.busy || !this.#saved || this.#unsaved.length > 0) {
      return;
    }
    try {
      if (this.#reload()) {
        this.#changed.fire({ type: 'reloaded' });
      }
    } catch (error) {
      this.#changed.fire({ type: 'saveFailed', error });
    }
  }

  /** Reads the conversation again if it has changed on disk. */
  #reload(): boolean {
    const { store } = this.#parts;
    const revision = store.revision(this.#conversation.id);
    const conversation = revision === this.#revision ? undefined : store.load(this.#conversation.id);
    if (!conversation) {
      return false;
    }
    this.#conversation = conversation;
    this.#revision = revision;
    return true;
  }

  dispose(): void {
    // The store may be closed before the answer has come to its end.
    this.#run?.writer.flush();
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
    this.#unsaved = [...this.#unsaved, message.id];
    this.#save();
    this.#changed.fire({ type: 'message', message });
  }

  /** Saves the messages that are not on disk yet, in order. What fails is told, and tried again with the next one. */
  #save(): void {
    const { store } = this.#parts;
    const { id, messages } = this.#conversation;
    try {
      if (!this.#saved) {
        store.create({ ...this.#conversation, messages: [] });
        this.#saved = true;
      }
      for (const message of messages.filter((each) => this.#unsaved.includes(each.id))) {
        // The parts of the answer on its way are its writer's to save.
        store.addMessage(id, message.id === this.#run?.message.id ? { ...message, parts: [] } : message);
        this.#unsaved = this.#unsaved.filter((each) => each !== message.id);
        this.#noteWrite();
      }
    } catch (error) {
      this.#changed.fire({ type: 'saveFailed', error });
    }
  }

  /** Notes a write of its own. Where more has been written, `catchUp` will see that another window did. */
  #noteWrite(): void {
    const revision = this.#parts.store.revision(this.#conversation.id);
    if (revision === this.#revision + 1) {
      this.#revision = revision;
    }
  }

  async #answer(question: UserMessage): Promise<void> {
    const settings = this.#parts.request();
    const message: AssistantMessage = {
      role: 'assistant',
      ...this.#newMessage(question),
      parts: [],
      answer: { requestedModel: settings.model, outcome: { state: 'pending' } },
    };
    const messages = pathTo(this.#conversation, question);
    const run: Run = {
      message,
      abort: new AbortController(),
      writer: new AnswerWriter(this.#parts.store, message.id, (error) => {
        this.#changed.fire({ type: 'saveFailed', error });
      }),
      startedAt: this.#parts.now(),
      finish: undefined,
    };
    this.#run = run;
    this.#add(message);
    let outcome: Outcome;
    try {
      const chat = await this.#parts.chat();
      const request = { ...settings, messages, sessionId: this.#conversation.id };
      for await (const event of chat.stream(request, run.abort.signal)) {
        this.#take(run, event);
      }
      outcome = { state: run.abort.signal.aborted ? 'stopped' : run.finish === 'length' ? 'cut' : 'done' };
    } catch (error) {
      outcome = { state: 'failed', failure: toFailure(error) };
    }
    this.#end(run, outcome);
  }

  #take(run: Run, event: ResponseEvent): void {
    switch (event.type) {
      case 'text':
      case 'reasoning':
        this.#append(run, event.type, event.text);
        break;
      case 'origin': {
        const { type: _type, ...origin } = event;
        this.#note(run, origin);
        break;
      }
      case 'usage':
        this.#note(run, { usage: event.usage });
        break;
      case 'reasoningDetails':
        this.#note(run, { reasoningDetails: event.details });
        break;
      case 'finish':
        run.finish = event.reason;
        break;
      default:
        event satisfies never;
    }
  }

  #append(run: Run, part: 'text' | 'reasoning', text: string): void {
    const elapsed = this.#parts.now() - run.startedAt;
    const { timing } = run.message.answer;
    const kinds = new Set(run.message.parts.map(({ type }) => type));
    const joinsOther = kinds.size > 0 && !kinds.has(part);
    this.#note(run, {
      timing: {
        endMs: elapsed,
        firstTokenMs: timing?.firstTokenMs ?? elapsed,
        ...(part === 'text' ? { firstTextMs: timing?.firstTextMs ?? elapsed } : {}),
        ...(timing?.firstTextMs === undefined ? {} : { firstTextMs: timing.firstTextMs }),
      },
    });
    run.message = withAppended(run.message, part, text);
    this.#conversation = withMessage(this.#conversation, run.message);
    run.writer.append(part, text);
    // Once there is text beside reasoning, it is known how long the model thought: that is no part of an append.
    this.#changed.fire(
      joinsOther
        ? { type: 'message', message: run.message }
        : { type: 'append', messageId: run.message.id, part, text },
    );
  }

  #note(run: Run, facts: Partial<Answer>): void {
    run.message = { ...run.message, answer: { ...run.message.answer, ...facts } };
  }

  #end(run: Run, outcome: Outcome): void {
    const { store } = this.#parts;
    const timing = run.message.answer.timing;
    this.#note(run, { outcome, timing: { ...timing, endMs: this.#parts.now() - run.startedAt } });
    this.#conversation = withMessage(this.#conversation, run.message);
    if (this.#unsaved.length > 0) {
      this.#save();
    }
    run.writer.flush();
    try {
      store.saveAnswer(run.message);
      this.#noteWrite();
    } catch (error) {
      this.#changed.fire({ type: 'saveFailed', error });
    }
    this.#run = undefined;
    this.#changed.fire({ type: 'message', message: run.message });
    this.#changed.fire({ type: 'ended', message: run.message });
  }
}

/**
 * The messages from the first one to this one, along the chain of parents. A question that was asked while another
 * waited for its answer follows that question; the answer belongs between them.
 */
function pathTo({ messages }: Conversation, last: Message): readonly Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: Message[] = [last];
  for (let parent = byId.get(last.parentId ?? ''); parent; parent = byId.get(parent.parentId ?? '')) {
    const question = parent;
    if (question.role === 'user' && path[0]?.role === 'user') {
      const answer = messages.findLast((each) => each.role === 'assistant' && each.parentId === question.id);
      path.unshift(...(answer ? [answer] : []));
    }
    path.unshift(question);
  }
  return path;
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
