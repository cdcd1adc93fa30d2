import { Lexer } from 'marked';
import { MarkdownBlocks } from '../../src/webview/markdown/blocks.ts';
import { burstText } from '../simulator/burst.ts';
import { piecesOf } from '../simulator/tokens.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';

const tokens = 5_000;

/** Reading an answer token by token, by settled blocks and by reading all of it again at each token. */
export function markdownStream(runs: number): readonly Figure[] {
  const pieces = piecesOf(burstText(tokens));
  progress('markdown: reading one answer in two ways');
  // The first reading warms up the compiler.
  const ours = Array.from({ length: runs + 1 }, () => timeOf(() => readByBlocks(pieces))).slice(1);
  const whole = timeOf(() => readAgainAndAgain(pieces));
  return [
    toFigure({
      figure: 'markdown-stream',
      value: median(ours),
      unit: 'ms',
      comparison: { what: `marked reading the whole answer again at each of ${tokens} tokens`, value: whole },
      limit: 50,
      runs,
    }),
  ];
}

function readByBlocks(pieces: readonly string[]): void {
  const blocks = new MarkdownBlocks();
  for (const piece of pieces) {
    blocks.push(piece);
  }
  blocks.end();
}

function readAgainAndAgain(pieces: readonly string[]): void {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    new Lexer({ gfm: true, breaks: true }).lex(text);
  }
}

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
