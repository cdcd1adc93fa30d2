import { chosenOrNewest, visiblePath, type VisibleMessage } from '../branches.ts';
import { pathTo, type Conversation } from '../conversation.ts';

/** What of a conversation is on the screen: one version of each message, by what the user has chosen. */
export class VisibleBranch {
  readonly #conversation: () => Conversation;
  /** The versions that the user has chosen, by their places. */
  readonly #chosen = new Map<string, string>();
  /** The ids of what is shown, while that is known: it is asked for with every token. */
  #ids: ReadonlySet<string> | undefined;

  constructor(conversation: () => Conversation) {
    this.#conversation = conversation;
  }

  /** One version of each message, the newest where none was chosen. */
  get all(): readonly VisibleMessage[] {
    return visiblePath(this.#conversation().messages, chosenOrNewest(this.#chosen));
  }

  has(messageId: string): boolean {
    this.#ids ??= new Set(this.all.map(({ message }) => message.id));
    return this.#ids.has(messageId);
  }

  /** Hears that the conversation has other messages than before. */
  forget(): void {
    this.#ids = undefined;
  }

  /** Chooses the version of a message that was written so many before or after it; says whether there is one. */
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

  /** Goes the way that leads to a message, and on from there by what was chosen before. */
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
