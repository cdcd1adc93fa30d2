import type { Links, Token, Tokens } from 'marked';
import { CodeLines } from './codeLines.ts';
import { definitionsIn, lexBlocks, lexMarkdown, noLinks } from './lexer.ts';
import { LinkMentions } from './linkMentions.ts';
import { readFenceInfo, type FenceInfo } from './fenceInfo.ts';
import { isLongLine } from './longLine.ts';
import { OpenFence } from './openFence.ts';
import { withKnownParts } from './reuse.ts';

const openMarks = /^[-*_=+#`~|:> \t]*$/;

/** One top-level piece of an answer. A changed block is a new object; an old object never changes. */
export interface Block {
  /** The block's position in the answer. */
  readonly key: number;
  readonly token: Token;
  /** A code block's lines, so that a growing one isn't copied. */
  readonly code?: { readonly info: FenceInfo; readonly lines: CodeLines; readonly complete: boolean };
}

/**
 * Reads Markdown as it grows, in any pieces, to the same blocks as a full parse. Blocks that no later text can change
 * are settled and never read again; only the open rest is. A block settles when a blank line and one complete line
 * follow it, or a code fence: until then a list may continue, or a paragraph may become a heading.
 */
export class MarkdownBlocks {
  readonly #settled: Block[] = [];
  readonly #links: Links = noLinks();
  readonly #mentions = new LinkMentions();
  #open: readonly Block[] = [];
  #tail = '';
  #fence: OpenFence | undefined;
  #carriageReturn = false;

  /** Settled blocks; one is replaced only if a later link definition affects it. */
  get settled(): readonly Block[] {
    return this.#settled;
  }

  /** Blocks that may still change. */
  get open(): readonly Block[] {
    return this.#open;
  }

  /** The length of text that the next `push` may have to read again. */
  get openLength(): number {
    return this.#fence ? 0 : this.#tail.length;
  }

  push(text: string): void {
    const normal = this.#normalize(text);
    if (normal === '') {
      return;
    }
    if (!this.#fence) {
      this.#tail += normal;
      this.#read(false);
    } else if (this.#fence.push(normal)) {
      this.#tail = this.#fence.raw;
      this.#fence = undefined;
      this.#read(false);
    } else {
      this.#open = [fenceBlock(this.#settled.length, this.#fence)];
    }
  }

  /** Settles everything, because the text is complete. */
  end(): void {
    this.#tail = this.#fence?.raw ?? this.#tail;
    this.#fence = undefined;
    if (this.#carriageReturn) {
      this.#carriageReturn = false;
      this.#tail += '\n';
    }
    this.#read(true);
  }

  /** Turns each line ending into `\n`, even if a piece ends between `\r` and `\n`. */
  #normalize(text: string): string {
    const whole = this.#carriageReturn ? `\r${text}` : text;
    this.#carriageReturn = whole.endsWith('\r');
    return (this.#carriageReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n');
  }

  #read(complete: boolean): void {
    const { tokens, readInline } = lexBlocks(complete ? this.#tail : withoutOpenMarks(this.#tail));
    const count = complete ? tokens.length : settledCount(tokens);
    const ready = tokens.slice(0, count);
    const newLabels = this.#define(ready);
    readInline(this.#links);
    // Text read before its link was defined may show as plain text.
    const before = newLabels.length > 0 ? [] : this.#open;
    const first = this.#settled.length;
    for (const [index, token] of ready.filter(isDrawn).entries()) {
      this.#settled.push(blockOf(first + index, withKnownParts(token, before[index]?.token)));
      this.#mentions.add(first + index, token);
    }
    for (const label of newLabels) {
      this.#readAgain(label);
    }
    this.#tail = this.#tail.slice(ready.reduce((length, token) => length + token.raw.length, 0));
    this.#open = this.#toBlocks(tokens.slice(count).filter(isDrawn), before);
    this.#openFence(complete);
  }

  /** Makes blocks of open tokens and keeps unchanged ones, which needn't be redrawn. */
  #toBlocks(tokens: readonly Token[], before: readonly Block[]): readonly Block[] {
    const first = this.#settled.length;
    const known = new Map(before.map((block) => [block.key, block]));
    return tokens.map((token, index) => {
      const old = known.get(first + index);
      return old && looksSame(old.token, token)
        ? old
        : blockOf(first + index, withKnownParts(token, old?.token));
    });
  }

  /** Switches to line-by-line reading if the open rest is one unfinished code fence. */
  #openFence(complete: boolean): void {
    const [block, ...more] = this.#open;
    if (complete || !block || more.length > 0 || !isFence(block.token)) {
      return;
    }
    const fence = OpenFence.at(this.#tail);
    if (fence && !fence.push(this.#tail.slice(fence.raw.length))) {
      this.#fence = fence;
      this.#open = [fenceBlock(block.key, fence)];
    }
  }

  /** Adds the link definitions of settled tokens and returns new labels. */
  #define(tokens: readonly Token[]): readonly string[] {
    const labels: string[] = [];
    for (const [label, link] of definitionsIn(tokens)) {
      if (!Object.hasOwn(this.#links, label)) {
        this.#links[label] = link;
        labels.push(label);
      }
    }
    return labels;
  }

  /** Reads settled blocks that mention a newly defined link again. */
  #readAgain(label: string): void {
    for (const key of this.#mentions.of(label)) {
      const block = this.#settled[key];
      const token = block && lexMarkdown(block.token.raw, this.#links)[0];
      if (token) {
        this.#settled[key] = blockOf(key, token);
      }
    }
  }
}

/** A text without its unfinished last line if that is nothing but marks: it may become anything. */
function withoutOpenMarks(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  return openMarks.test(
    text
      .slice(start)
      .trimStart()
      .replace(/^\d{1,9}[.)]/, ''),
  )
    ? text.slice(0, start)
    : text;
}

/** How many of these tokens no later text can change. */
function settledCount(tokens: readonly Token[]): number {
  for (let at = tokens.length - 1; at > 0; at -= 1) {
    const before = tokens[at - 1];
    const next = tokens[at];
    const hasFullLine = at < tokens.length - 1 || next?.raw.includes('\n');
    if (before && isLongLine(before)) {
      return at;
    }
    if (before && next && hasFullLine && next.type !== 'space') {
      if (before.type === 'space' || isFence(before) || isFence(next)) {
        return at;
      }
    }
  }
  return 0;
}

function blockOf(key: number, token: Token): Block {
  if (!isCode(token)) {
    return { key, token };
  }
  const lines = new CodeLines(token.text.replace(/\n$/, ''));
  return { key, token, code: { info: readFenceInfo(token.lang), lines, complete: true } };
}

function fenceBlock(key: number, fence: OpenFence): Block {
  const token: Tokens.Code = { type: 'code', raw: '', text: '', lang: fence.info.language };
  return { key, token, code: { info: fence.info, lines: fence.code, complete: false } };
}

function looksSame(one: Token, other: Token): boolean {
  return one.type === other.type && one.raw === other.raw && textOf(one) === textOf(other);
}

function textOf(token: Token): unknown {
  return 'text' in token ? token.text : undefined;
}

/** Blank lines and link definitions show nothing. */
function isDrawn(token: Token): boolean {
  return token.type !== 'space' && token.type !== 'def';
}

function isFence(token: Token): boolean {
  return isCode(token) && token.codeBlockStyle !== 'indented';
}

function isCode(token: Token): token is Tokens.Code {
  return token.type === 'code';
}
