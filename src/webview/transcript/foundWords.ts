/** The name by which `transcript.css` knows what was found. */
const highlightName = 'found';

/** Where the words of a message are: not its buttons, and not what is said about it. */
const textSelector = '.markdown, .question-text';

/**
 * Marks words that were searched for in a message, also when it is drawn anew. No element is touched: the browser
 * paints over the text.
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

  /** Whether it has been told where to mark. */
  get marked(): boolean {
    return this.#message !== undefined;
  }

  /** Marks the words in this message until it is told to end. */
  mark(message: Element): void {
    this.#message = message;
    this.#observer.observe(message, { childList: true, characterData: true, subtree: true });
    this.#mark();
  }

  /** How far below the top of its message the first of them is, in pixels. */
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

/** Where words begin so in a text, whatever their case and accents: what the search of the chats finds, too. */
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

/** Letters without case and accents, as many as before, so that places stay the same. */
function folded(text: string): string {
  return text.replace(/[^\0-@[-`{-\x7f]/g, (letter) => {
    const plain = letter.normalize('NFD').charAt(0).toLowerCase();
    return plain.length === letter.length ? plain : letter;
  });
}

/** The words of a search. There is nothing in them that a pattern would take for its own. */
export function wordsIn(search: string): readonly string[] {
  return search.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}
