import { Emitter, type Disposable } from '../../util/emitter.ts';
import type { Growth } from './answerRun.ts';
import type { VisibleMessage } from '../branches.ts';
import { withMessage, withoutQuestion, type Conversation } from '../conversation.ts';
import { ConversationPersistence } from '../persistence/conversationPersistence.ts';
import type { ConversationStore } from '../persistence/conversationStore.ts';
import type { AssistantMessage, Message, UserMessage } from '../message.ts';
import type { SessionChange } from './sessionChange.ts';
import { VisibleBranch } from './visibleBranch.ts';

/**
 * A conversation in all its versions: which are visible, how changes reach the disk, and who is notified. It doesn't
 * know why it changes.
 */
export class PersistedConversation implements Disposable {
  readonly #changed = new Emitter<SessionChange>();
  readonly #file: ConversationPersistence;
  readonly #visible = new VisibleBranch(() => this.#conversation);
  #conversation: Conversation;
  #failureTold = false;

  readonly onDidChange = this.#changed.event;

  constructor(store: ConversationStore, conversation: Conversation, exists: boolean) {
    this.#conversation = conversation;
    this.#file = new ConversationPersistence(store, conversation.id, exists, this.saveFailed);
  }

  /** All messages, in every version. */
  get conversation(): Conversation {
    return this.#conversation;
  }

  /** One version of each message, the newest unless another was chosen. */
  get visible(): readonly VisibleMessage[] {
    return this.#visible.all;
  }

  isVisible(messageId: string): boolean {
    return this.#visible.has(messageId);
  }

  find(messageId: string | undefined): Message | undefined {
    return this.#conversation.messages.find(({ id }) => id === messageId);
  }

  /** Adds a message; the parts of a running answer are saved by its writer. */
  add(message: Message, growing: AssistantMessage | undefined): void {
    this.#conversation = withMessage(this.#conversation, message);
    this.#visible.forget();
    this.#file.add(this.#conversation, message.id, growing?.id);
    this.#changed.fire({ type: 'message', message });
  }

  /** Removes a question that was never sent. */
  withdraw({ id }: UserMessage, growing: AssistantMessage | undefined): void {
    this.#conversation = withoutQuestion(this.#conversation, id);
    this.#visible.forget();
    this.#file.withdraw(this.#conversation, id, growing?.id);
    this.#changed.fire({ type: 'withdrawn', messageId: id });
  }

  /** Notifies views that a message looks different, though it is unchanged here. */
  touch(message: Message): void {
    this.#changed.fire({ type: 'message', message });
  }

  /** Replaces a cut-off answer with its continuation. */
  goOnWith(answer: AssistantMessage): void {
    this.save(answer);
    this.#changed.fire({ type: 'message', message: answer });
  }

  /** Replaces an answer that has grown; its writer saves the text. */
  grow(answer: AssistantMessage, growths: readonly Growth[]): void {
    this.#conversation = withMessage(this.#conversation, answer);
    for (const growth of growths) {
      this.#changed.fire(
        growth.type === 'message'
          ? { type: 'message', message: answer }
          : { ...growth, messageId: answer.id },
      );
    }
  }

  /** Saves an answer's details, without its text. */
  save(answer: AssistantMessage): void {
    this.#conversation = withMessage(this.#conversation, answer);
    this.#file.saveAnswer(answer);
  }

  /** Saves an answer that has ended; `flushParts` writes its text and returns whether it could. */
  end(answer: AssistantMessage, flushParts: () => boolean): void {
    this.#conversation = withMessage(this.#conversation, answer);
    this.#file.end(this.#conversation, answer, flushParts);
    this.#changed.fire({ type: 'message', message: answer });
    this.#changed.fire({ type: 'ended', message: answer });
  }

  /** Saves an answer whose true cost is known. */
  settle(answer: AssistantMessage): void {
    this.save(answer);
    this.#changed.fire({ type: 'message', message: answer });
    this.#changed.fire({ type: 'settled' });
  }

  /** Chooses the path to a message. */
  choose(messageId: string): void {
    this.#visible.choose(messageId);
    this.#changed.fire({ type: 'reloaded' });
  }

  /** Shows a version this many steps before or after a message's current one. */
  step(messageId: string, step: number): void {
    if (this.#visible.step(messageId, step)) {
      this.#changed.fire({ type: 'reloaded' });
    }
  }

  /** Titles the conversation after its first question, with which it is saved. */
  entitle(title: string): void {
    this.#conversation = { ...this.#conversation, title };
  }

  setTitle(title: string): void {
    this.entitle(title);
    this.#file.saveTitle(this.#conversation);
    this.#changed.fire({ type: 'head' });
  }

  setModel(model: string | undefined): void {
    const { model: _previous, ...conversation } = this.#conversation;
    this.#conversation = { ...conversation, ...(model !== undefined && { model }) };
    this.#file.saveModel(this.#conversation);
    this.#changed.fire({ type: 'head' });
  }

  /** Takes over what another window has written. */
  catchUp(): void {
    const newer = this.#file.newer(this.#conversation);
    if (newer) {
      this.#conversation = newer;
      this.#visible.forget();
      this.#changed.fire({ type: 'reloaded' });
    }
  }

  /** A growing answer is written twice a second; a failure is reported once, until `toldAnew`. */
  readonly saveFailed = (error: unknown): void => {
    if (!this.#failureTold) {
      this.#failureTold = true;
      this.#changed.fire({ type: 'saveFailed', error });
    }
  };

  /** Reports the next disk failure, even if one was reported before. */
  toldAnew(): void {
    this.#failureTold = false;
  }

  /** Saves everything still waiting, if possible. */
  saveRest(growing: AssistantMessage | undefined): void {
    this.#file.saveRest(this.#conversation, growing?.id);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
