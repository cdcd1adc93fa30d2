import { Lexer, type MarkedToken, type Token } from 'marked';

/** The words that a reader sees of a Markdown text, the language above a code block included. */
export function shownText(markdown: string): string {
  return new Lexer({ gfm: true, breaks: true }).lex(markdown).map(wordsOf).join('');
}

function wordsOf(token: Token): string {
  const known = token as MarkedToken;
  switch (known.type) {
    case 'list':
      return known.items.map(wordsOf).join('');
    case 'table':
      return [known.header, ...known.rows]
        .flat()
        .map((cell) => cell.tokens.map(wordsOf).join(''))
        .join('');
    case 'code':
      return `${known.lang ?? ''}${known.text}`;
    case 'space':
    case 'hr':
    case 'br':
    case 'def':
      return '';
    default:
      return 'tokens' in known ? known.tokens.map(wordsOf).join('') : textOf(known);
  }
}

function textOf(token: MarkedToken): string {
  return 'text' in token ? token.text : token.raw;
}
