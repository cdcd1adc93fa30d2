import { cut, type CleanItem, type CleanText } from './clean.ts';
import { estimateTokens, type ContextItem } from './contextItem.ts';
import { redact, type FindSecrets } from './redaction.ts';

/** What cleaning needs. */
export interface CleanerParts {
  /** Loads the finder of secrets; it is loaded when it is first needed. */
  readonly find: () => Promise<FindSecrets>;
  /** Whether the user wants secrets taken out. */
  readonly isWanted: () => boolean;
}

/**
 * Makes what may leave the machine out of the user's work, whoever sends it: each secret is replaced by a mark. Where
 * the user wants secrets to go along, everything is clean as it is.
 */
export class Cleaner {
  readonly #parts: CleanerParts;
  /** Items that were looked through already: they stay clean, whatever is set later. */
  readonly #known = new WeakSet<ContextItem>();

  constructor(parts: CleanerParts) {
    this.#parts = parts;
  }

  /** A text without its secrets; `path` tells what kind of file it is from. */
  async text(text: string, path = 'text.txt'): Promise<CleanText> {
    if (text === '' || !this.#parts.isWanted()) {
      return text as CleanText;
    }
    const find = await this.#parts.find();
    return redact(text, await find(text, path)) as CleanText;
  }

  /** An item without the secrets in its text and its path, unless the user wants them to go along. */
  async item(item: ContextItem): Promise<CleanItem> {
    if (item.asIs === true || this.#known.has(item)) {
      return item as CleanItem;
    }
    const text = await this.text(item.text, item.path);
    const [path, languageId] = await this.#names(item);
    const isSame = text === item.text && path === item.path && languageId === item.languageId;
    const tokens = text === item.text ? item.tokens : estimateTokens(text);
    const cleaned = isSame ? (item as CleanItem) : { ...item, path, languageId, text, tokens };
    if (this.#parts.isWanted()) {
      this.#known.add(cleaned);
    }
    return cleaned;
  }

  /** An item as it is: the user has seen that there are secrets in it, and wants them to go along. */
  asIs(item: ContextItem): CleanItem {
    return { ...item, asIs: true } as CleanItem;
  }

  /** Both in one look; neither is found in the other, because a line break stands between them. */
  async #names({ path, languageId }: ContextItem): Promise<readonly [CleanText, CleanText]> {
    const names = await this.text(`${path}\n${languageId}`);
    const end = names.lastIndexOf('\n');
    return end < 0 ? [names, names] : [cut(names, 0, end), cut(names, end + 1)];
  }
}
