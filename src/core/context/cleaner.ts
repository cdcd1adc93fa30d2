import { cut, type CleanItem, type CleanText } from './clean.ts';
import { estimateTokens, type ContextItem } from './contextItem.ts';
import { redact, type FindSecrets } from './redaction.ts';

/** What cleaning needs. */
export interface CleanerParts {
  /** Loads the secret finder on first use. */
  readonly find: () => Promise<FindSecrets>;
  /** Whether secrets are redacted. */
  readonly isWanted: () => boolean;
}

/**
 * Turns the user's work into text that may leave the machine, for every sender: each secret is replaced by a
 * placeholder. If redaction is off, text is clean as is.
 */
export class Cleaner {
  readonly #parts: CleanerParts;
  /** Items already cleaned stay clean, whatever is set later. */
  readonly #known = new WeakSet<ContextItem>();

  constructor(parts: CleanerParts) {
    this.#parts = parts;
  }

  /** A text without its secrets. */
  async text(text: string): Promise<CleanText> {
    if (text === '' || !this.#parts.isWanted()) {
      return text as CleanText;
    }
    const find = await this.#parts.find();
    return redact(text, find(text)) as CleanText;
  }

  /** An item without secrets in its text and path, unless the user includes them. */
  async item(item: ContextItem): Promise<CleanItem> {
    if (item.asIs === true || this.#known.has(item)) {
      return item as CleanItem;
    }
    const text = await this.text(item.text);
    const [path, languageId] = await this.#names(item);
    const isSame = text === item.text && path === item.path && languageId === item.languageId;
    const tokens = text === item.text ? item.tokens : estimateTokens(text);
    const cleaned = isSame ? (item as CleanItem) : { ...item, path, languageId, text, tokens };
    if (this.#parts.isWanted()) {
      this.#known.add(cleaned);
    }
    return cleaned;
  }

  /** An item as is: the user has seen that it has secrets, and includes them. */
  asIs(item: ContextItem): CleanItem {
    return { ...item, asIs: true } as CleanItem;
  }

  /** Checked together; the line break between them keeps matches apart. */
  async #names({ path, languageId }: ContextItem): Promise<readonly [CleanText, CleanText]> {
    const names = await this.text(`${path}\n${languageId}`);
    const end = names.lastIndexOf('\n');
    return end < 0 ? [names, names] : [cut(names, 0, end), cut(names, end + 1)];
  }
}
