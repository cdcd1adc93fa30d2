/** Something that the code declares, with the line of the file on which it does. */
export interface Declaration {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  readonly text: string;
}

/** What simple analysis finds in the code of a message. */
export interface CodeReading {
  readonly code: string;
  readonly lines: readonly string[];
  /** The number of the first line in its file; 1 when the message does not say. */
  readonly firstLine: number;
  readonly language: string;
  readonly path: string | undefined;
  readonly declarations: readonly Declaration[];
  readonly imports: readonly string[];
  /** How often each of these things occurs. */
  readonly counts: Readonly<Record<'branches' | 'loops' | 'awaits' | 'throws' | 'returns', number>>;
}

/** A message taken apart: the code that was sent and what was asked about it. */
export interface MessageReading {
  readonly text: string;
  readonly question: string;
  readonly code: CodeReading | undefined;
}

const languagesByExtension: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  jsx: 'javascriptreact',
  mjs: 'javascript',
  cjs: 'javascript',
  py: 'python',
  go: 'go',
  rs: 'rust',
  java: 'java',
  kt: 'kotlin',
  cs: 'csharp',
  c: 'c',
  h: 'c',
  cpp: 'cpp',
  hpp: 'cpp',
  rb: 'ruby',
  php: 'php',
  swift: 'swift',
  css: 'css',
  scss: 'scss',
  html: 'html',
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
  md: 'markdown',
  sh: 'shellscript',
  sql: 'sql',
  vue: 'vue',
  svelte: 'svelte',
};

const fence = /^[ \t]*(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)\n?^[ \t]*\1[ \t]*$/m;
const element = /<(selection|file|code|document|diff|context|attachment)\b([^>]*)>\n?([\s\S]*?)\n?<\/\1>/;
const extensions = Object.keys(languagesByExtension).join('|');
const pathPattern = new RegExp(`[\\w@.\\-/\\\\]*[\\w-]\\.(?:${extensions})(?![\\w])`, 'g');
const rangePatterns = [
  /lines?:?\s*(\d+)\s*(?:-|–|to|through)\s*(\d+)/i,
  /\bL(\d+)\s*-\s*L?(\d+)/,
  /:(\d+)-(\d+)/,
  /line\s+(\d+)/i,
];

/** Reads a message: the first code block, what surrounds it, and what is asked. */
export function readMessageText(text: string): MessageReading {
  const block = fence.exec(text) ?? element.exec(text);
  if (!block) return { text, question: questionIn(text), code: undefined };
  const [whole, , info = '', code = ''] = block;
  const before = text.slice(Math.max(0, block.index - 600), block.index);
  const after = text.slice(block.index + whole.length);
  return {
    text,
    question: questionIn(`${text.slice(0, block.index)}\n\n${after}`),
    code: readCode(code, `${before}\n${info}`, info),
  };
}

/** Reads the newest of the texts that has code; the question is always that of the newest text. */
export function readConversation(texts: readonly string[]): MessageReading {
  const readings = texts.map(readMessageText);
  const code = readings.findLast((reading) => reading.code)?.code;
  const { text = '', question = '' } = readings.at(-1) ?? {};
  return { text, question, code };
}

function readCode(code: string, surroundings: string, info: string): CodeReading {
  const path = surroundings.match(pathPattern)?.at(-1);
  const firstLine = firstLineIn(surroundings);
  const lines = code.split('\n');
  return {
    code,
    lines,
    firstLine,
    language: languageOf(info, path),
    path,
    declarations: declarationsIn(lines, firstLine),
    imports: importsIn(code),
    counts: {
      branches: occurrences(code, /\b(if|elif|switch|match|case|unless)\b|\?\?|&&|\|\|/g),
      loops: occurrences(code, /\b(for|while|loop|forEach)\b/g),
      awaits: occurrences(code, /\bawait\b/g),
      throws: occurrences(code, /\b(throw|raise|panic)\b/g),
      returns: occurrences(code, /\breturn\b/g),
    },
  };
}

function firstLineIn(surroundings: string): number {
  for (const pattern of rangePatterns) {
    const found = pattern.exec(surroundings);
    if (found) return Number(found[1]);
  }
  return 1;
}

function languageOf(info: string, path: string | undefined): string {
  const named = /(?:language=["']?)?([a-z][\w+#-]*)/i.exec(info.trim())?.[1]?.toLowerCase();
  const byPath = languagesByExtension[path?.split('.').at(-1)?.toLowerCase() ?? ''];
  if (byPath !== undefined) return byPath;
  return named === undefined ? 'plaintext' : (languagesByExtension[named] ?? named);
}

type DeclarationPattern = readonly [kind: string | undefined, pattern: RegExp];

/** The first pattern that matches a line decides; without a kind, its first group is the kind. */
const declarationPatterns: readonly DeclarationPattern[] = [
  [
    undefined,
    /^\s*(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:pub\s+)?(?:public\s+)?(class|interface|enum|struct|trait|record)\s+([A-Za-z_$][\w$]*)/,
  ],
  ['function', /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*([A-Za-z_$][\w$]*)/],
  [
    'function',
    /^\s*(?:export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)[^=]*=\s*(?:async\s*)?(?:\([^)]*\)|[A-Za-z_$][\w$]*)[^=]*=>/,
  ],
  ['function', /^\s*(?:async\s+)?def\s+(\w+)/],
  ['function', /^func\s+(?:\([^)]*\)\s*)?(\w+)/],
  ['function', /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?(?:unsafe\s+)?fn\s+(\w+)/],
  ['type', /^\s*(?:export\s+)?type\s+([A-Za-z_$][\w$]*)/],
  ['constant', /^(?:export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)/],
  ['constant', /^([A-Z][A-Z0-9_]{2,})\s*[:=]/],
  [
    'method',
    /^\s*(?:(?:public|private|protected|internal|static|final|override|async)\s+)+[\w<>[\],.?\s]*?([A-Za-z_]\w*)\s*\([^;]*$/,
  ],
  ['method', /^\s+(?:(?:get|set|async|\*)\s+)*(#?[A-Za-z_$][\w$]*)\s*\([^;]*\)\s*(?::\s*[^{;]+)?\{\s*$/],
  ['rule', /^([.#]?[\w-][\w\s.,#:>-]*?)\s*\{\s*$/],
];

const notNames = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'function',
  'return',
  'else',
  'try',
  'do',
  'constructor',
]);

function declarationsIn(lines: readonly string[], firstLine: number): readonly Declaration[] {
  return lines.flatMap((text, index) => {
    for (const [kind, pattern] of declarationPatterns) {
      const found = pattern.exec(text);
      if (!found) continue;
      const name = (kind === undefined ? found[2] : found[1]) ?? '';
      if (notNames.has(name.trim())) return [];
      return [{ kind: kind ?? found[1] ?? '', name, line: firstLine + index, text: text.trim() }];
    }
    return [];
  });
}

function importsIn(code: string): readonly string[] {
  const patterns = [
    /\bfrom\s+['"]([^'"]+)['"]/g,
    /\brequire\(['"]([^'"]+)['"]\)/g,
    /^(?:from\s+(\S+)\s+import|import\s+([\w.]+)\s*$)/gm,
    /^use\s+([\w:]+)/gm,
  ];
  const names = patterns.flatMap((pattern) =>
    [...code.matchAll(pattern)].map((found) => found[1] ?? found[2] ?? ''),
  );
  return [...new Set(names.filter((name) => name !== ''))];
}

function occurrences(code: string, pattern: RegExp): number {
  return code.match(pattern)?.length ?? 0;
}

/** The paragraph that asks something, else the last one that is not just the label of a file. */
function questionIn(text: string): string {
  const paragraphs = text
    .replaceAll(/\[\[[^\]]*\]\]/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '');
  const isLabel = (paragraph: string): boolean => {
    return paragraph.length < 160 && paragraph.match(pathPattern) !== null && !paragraph.endsWith('?');
  };
  const asked = paragraphs.findLast((paragraph) => paragraph.endsWith('?'));
  const stated = paragraphs.findLast((paragraph) => !isLabel(paragraph));
  return (asked ?? stated ?? '').slice(0, 240);
}
