import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A regular expression of the product. */
export interface Pattern {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression that stands in the sources. */
export function patternsIn(folder: string): readonly Pattern[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .sort()
    .flatMap((name) => patternsOf(name, readFileSync(join(folder, name), 'utf8')));
}

function patternsOf(name: string, text: string): readonly Pattern[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      const [source, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
      found.push({ place: `${name}:${String(line)}`, source, flags });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

// What breaks a pattern is mostly a run of one of these, or of a few.
const runs = [
  ' ',
  '\n',
  '\t',
  '\u00a0',
  'a',
  'A',
  '0',
  'é',
  '-',
  '`',
  '"',
  "'",
  '\\',
  '|',
  '*',
  '_',
  '$',
  '=',
  '/',
].concat(
  [
    '.',
    ',',
    ';',
    '#',
    '<',
    '>',
    ':',
    '~',
    '+',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '{{',
    '{{ ',
    '${',
    '${input:',
    '![',
    '](',
  ],
  [
    '[redacted: ',
    '\n ',
    '\n\n',
    ' a',
    'a ',
    'a.',
    '.a',
    'a:',
    '> ',
    '- ',
    '$$',
    '\\[',
    '\\n',
    '[a]: b\n',
    '&nbsp;',
  ],
);

/** Texts of a size that a pattern or a parser may never come to an end of; some follow the pattern as far as it goes. */
export function* attacks(size: number, source = ''): Generator<string> {
  for (const run of runs) {
    yield run.repeat(Math.ceil(size / run.length));
  }
  for (const sample of samplesOf(source)) {
    for (let length = 1; length <= Math.min(sample.length, 10); length++) {
      const start = sample.slice(0, length);
      yield start.repeat(Math.ceil(size / length));
      for (const more of new Set([start.slice(-1), sample[length] ?? ' ', ' ', 'a'])) {
        yield start + more.repeat(size) + '\u0001';
      }
    }
  }
}

/** Texts that follow a pattern: one for each of its alternatives, whatever the nesting. */
function samplesOf(source: string): ReadonlySet<string> {
  const plain = source
    .replaceAll(/\[(\^?)((?:\\.|[^\]\\])*)\]/g, (_, not: string, set: string) => (not ? 'a' : memberOf(set)))
    .replaceAll(/\\p\{[^}]*\}/gi, 'a')
    .replaceAll(/\(\?(?:[:=!]|<[=!]|<\w+>)/g, '(')
    .replaceAll(/\{\d+(?:,\d*)?\}/g, '')
    .replaceAll(/\\(.)|[()?*+^$]/g, (_, escaped?: string) => (escaped === undefined ? '' : charOf(escaped)));
  return new Set([...plain.split('|'), plain.replaceAll('|', '')].filter((sample) => sample !== ''));
}

/** A character of a class. */
function memberOf(set: string): string {
  const [first = 'a', second = ''] = set;
  return first === '\\' ? `\\${second}` : /[()?*+^$|.]/.test(first) ? `\\${first}` : first;
}

function charOf(escaped: string): string {
  const known: Readonly<Record<string, string>> = {
    s: ' ',
    w: 'a',
    d: '0',
    n: '\n',
    t: '\t',
    r: '\r',
    b: '',
    B: '',
    S: 'a',
    D: 'a',
    W: '-',
  };
  return known[escaped] ?? escaped;
}
