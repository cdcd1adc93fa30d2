import { Lexer } from 'marked';
import { MarkdownBlocks } from '../../src/webview/markdown/blocks.ts';
import { burstText } from '../simulator/burst.ts';
import { piecesOf } from '../simulator/tokens.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';

/** Of a long answer the second way is tried at every so-manieth token, or it would take minutes. */
const answers = [
  { figure: 'markdown-stream', tokens: 5_000, every: 1, limit: 50 },
  { figure: 'markdown-stream-20000', tokens: 20_000, every: 50, limit: 200 },
] as const;

/** Reading an answer token by token, by settled blocks and by reading all of it again at each token. */
export function markdownStream(runs: number): readonly Figure[] {
  return answers.map(({ figure, tokens, every, limit }) => {
    progress(`markdown: reading an answer of ${tokens} tokens in two ways`);
    const pieces = piecesOf(burstText(tokens));
    // The first reading warms up the compiler.
    const ours = Array.from({ length: runs + 1 }, () => timeOf(() => readByBlocks(pieces))).slice(1);
    const again = timeOf(() => readAgainAndAgain(pieces, every)) * every;
    const what = `marked reading the whole answer again at each of ${tokens} tokens`;
    const sampled = every === 1 ? what : `${what}; measured at every ${every}th`;
    const comparison = { what: sampled, value: again };
    return toFigure({ figure, value: median(ours), unit: 'ms', comparison, limit, runs });
  });
}

function readByBlocks(pieces: readonly string[]): void {
  const blocks = new MarkdownBlocks();
  for (const piece of pieces) {
    blocks.push(piece);
  }
  blocks.end();
}

function readAgainAndAgain(pieces: readonly string[], every: number): void {
  let text = '';
  for (const [at, piece] of pieces.entries()) {
    text += piece;
    if ((at + 1) % every === 0) {
      new Lexer({ gfm: true, breaks: true }).lex(text);
    }
  }
}

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
