import type { CleanItem } from '../../core/context/clean.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { QuestionInput } from '../../core/conversation/questionInput.ts';
import type { MediaItem } from '../../core/conversation/mediaItem.ts';
import type { MediaPart } from '../../core/conversation/part.ts';
import type { AttachmentView } from '../../protocol/chatView.ts';
import { toAttachmentView, toMediaView } from '../answers/messageView.ts';

/** The next question's attachments: text, images, documents, and audio. */
export class Attachments {
  #items: readonly CleanItem[] = [];
  readonly #originals = new Map<string, ContextItem>();
  #media: readonly MediaItem[] = [];

  get items(): readonly CleanItem[] {
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

  /** `original` is the item before redaction. Attaching the same source again replaces it. */
  addItem(item: CleanItem, original: ContextItem): void {
    this.remove(item.id);
    this.#items = [...this.#items, item];
    if (item.text !== original.text) {
      this.#originals.set(item.id, original);
    }
  }

  /** The original of a redacted item. */
  originalOf(id: string): ContextItem | undefined {
    return this.#originals.get(id);
  }

  /** Replaces a redacted item with its original. */
  restore(original: CleanItem): void {
    if (this.#originals.delete(original.id)) {
      this.#items = this.#items.map((item) => (item.id === original.id ? original : item));
    }
  }

  addMedia(item: MediaItem): void {
    this.#media = [...this.#media, item];
  }

  remove(id: string): void {
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#originals.delete(id);
    this.#media = this.#media.filter((item) => item.id !== id);
  }

  /** Reattaches a question's attachments; items attached since then stay. */
  takeBack({ context, media = [] }: Pick<QuestionInput, 'context' | 'media'>): void {
    const attached = new Set(this.#items.map(({ id }) => id));
    this.#items = [...this.#items, ...context.filter(({ id }) => !attached.has(id))];
    this.#media = [...this.#media, ...media.map(toMediaItem)];
  }

  /** Removes what was sent with a question; items added since then stay. */
  sent(items: readonly ContextItem[], media: readonly MediaItem[]): void {
    this.#items = this.#items.filter((item) => !items.includes(item));
    items.forEach(({ id }) => this.#originals.delete(id));
    this.#media = this.#media.filter((item) => !media.includes(item));
  }
}

function toMediaItem(part: MediaPart): MediaItem {
  const base64 = part.type === 'audio' ? part.data : part.url.slice(part.url.indexOf(',') + 1);
  return { id: crypto.randomUUID(), part, bytes: Buffer.byteLength(base64, 'base64') };
}
