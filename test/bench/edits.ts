import { applyEdits, placeEdits, type Edit } from '../../src/core/edits/fileEdits.ts';
import { hunkLines, hunksOf } from '../../src/core/edits/hunks.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';

const lines = 50_000;
const edits = 200;

/** Placing many edits in a long document and comparing each with its place, and looking them up by plain means. */
export function editsOfLongDocument(runs: number): readonly Figure[] {
  const text = longDocument();
  const wanted = Array.from({ length: edits }, (_, index) => editOf(index));
  progress('edits: placing them in a long document in two ways');
  // The first run warms up the compiler.
  const ours = Array.from({ length: runs + 1 }, () => timeOf(() => place(text, wanted))).slice(1);
  const plain = Array.from({ length: runs }, () => timeOf(() => placePlainly(text, wanted)));
  return [
    toFigure({
      figure: 'edits-50000-lines',
      value: median(ours),
      unit: 'ms',
      comparison: {
        what: 'the same edits, each compared with the lines of the document one by one',
        value: median(plain),
      },
      limit: 100,
      runs,
    }),
  ];
}

/** Functions of five lines, most of them the same in each, with the ends of lines that cost more. */
function longDocument(): string {
  return Array.from({ length: lines / 5 }, (_, index) => functionOf(index).join('\r\n')).join('\r\n');
}

function functionOf(index: number): readonly string[] {
  const name = `total${String(index).padStart(5, '0')}`;
  return [
    `export function ${name}(cart: Cart, discount: number): number {`,
    '    const sum = cart.lines.reduce((total, { price }) => total + price, 0);',
    '    return Math.max(0, sum - discount);',
    '}',
    '',
  ];
}

/** By turns: quoted as it stands, with other white space, and a line that is everywhere, by its number. */
function editOf(index: number): Edit {
  const at = index * Math.floor(lines / 5 / edits) + 7;
  const [head = '', sum = '', last = ''] = functionOf(at);
  const edit = { file: 'src/cart.ts', reason: 'rounds', startLine: at * 5 + 1 };
  if (index % 3 === 0) {
    return { ...edit, search: `${head}\n${sum}\n`, replace: `${head}\n${sum}\n    check(sum);\n` };
  }
  if (index % 3 === 1) {
    const [quoted, by] = [sum, last].map((line) => line.replace('    ', '  '));
    return { ...edit, search: `${head}\n${quoted}\n${by}\n`, replace: `${head}\n${quoted}\n  return sum;\n` };
  }
  return { ...edit, search: last, replace: `${last} // whole`, startLine: at * 5 + 3 };
}

function place(text: string, wanted: readonly Edit[]): void {
  const placed = placeEdits(text, wanted);
  if (placed.state === 'refused' || placed.placements.length !== edits) {
    throw new Error('not all edits found their places');
  }
  applyEdits(text, placed.placements);
  if (hunksOf(text, placed.placements).some((hunk) => hunkLines(text, hunk).lines.length === 0)) {
    throw new Error('an edit has no difference');
  }
}

function placePlainly(text: string, wanted: readonly Edit[]): void {
  const present = text.split('\r\n').map((line) => line.trim());
  for (const { search, startLine } of wanted) {
    const quoted = search.trimEnd().split('\n');
    const places = present.flatMap((_, index) =>
      quoted.every((line, offset) => present[index + offset] === line.trim()) ? [index + 1] : [],
    );
    if (!places.includes(startLine ?? 0)) {
      throw new Error('an edit did not find its place');
    }
  }
}

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
