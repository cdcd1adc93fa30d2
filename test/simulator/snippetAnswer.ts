import type { MessageReading } from './codeReading.ts';

interface SnippetTemplate {
  readonly body: readonly string[];
  readonly placeholders: readonly (readonly [name: string, fallback: string])[];
}

/**
 * Each language has one way to go about it and another, for whoever asks for a variant. Bodies hold `$` and `}` on
 * purpose: text that the model did not mark must survive as it is.
 */
const templates: Readonly<Record<string, readonly [SnippetTemplate, ...SnippetTemplate[]]>> = {
  typescript: [
    {
      body: [
        'export async function {{functionName}}(url: string): Promise<{{ResultType}}> {',
        '  const response = await fetch(url);',
        '  if (!response.ok) {',
        '    throw new Error(`{{message}}: ${response.status} for ${url}`);',
        '  }',
        '  return (await response.json()) as {{ResultType}};',
        '}',
      ],
      placeholders: [
        ['functionName', 'loadJson'],
        ['ResultType', 'unknown'],
        ['message', 'Request failed'],
      ],
    },
    {
      body: [
        'export const {{functionName}} = (url: string): Promise<{{ResultType}}> =>',
        '  fetch(url).then((response) => response.json()).catch(() => { throw new Error(`{{message}}: ${url}`); });',
      ],
      placeholders: [
        ['functionName', 'loadJson'],
        ['ResultType', 'unknown'],
        ['message', 'Request failed'],
      ],
    },
  ],
  python: [
    {
      body: [
        'def {{functionName}}({{argument}}: str) -> dict[str, object]:',
        '    """{{message}}"""',
        '    result = {"source": {{argument}}, "cost": f"${1.5:.2f}"}',
        '    return result',
      ],
      placeholders: [
        ['functionName', 'load'],
        ['argument', 'source'],
        ['message', 'Say what this does.'],
      ],
    },
    {
      body: ['{{functionName}} = lambda {{argument}}: {"source": {{argument}}, "cost": f"${1.5:.2f}"}'],
      placeholders: [
        ['functionName', 'load'],
        ['argument', 'source'],
      ],
    },
  ],
  go: [
    {
      body: [
        'func {{functionName}}({{argument}} string) error {',
        '\tif {{argument}} == "" {',
        '\t\treturn errors.New("{{message}}")',
        '\t}',
        '\treturn nil',
        '}',
      ],
      placeholders: [
        ['functionName', 'validate'],
        ['argument', 'input'],
        ['message', 'empty input'],
      ],
    },
    {
      body: [
        'var {{functionName}} = func({{argument}} string) (err error) {',
        '\tif len({{argument}}) == 0 {',
        '\t\terr = errors.New("{{message}}")',
        '\t}',
        '\treturn',
        '}',
      ],
      placeholders: [
        ['functionName', 'validate'],
        ['argument', 'input'],
        ['message', 'empty input'],
      ],
    },
  ],
  shellscript: [
    {
      body: ['for {{variable}} in "$@"; do', '  echo "${{{variable}}}" >&2', 'done'],
      placeholders: [['variable', 'item']],
    },
    {
      body: [
        'while [ $# -gt 0 ]; do',
        '  {{variable}}=$1',
        '  echo "${{{variable}}}" >&2',
        '  shift',
        'done',
      ],
      placeholders: [['variable', 'item']],
    },
  ],
};

const sameAs: Readonly<Record<string, string>> = {
  typescriptreact: 'typescript',
  javascript: 'typescript',
  javascriptreact: 'typescript',
  bash: 'shellscript',
  sh: 'shellscript',
  ts: 'typescript',
  py: 'python',
};

/**
 * A snippet in the language of the message, and another one than those that stand in it; its first placeholder defaults
 * to a name from the code that was sent.
 */
export function snippetAbout(reading: MessageReading): unknown {
  const language = languageOf(reading);
  const description = descriptionIn(reading.question);
  const variants = templates[sameAs[language] ?? language] ?? templates.typescript;
  if (!variants) return undefined;
  const declared = reading.code?.declarations.find(({ kind }) => kind === 'function' || kind === 'method');
  const isTyped = language !== 'javascript' && language !== 'javascriptreact';
  const bodyOf = ({ body }: SnippetTemplate): string => (isTyped ? body : body.map(withoutTypes)).join('\n');
  const template = variants.find((each) => !reading.text.includes(bodyOf(each))) ?? variants[0];
  const body = bodyOf(template);
  const which = template === variants[0] ? '' : ', otherwise';
  const placeholders = template.placeholders
    .filter(([name]) => body.includes(`{{${name}}}`))
    .map(([name, fallback]) => ({
      name,
      default: name === 'functionName' && declared ? declared.name : fallback,
    }));
  return {
    name: `Simulated: ${description === '' ? 'a snippet' : description.slice(0, 60)}${which}`,
    prefix: prefixFor(description),
    language,
    description: `A simulated snippet in ${language}, made from the description that was sent.`,
    body,
    placeholders,
  };
}

/** What the snippet shall do: the last line, because facts such as the language come before it, without its label. */
function descriptionIn(question: string): string {
  return (question.trim().split('\n').at(-1) ?? '').replace(/^\w+:\s*/, '');
}

function withoutTypes(line: string): string {
  return line
    .replace(': Promise<{{ResultType}}>', '')
    .replace('(url: string)', '(url)')
    .replace(/\((.*)\) as \{\{ResultType\}\}/, '$1');
}

function languageOf(reading: MessageReading): string {
  if (reading.code && reading.code.language !== 'plaintext') return reading.code.language;
  const named = /\b(typescript|javascript|python|go|bash|shellscript|rust|java|css|html)\b/i.exec(
    reading.question,
  );
  return named?.[1]?.toLowerCase() ?? 'typescript';
}

function prefixFor(question: string): string {
  const words = question.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  return (
    words.find((word) => !['the', 'and', 'with', 'for', 'that', 'generate', 'snippet'].includes(word)) ??
    'sim'
  );
}
