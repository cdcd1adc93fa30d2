import {
  Hooks,
  Lexer,
  type Links,
  type MarkedOptions,
  type Token,
  type Tokens,
  type TokensList,
} from 'marked';
import { AnswerTokenizer } from './answerTokenizer.ts';
import { Interruption } from './interruption.ts';
import { labelsIn } from './linkMentions.ts';
import { longLineAt, nextLongLine, type LongLineToken } from './longLine.ts';
import { LineMaths, mathsBlock, nextMathsBlock } from './maths.ts';

/**
 * The lexer's time for emphasis and links grows with delimiters times length if nothing closes. Beyond this product
 * (about 10 ms) a text is read line by line, and a line still beyond it stays plain.
 */
const inlineCostLimit = 500_000;
const delimiters = /[*_~[]+/g;
const unbroken = /\S{2000}/;

/** Marked's lexer with math. A line's formulas are found before anything else in it. */
class AnswerLexer extends Lexer {
  #maths = new LineMaths('');
  #interruptions = interruptionsOfText();

  constructor() {
    const options: MarkedOptions = { gfm: true, breaks: true, tokenizer: new AnswerTokenizer() };
    super(options);
    options.extensions = {
      renderers: {},
      childTokens: {},
      block: [mathsBlock, (src) => this.#longLine(src)],
      // Only a paragraph is interrupted; in a list, lines are read one at a time.
      startBlock: [0, 1].map(
        (at) => (src: string) => (this.state.top ? this.#interruptions[at]?.in(src) : undefined),
      ),
      inline: [(src) => this.#maths.at(src)],
      startInline: [(src) => this.#maths.distance(src)],
    };
  }

  #longLine(src: string): LongLineToken | undefined {
    const text = this.state.top ? longLineAt(src) : undefined;
    return text === undefined ? undefined : { type: 'longLine', raw: text, text, tokens: this.inline(text) };
  }

  /** A quote is a text of its own. */
  override blockTokens(src: string, tokens?: Token[], clipped?: boolean): Token[];
  override blockTokens(src: string, tokens?: TokensList, clipped?: boolean): TokensList;
  override blockTokens(src: string, tokens?: Token[], clipped?: boolean): Token[] {
    const outer = this.#interruptions;
    this.#interruptions = interruptionsOfText();
    try {
      return super.blockTokens(src, tokens, clipped);
    } finally {
      this.#interruptions = outer;
    }
  }

  /** Emphasis and links read their contents in a separate call. */
  override inlineTokens(src: string, tokens?: Token[]): Token[] {
    const outer = this.#maths;
    this.#read(new LineMaths(src));
    try {
      return super.inlineTokens(src, tokens);
    } finally {
      this.#read(outer);
    }
  }

  /** Only a line with math pays for the mask. */
  #read(maths: LineMaths): void {
    this.#maths = maths;
    this.options.hooks = maths.isEmpty ? null : hooksFor(maths);
  }
}

function interruptionsOfText(): readonly Interruption[] {
  return [nextMathsBlock, nextLongLine].map((next) => new Interruption(next));
}

/** Hides formulas from the search for the end of emphasis. Marked calls the hook without its object. */
function hooksFor(maths: LineMaths): Hooks {
  const hooks = new Hooks();
  hooks.emStrongMask = (masked) => maths.mask(masked);
  return hooks;
}

/** A text whose blocks are known but whose inline parts aren't read yet, because they depend on link definitions. */
export interface LexedBlocks {
  readonly tokens: Token[];
  /** Reads the inline parts of all blocks with these link definitions. */
  readonly readInline: (links: Links) => void;
}

/** Splits a text into block tokens. Line endings must be `\n`. */
export function lexBlocks(source: string): LexedBlocks {
  const lexer = new AnswerLexer();
  const tokens = lexer.blockTokens(source, []);
  return {
    tokens,
    readInline: (links) => {
      for (const { src, tokens: into } of lexer.inlineQueue) {
        // Marked goes through all links for each text, so it is given only those that the text mentions.
        lexer.tokens.links = mentionedIn(src, links);
        readInline(lexer, src, into);
      }
    },
  };
}

/** These blocks' link definitions, in order; of two with one label the first counts. */
export function definitionsIn(tokens: readonly Token[]): Map<string, Links[string]> {
  const found = new Map<string, Links[string]>();
  collectDefinitions(tokens, found);
  return found;
}

/** Reads a whole text at once, with these links or else its own: the result that reading in pieces must equal. */
export function lexMarkdown(source: string, links?: Links): Token[] {
  const { tokens, readInline: readAll } = lexBlocks(source.replace(/\r\n?/g, '\n'));
  readAll(links ?? Object.assign(noLinks(), Object.fromEntries(definitionsIn(tokens))));
  return tokens;
}

/** An empty table of link definitions without inherited names such as `constructor`, unlike marked's own. */
export function noLinks(): Links {
  return Object.create(null) as Links;
}

function mentionedIn(source: string, links: Links): Links {
  const mentioned = noLinks();
  for (const label of labelsIn(source)) {
    const link = Object.hasOwn(links, label) ? links[label] : undefined;
    if (link) {
      mentioned[label] = link;
    }
  }
  return mentioned;
}

function collectDefinitions(tokens: readonly Token[], found: Map<string, Links[string]>): void {
  for (const token of tokens) {
    if (isDefinition(token)) {
      if (!found.has(token.tag)) {
        found.set(token.tag, { href: token.href, title: token.title });
      }
    } else if (isList(token)) {
      for (const item of token.items) {
        collectDefinitions(item.tokens, found);
      }
    } else if (isQuote(token)) {
      collectDefinitions(token.tokens, found);
    }
  }
}

function readInline(lexer: Lexer, source: string, into: Token[]): void {
  if (!isCostly(source)) {
    inlineTokens(lexer, source, into);
    return;
  }
  for (const line of source.split(/(?<=\n)/)) {
    if (isCostly(line)) {
      into.push({ type: 'text', raw: line, text: line, escaped: false });
    } else {
      inlineTokens(lexer, line, into);
    }
  }
}

function inlineTokens(lexer: Lexer, source: string, into: Token[]): void {
  lexer.state.inRawBlock = false;
  lexer.inlineTokens(source, into);
}

function isCostly(source: string): boolean {
  if (source.length < 700) {
    return false;
  }
  const runs = source.match(delimiters)?.length ?? 0;
  return runs * source.length > inlineCostLimit || unbroken.test(source);
}

function isDefinition(token: Token): token is Tokens.Def {
  return token.type === 'def';
}

function isList(token: Token): token is Tokens.List {
  return token.type === 'list';
}

function isQuote(token: Token): token is Tokens.Blockquote {
  return token.type === 'blockquote';
}
