import { t } from '@vscode/l10n';

/** How far a text has been spoken, and whether that is inside a code block. */
export interface Told {
  readonly length: number;
  readonly inCode: boolean;
}

/** The start of a text that hasn't been spoken. */
export const nothingTold: Told = { length: 0, inCode: false };

const fence = /^ {0,3}(?:`{3,}|~{3,})\s*([^\s`]*)/;

/** A formula's delimiters; formulas are read as TeX, and dollar amounts aren't formulas. */
const mathsMarks = /\$\$|\\[()[\]]|\$(?=\S[^$]*\$(?!\d))|(?<=\$[^$]*\S)\$(?!\d)/g;

/**
 * The words to speak from a growing Markdown text: whole sentences while it grows, then the rest. Code is named but not
 * read, and Markdown syntax is dropped.
 */
export function speak(text: string, told: Told, complete: boolean): { words: string; told: Told } {
  const rest = text.slice(told.length);
  const ready = complete ? rest : rest.slice(0, endOfSentences(rest));
  let { inCode } = told;
  const spoken: string[] = [];
  for (const line of ready.split('\n')) {
    const opening = fence.exec(line);
    if (opening) {
      inCode = !inCode;
      spoken.push(inCode ? codeWords(opening[1] ?? '') : '');
    } else if (!inCode) {
      spoken.push(plain(line));
    }
  }
  const words = spoken.filter((each) => each !== '').join(' ');
  return { words, told: { length: told.length + ready.length, inCode } };
}

function codeWords(language: string): string {
  return language === '' ? t('Code block.') : t('Code block {0}.', language);
}

/** Where the last complete sentence or line ends; 0 if none. */
function endOfSentences(text: string): number {
  let end = 0;
  for (const match of text.matchAll(/[.!?…]["'”’)]*\s|\n/g)) {
    end = match.index + match[0].length;
  }
  return end;
}

function plain(line: string): string {
  return line
    .replace(/^\s*(?:#{1,6}\s+|>\s?|[*+-]\s+(?:\[[ xX]\]\s+)?)/, '')
    .replace(/^[\s:|-]+$/, '')
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(mathsMarks, ' ')
    .replace(/[*_`~|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,:;!?])/g, '')
    .trim();
}
