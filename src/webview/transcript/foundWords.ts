/** The highlight name used in `transcript.css`. */
const highlightName = 'found';

/** Where a message's words are: not its buttons or details. */
const textSelector = '.markdown, .question-text';

/**
 * Highlights searched words in a message, even when it renders again. No element is touched: the browser paints over
 * the text.
 */
export class FoundWords {
  readonly #words: readonly string[];
  readonly #observer = new MutationObserver(() => {
    this.#mark();
  });
  #message: Element | undefined;
  #first: Range | undefined;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  /** Whether it has a message to highlight. */
  get marked(): boolean {
    return this.#message !== undefined;
  }

  /** Highlights words in this message until stopped. */
  mark(message: Element): void {
    this.#message = message;
    this.#observer.observe(message, { childList: true, characterData: true, subtree: true });
    this.#mark();
  }

  /** How far the first match is below the message's top, in pixels. */
  get depth(): number {
    const found = this.#first?.getBoundingClientRect();
    const message = this.#message?.getBoundingClientRect();
    return found && message ? found.top - message.top : 0;
  }

  end(): void {
    this.#observer.disconnect();
    CSS.highlights.delete(highlightName);
  }

  #mark(): void {
    const texts = this.#message?.querySelectorAll(textSelector) ?? [];
    const ranges = [...texts].flatMap((text) => rangesIn(text, this.#words));
    this.#first = ranges[0];
    CSS.highlights.set(highlightName, new Highlight(...ranges));
  }
}

function rangesIn(element: Element, words: readonly string[]): readonly Range[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const ranges: Range[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const [from, to] of placesOf(node.textContent ?? '', words)) {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      ranges.push(range);
    }
  }
  return ranges;
}

/** Where words with these prefixes start in a text, ignoring case and accents, like the chat search. */
export function placesOf(
  text: string,
  words: readonly string[],
): readonly (readonly [from: number, to: number])[] {
  if (words.length === 0) {
    return [];
  }
  const anyWord = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(folded).join('|')})`, 'gu');
  return [...folded(text).matchAll(anyWord)].map(({ index, 0: { length } }) => [index, index + length]);
}

/** Letters without case and accents, keeping the length, so that positions match. */
function folded(text: string): string {
  return text.replace(/[^\0-@[-`{-\x7f]/g, (letter) => {
    const plain = letter.normalize('NFD').charAt(0).toLowerCase();
    return plain.length === letter.length ? plain : letter;
  });
}

/** A search's words. They contain nothing special in a pattern. */
export function wordsIn(search: string): readonly string[] {
  return search.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}
