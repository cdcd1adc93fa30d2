import type { Token } from 'marked';

const bracketed = /\[((?:\\[\s\S]|[^[\]\\])+)\]/g;

/** Knows which settled blocks mention which link labels. The index is made when the first definition asks for it. */
export class LinkMentions {
  readonly #unread: { key: number; raw: string }[] = [];
  readonly #keys = new Map<string, Set<number>>();

  add(key: number, token: Token): void {
    if (token.type !== 'code' && token.raw.includes('[')) {
      this.#unread.push({ key, raw: token.raw });
    }
  }

  /** The blocks that mention a label; labels are compared as `normalizeLabel` writes them. */
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

/** Case and the width of white space do not count in a label; upper case first, as `ẞ` and `SS` are one. */
function normalizeLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase();
}
