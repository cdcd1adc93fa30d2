/** The maximum number of word buckets; words in the same bucket only cost a comparison. */
const kindsAtMost = 1 << 16;

/** Word characters. Those beyond ASCII are excluded, so that a word never contains white space. */
const isWordCharacter = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\w$]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Candidate positions: these offsets, minus the word's offset in the quote. */
export interface Candidates {
  readonly offsets: Int32Array;
  readonly within: number;
}

/** Where each word of a text is: a quote is only searched for where its rarest word occurs. */
export class WordIndex {
  /** The offsets of all words by bucket, and where each bucket starts. */
  readonly #offsets: Int32Array;
  readonly #begins: Int32Array;
  /** The hash bits that select a bucket: a short text uses few. */
  readonly #mask: number;

  constructor(text: string) {
    const kinds = Math.min(kindsAtMost, 1 << (32 - Math.clz32(text.length >>> 3)));
    this.#mask = kinds - 1;
    this.#begins = new Int32Array(kinds + 1);
    const most = (text.length >>> 1) + 1;
    const [found, foundKinds] = [new Int32Array(most), new Uint16Array(most)];
    let count = 0;
    forEachWord(text, (start, _end, hash) => {
      const kind = hash & this.#mask;
      found[count] = start;
      foundKinds[count] = kind;
      count += 1;
      this.#begins[kind + 1] = (this.#begins[kind + 1] ?? 0) + 1;
    });
    for (let kind = 0; kind < kinds; kind += 1) {
      this.#begins[kind + 1] = (this.#begins[kind + 1] ?? 0) + (this.#begins[kind] ?? 0);
    }
    this.#offsets = new Int32Array(count);
    const next = this.#begins.slice();
    for (let index = 0; index < count; index += 1) {
      const kind = foundKinds[index] ?? 0;
      const place = next[kind] ?? 0;
      this.#offsets[place] = found[index] ?? 0;
      next[kind] = place + 1;
    }
  }

  /** Candidates by a quote's rarest word; absent if it has none. A word at its edge may be part of a longer one. */
  candidates(quote: string): Candidates | undefined {
    let [best, within, fewest] = [-1, 0, Infinity];
    forEachWord(quote, (start, end, hash) => {
      const kind = hash & this.#mask;
      const size = (this.#begins[kind + 1] ?? 0) - (this.#begins[kind] ?? 0);
      if (start > 0 && end < quote.length && size < fewest) {
        [best, within, fewest] = [kind, start, size];
      }
    });
    return best < 0
      ? undefined
      : { offsets: this.#offsets.subarray(this.#begins[best], this.#begins[best + 1]), within };
  }
}

function forEachWord(text: string, visit: (start: number, end: number, hash: number) => void): void {
  let [start, hash] = [-1, 0];
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    if (isWordCharacter[code] === 1) {
      if (start < 0) {
        [start, hash] = [at, 0];
      }
      hash = (Math.imul(hash, 31) + code) | 0;
    } else if (start >= 0) {
      visit(start, at, hash ^ (hash >>> 16));
      start = -1;
    }
  }
}
