import type { ContextItem } from '../../core/context/contextItem.ts';
import type { MediaItem } from '../../core/conversation/mediaItem.ts';
import type { AttachmentView } from '../../protocol/chatView.ts';
import { toAttachmentView, toMediaView } from './messageView.ts';

/** What goes with the next question: pieces of text, and pictures, documents and sounds. */
export class Attachments {
  #items: readonly ContextItem[] = [];
  #media: readonly MediaItem[] = [];

  get items(): readonly ContextItem[] {
    return this.#items;
  }

  get media(): readonly MediaItem[] {
    return this.#media;
  }

  get views(): readonly AttachmentView[] {
    return [
      ...this.#items.map(toAttachmentView),
      ...this.#media.map(({ id, part, bytes }) => toMediaView(id, part, bytes)),
    ];
  }

  addItem(item: ContextItem): void {
    this.#items = [...this.#items, item];
  }

  addMedia(item: MediaItem): void {
    this.#media = [...this.#media, item];
  }

  remove(id: string): void {
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#media = this.#media.filter((item) => item.id !== id);
  }

  /** Takes away what has gone with a question; what was added since stays. */
  sent(items: readonly ContextItem[], media: readonly MediaItem[]): void {
    this.#items = this.#items.filter((item) => !items.includes(item));
    this.#media = this.#media.filter((item) => !media.includes(item));
  }
}
