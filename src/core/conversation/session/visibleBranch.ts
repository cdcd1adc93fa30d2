import { chosenOrNewest, visiblePath, type VisibleMessage } from '../branches.ts';
import { pathTo, type Conversation } from '../conversation.ts';

/** The visible part of a conversation: one version of each message, by the user's choices. */
export class VisibleBranch {
  readonly #conversation: () => Conversation;
  /** The chosen versions, by place. */
  readonly #chosen = new Map<string, string>();
  /** The ids of the visible messages, cached: they are needed for every token. */
  #ids: ReadonlySet<string> | undefined;

  constructor(conversation: () => Conversation) {
    this.#conversation = conversation;
  }

  /** One version of each message, the newest unless another was chosen. */
  get all(): readonly VisibleMessage[] {
    return visiblePath(this.#conversation().messages, chosenOrNewest(this.#chosen));
  }

  has(messageId: string): boolean {
    this.#ids ??= new Set(this.all.map(({ message }) => message.id));
    return this.#ids.has(messageId);
  }

  /** Invalidates the cache when messages change. */
  forget(): void {
    this.#ids = undefined;
  }

  /** Moves this many versions before or after a message's current one, and returns whether there is one. */
  step(messageId: string, step: number): boolean {
    const shown = this.all.find(({ message }) => message.id === messageId);
    const other = shown?.versions[shown.versions.indexOf(messageId) + step];
    if (!shown || other === undefined) {
      return false;
    }
    this.#chosen.set(shown.place, other);
    this.forget();
    return true;
  }

  /** Chooses the path to a message, then continues by earlier choices. */
  choose(messageId: string): void {
    const conversation = this.#conversation();
    const message = conversation.messages.find(({ id }) => id === messageId);
    const wanted = new Set(message && pathTo(conversation, message).map(({ id }) => id));
    const otherwise = chosenOrNewest(this.#chosen);
    const way = visiblePath(
      conversation.messages,
      (place, versions) => versions.find(({ id }) => wanted.has(id)) ?? otherwise(place, versions),
    );
    way.forEach(({ place, message: { id } }) => this.#chosen.set(place, id));
    this.forget();
  }
}
