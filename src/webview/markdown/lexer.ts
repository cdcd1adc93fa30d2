import { Hooks, Lexer, Tokenizer, type Links, type MarkedOptions, type Token, type Tokens } from 'marked';
import { labelsIn } from './linkMentions.ts';
import { longLineAt, nextLongLine, type LongLineToken } from './longLine.ts';
import { LineMaths, mathsBlock, nextMathsBlock } from './maths.ts';

/** Deeper nesting on one line isn't a document but an attack on the call stack. */
const nestedTooDeep = /^(?: {0,3}(?:>[ \t]?|(?:[*+-]|\d{1,9}[.)])[ \t]+)){24}/;

/** As deep lists and quotes go over several lines. Each level reads its text again, so this bounds the time for it. */
const maxDepth = 24;

/**
 * The lexer's time for emphasis and links grows with delimiters times length if nothing closes. Beyond this product
 * (about 10 ms) a text is read line by line, and a line still beyond it stays plain.
 */
const inlineCostLimit = 500_000;
const delimiters = /[*_~[]+/g;
const unbroken = /\S{2000}/;

/** Marked's rules, restricted where they look arbitrarily far ahead, remember across blocks, or nest without limit. */
class AnswerTokenizer extends Tokenizer {
  /** A link definition is on one line, so that no later line can change an earlier one. */
  override def(src: string): Tokens.Def | undefined {
    const end = src.indexOf('\n');
    return super.def(end < 0 ? src : src.slice(0, end + 1));
  }

  #depth = 0;

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return this.#inside(src, () => super.blockquote(src));
  }

  override list(src: string): Tokens.List | undefined {
    return this.#inside(src, () => super.list(src));
  }

  #inside<T>(src: string, read: () => T | undefined): T | undefined {
    if (this.#depth >= maxDepth || nestedTooDeep.test(src)) {
      return undefined;
    }
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }

  /** What looks like a heading's underline may be part of a formula; a long line isn't a heading. */
  override lheading(src: string): Tokens.Heading | undefined {
    return this.#beforeMaths(src, (text) => {
      const token = super.lheading(text);
      const end = token && nextLongLine(text, token.raw.length);
      return end === undefined ? token : super.lheading(text.slice(0, end));
    });
  }

  /** A formula isn't a row of the preceding table. */
  override table(src: string): Tokens.Table | undefined {
    return this.#beforeMaths(src, (text) => super.table(text));
  }

  /** Raw HTML is shown as text, so an unclosed tag has no effect. */
  override tag(src: string): Tokens.Tag | undefined {
    const { inLink, inRawBlock } = this.lexer.state;
    const token = super.tag(src);
    Object.assign(this.lexer.state, { inLink, inRawBlock });
    return token;
  }

  /** Reads a token again, from the text before a math block that it would otherwise include. */
  #beforeMaths<T extends Token>(src: string, read: (src: string) => T | undefined): T | undefined {
    const { inlineQueue } = this.lexer;
    const queued = inlineQueue.length;
    const token = read(src);
    const end = token === undefined ? undefined : nextMathsBlock(src, token.raw.length);
    if (token === undefined || end === undefined || end >= token.raw.length) {
      return token;
    }
    // What the first pass queued would count as the last line.
    inlineQueue.length = queued;
    return read(src.slice(0, end));
  }
}

/** Marked's lexer with math. A line's formulas are found before anything else in it. */
class AnswerLexer extends Lexer {
  #maths = new LineMaths('');

  constructor() {
    const options: MarkedOptions = { gfm: true, breaks: true, tokenizer: new AnswerTokenizer() };
    super(options);
    options.extensions = {
      renderers: {},
      childTokens: {},
      block: [mathsBlock, (src) => this.#longLine(src)],
      // Only a paragraph is interrupted; in a list, lines are read one at a time.
      startBlock: [nextMathsBlock, nextLongLine].map(
        (next) => (src: string) => (this.state.top ? next(src) : undefined),
      ),
      inline: [(src) => this.#maths.at(src)],
      startInline: [(src) => this.#maths.distance(src)],
    };
  }

  #longLine(src: string): LongLineToken | undefined {
    const text = this.state.top ? longLineAt(src) : undefined;
    return text === undefined ? undefined : { type: 'longLine', raw: text, text, tokens: this.inline(text) };
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
