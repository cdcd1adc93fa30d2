import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript';
import {
  codeToTokensBase,
  createShikiPrimitive,
  getLastGrammarState,
  type ShikiPrimitive,
} from '@shikijs/primitive';
import type { GrammarState } from '@shikijs/types';
import type { CodeToken } from '../../protocol/codeColors.ts';
import { grammarOf } from './languages.ts';
import type { CodeTheme } from './themeRules.ts';

/** The tokenizer state between two lines. */
export type ReadingState = GrammarState;

/** Tokenizes one language. */
export interface LineReader {
  /** The tokens of some lines, and the state after them. */
  read(lines: string, from: ReadingState | undefined): { lines: readonly CodeToken[][]; state: ReadingState };
}

const themeName = 'editor';

/** Longer lines, in characters, get no colors. */
const maxLineLength = 2_000;
/** In milliseconds; the rest of a line after that gets no colors. */
const maxMsPerLine = 1_000;

const [italic, bold, underline] = [1, 2, 4];

/** Colors code with the editor's grammars and theme. It is heavy and slow to start: run it in a worker. */
export class Tokenizer {
  readonly #shiki: ShikiPrimitive;
  readonly #foreground: string;
  readonly #readers = new Map<string, Promise<LineReader | undefined>>();

  constructor({ type, foreground, rules }: CodeTheme) {
    this.#shiki = createShikiPrimitive({
      langs: [],
      themes: [
        {
          name: themeName,
          type,
          colors: foreground === undefined ? {} : { 'editor.foreground': foreground },
          settings: rules.map(({ scope, settings }) => ({
            settings,
            ...(scope !== undefined && { scope: typeof scope === 'string' ? scope : [...scope] }),
          })),
        },
      ],
      // A grammar that the engine can't fully read still colors what it can.
      engine: createJavaScriptRegexEngine({ forgiving: true }),
      warnings: false,
    });
    this.#foreground = this.#shiki.getTheme(themeName).fg.toLowerCase();
  }

  /** A language's tokenizer, by any of its names; absent if there is no grammar. */
  readerOf(language: string): Promise<LineReader | undefined> {
    const reader = this.#readers.get(language) ?? this.#load(language);
    this.#readers.set(language, reader);
    return reader;
  }

  async #load(language: string): Promise<LineReader | undefined> {
    const grammars = (await grammarOf(language)?.())?.default;
    const name = grammars?.at(-1)?.name;
    if (!grammars || name === undefined) {
      return undefined;
    }
    this.#shiki.loadLanguageSync(grammars);
    return { read: (lines, from) => this.#read(name, lines, from) };
  }

  #read(lang: string, code: string, from: ReadingState | undefined): ReturnType<LineReader['read']> {
    const tokens = codeToTokensBase(this.#shiki, code, {
      lang,
      theme: themeName,
      tokenizeMaxLineLength: maxLineLength,
      tokenizeTimeLimit: maxMsPerLine,
      ...(from && { grammarState: from }),
    });
    const state = getLastGrammarState(this.#shiki, tokens);
    if (!state) {
      throw new Error('the grammar has lost its place');
    }
    const lines = tokens.map((line) =>
      line.map(({ content, color, fontStyle = 0 }) => ({
        text: content,
        ...(color !== undefined && color.toLowerCase() !== this.#foreground && { color: color }),
        ...((fontStyle & italic) !== 0 && { italic: true as const }),
        ...((fontStyle & bold) !== 0 && { bold: true as const }),
        ...((fontStyle & underline) !== 0 && { underline: true as const }),
      })),
    );
    return { lines, state };
  }
}
