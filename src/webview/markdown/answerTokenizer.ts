import { Tokenizer, type Token, type Tokens } from 'marked';
import { nextLongLine } from './longLine.ts';
import { looseEmphasis } from './looseEmphasis.ts';
import { nextMathsBlock } from './maths.ts';
import { fenceWithFences } from './nestedFences.ts';
import { rawHtml } from './rawHtml.ts';
import { cellsOf, withEscapedBars } from './tableCells.ts';

/** Deeper nesting on one line isn't a document but an attack on the call stack. */
const nestedTooDeep = /^(?: {0,3}(?:>[ \t]?|(?:[*+-]|\d{1,9}[.)])[ \t]+)){24}/;

/** As deep lists and quotes go over several lines. Each level reads its text again, so this bounds the time for it. */
const maxDepth = 24;

const mailServer = /@(?!\d+\.\d)[^@]*\.[a-z][a-z\d-]*[a-z\d]$/i;

/** What ends a sentence or a bracket in other scripts. */
const fullWidthSign =
  /[\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’…،؛؟।]/;

/** A link's definition whose target has marks of an address, or is in angle brackets. */
const addressLike = /\]:\s*(?:<|\S*[/.:#])/;

/** Marked's rules, restricted where they look arbitrarily far ahead, remember across blocks, or nest without limit. */
export class AnswerTokenizer extends Tokenizer {
  /**
   * A link definition is on one line, so that no later line can change an earlier one. It isn't drawn, so what leads
   * nowhere, such as a footnote of one word, is text.
   */
  override def(src: string): Tokens.Def | undefined {
    const end = src.indexOf('\n');
    const token = super.def(end < 0 ? src : src.slice(0, end + 1));
    return token && !token.raw.trimStart().startsWith('[^') && addressLike.test(token.raw)
      ? token
      : undefined;
  }

  /** Raw HTML is shown as text: only what is whole, so that what follows an unclosed tag is Markdown. */
  override html(src: string): Tokens.HTML | undefined {
    const end = src.indexOf('\n');
    const token = super.html(end < 0 ? src : src.slice(0, end + 1));
    const raw = token && rawHtml(src);
    return raw === undefined
      ? undefined
      : { ...token, type: 'html', block: true, pre: false, raw, text: raw };
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

  /** A formula isn't a row of the preceding table, and a bar in code or a formula divides no cells. */
  override table(src: string): Tokens.Table | undefined {
    const token = this.#beforeMaths(src, (text) => this.#table(text));
    if (!token) {
      return undefined;
    }
    const lines = token.raw.split('\n').slice(2);
    const rows = token.rows.map((row, at) => this.#row(row, cellsOf(lines[at] ?? '', row.length)));
    return { ...token, rows };
  }

  #table(src: string): Tokens.Table | undefined {
    const end = src.indexOf('\n');
    const header = src.slice(0, Math.max(end, 0));
    const escaped = /[`$\\]/.test(header) ? withEscapedBars(header) : header;
    const token = super.table(escaped === header ? src : escaped + src.slice(header.length));
    return token && { ...token, raw: header + token.raw.slice(escaped.length) };
  }

  #row(row: Tokens.TableCell[], texts: readonly string[]): Tokens.TableCell[] {
    return row.map((cell, at) => {
      const text = texts[at] ?? '';
      return text === cell.text ? cell : { ...cell, text, tokens: this.lexer.inline(text) };
    });
  }

  /** Markdown in Markdown: a fence inside doesn't end the one around it. */
  override fences(src: string): Tokens.Code | undefined {
    const token = super.fences(src);
    const nested = token && fenceWithFences(src);
    const whole = nested && super.fences(nested.plain);
    return whole ? { ...whole, raw: nested.raw } : token;
  }

  override emStrong(
    src: string,
    maskedSrc: string,
    prevChar?: string,
  ): Tokens.Em | Tokens.Strong | undefined {
    const token = super.emStrong(src, maskedSrc, prevChar);
    const at = maskedSrc.length - src.length;
    const loose = token ? undefined : looseEmphasis(src, maskedSrc.slice(at), maskedSrc.charAt(at - 1));
    if (!loose) {
      return token;
    }
    const { marks, inner } = loose;
    const raw = `${marks}${inner}${marks}`;
    const text = marks.length === 3 ? `*${inner}*` : inner;
    const tokens = this.lexer.inlineTokens(text);
    return marks.length === 1 ? { type: 'em', raw, text, tokens } : { type: 'strong', raw, text, tokens };
  }

  /** One tilde stands before amounts and in paths; only two strike. */
  override del(src: string, maskedSrc: string, prevChar?: string): Tokens.Del | undefined {
    return src.startsWith('~~') ? super.del(src, maskedSrc, prevChar) : undefined;
  }

  /** An address ends before a full-width sign; a package's version is no mail server. */
  override url(src: string): Tokens.Link | undefined {
    const token = super.url(src);
    if (token?.href.startsWith('mailto:') && !mailServer.test(token.text)) {
      return undefined;
    }
    const end = token && fullWidthSign.exec(token.raw)?.index;
    return end === undefined ? token : super.url(src.slice(0, end));
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
