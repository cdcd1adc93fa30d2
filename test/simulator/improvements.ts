import type { CodeReading } from './codeReading.ts';

/** One line of the code with its number in the file. */
export interface CodeLine {
  readonly text: string;
  readonly number: number;
}

/** A weakness that a regular expression can see, and its cure. */
export interface Improvement {
  readonly pattern: RegExp;
  readonly severity: string;
  readonly category: string;
  readonly message: string;
  readonly replace: (line: string) => string;
}

const improvements: readonly Improvement[] = [
  {
    pattern: /[^=!<>]==[^=]|!=[^=]/,
    severity: 'warning',
    category: 'correctness',
    message: 'A loose comparison converts its operands; compare strictly.',
    replace: (line) => line.replace(/([^=!<>])==([^=])/, '$1===$2').replace(/!=([^=])/, '!==$1'),
  },
  {
    pattern: /\bvar\s/,
    severity: 'warning',
    category: 'style',
    message: '`var` is visible in the whole function; a block-scoped binding says where it is used.',
    replace: (line) => line.replace(/\bvar\s/, 'let '),
  },
  {
    pattern: /console\.log\(/,
    severity: 'info',
    category: 'logging',
    message: 'Output for debugging is left in the code.',
    replace: (line) => line.replace('console.log(', 'console.debug('),
  },
  {
    pattern: /:\s*any\b/,
    severity: 'warning',
    category: 'types',
    message: '`any` switches the type checker off from here on.',
    replace: (line) => line.replace(/:\s*any\b/, ': unknown'),
  },
];

/** The improvement that a line calls for; loose comparison is a fault in languages with a strict one only. */
export function improvementOf(code: CodeReading, line: CodeLine): Improvement | undefined {
  const isScript = /^(?:java|type)script/.test(code.language);
  return isScript ? improvements.find(({ pattern }) => pattern.test(line.text)) : undefined;
}

/** The lines that stand only once in the code, so that a quote of one means one place. */
export function uniqueLines(code: CodeReading): readonly CodeLine[] {
  const occurrences = new Map<string, number>();
  for (const text of code.lines) occurrences.set(text, (occurrences.get(text) ?? 0) + 1);
  return code.lines
    .map((text, index) => ({ text, number: code.firstLine + index }))
    .filter(({ text }) => text.trim().length > 3 && occurrences.get(text) === 1);
}

const hash = ['# ', ''] as const;
const angle = ['<!-- ', ' -->'] as const;

/** How comments begin and end where that is not `//`. */
const commentMarks: Readonly<Record<string, readonly [open: string, close: string]>> = {
  ...{ python: hash, ruby: hash, shellscript: hash, yaml: hash, toml: hash },
  ...{ markdown: angle, html: angle },
  ...{ css: ['/* ', ' */'], scss: ['/* ', ' */'], sql: ['-- ', ''] },
};

/** What an edit of a line would be: the improvement it calls for, else a comment above it. */
export function replacementOf(
  code: CodeReading,
  line: CodeLine,
): { readonly replace: string; readonly reason: string } {
  const improvement = improvementOf(code, line);
  if (improvement) return { replace: improvement.replace(line.text), reason: improvement.message };
  const indent = /^\s*/.exec(line.text)?.[0] ?? '';
  const name = code.declarations.find((declaration) => declaration.line === line.number)?.name;
  const [open, close] = commentMarks[code.language] ?? ['// ', ''];
  const comment = `${open}Simulated change${name === undefined ? '' : `: says what ${name} is for`}.${close}`;
  return {
    replace: `${indent}${comment}\n${line.text}`,
    reason: 'A reader should not have to guess the purpose.',
  };
}
