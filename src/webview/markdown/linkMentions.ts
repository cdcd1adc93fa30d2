import type { Token } from 'marked';

/** A label in brackets; what is escaped before it opens none. */
const bracketed = /\\[\s\S]|\[((?:\\[\s\S]|[^[\]\\])+)\]/g;

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
      for (const label of labelsIn(raw)) {
        this.#add(label, key);
      }
    }
    return this.#keys.get(label) ?? new Set();
  }

  #add(label: string, key: number): void {
    const keys = this.#keys.get(label) ?? new Set();
    this.#keys.set(label, keys.add(key));
  }
}

/** The labels that a text mentions, normalized as those of definitions are. */
export function labelsIn(text: string): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const [, label] of text.includes('[') ? text.matchAll(bracketed) : []) {
    if (label !== undefined) {
      labels.add(normalizeLabel(label));
    }
  }
  return labels;
}

/** Case and amount of white space don't matter in a label; uppercase first, so that `ẞ` and `SS` are equal. */
function normalizeLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase();
}
