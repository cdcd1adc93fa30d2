import type { Token } from 'marked';

const bracketed = /\[((?:\\[\s\S]|[^[\]\\])+)\]/g;

/** Knows which settled blocks mention which link labels. The index is built on the first definition. */
export class LinkMentions {
  readonly #unread: { key: number; raw: string }[] = [];
  readonly #keys = new Map<string, Set<number>>();

  add(key: number, token: Token): void {
    if (token.type !== 'code' && token.raw.includes('[')) {
      this.#unread.push({ key, raw: token.raw });
    }
  }

  /** The blocks that mention a label, normalized by `normalizeLabel`. */
  of(label: string): ReadonlySet<number> {
    for (const { key, raw } of this.#unread.splice(0)) {
      for (const [, mentioned = ''] of raw.matchAll(bracketed)) {
        this.#add(normalizeLabel(mentioned), key);
      }
    }
    return this.#keys.get(label) ?? new Set();
  }

  #add(label: string, key: number): void {
    const keys = this.#keys.get(label) ?? new Set();
    this.#keys.set(label, keys.add(key));
  }
}

/** Case and amount of white space don't matter in a label; uppercase first, so that `ẞ` and `SS` are equal. */
function normalizeLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase();
}
