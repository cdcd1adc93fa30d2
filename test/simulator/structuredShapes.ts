import type { CodeReading, MessageReading } from './codeReading.ts';
import { improvementOf, replacementOf, uniqueLines } from './improvements.ts';
import { snippetAbout } from './snippetAnswer.ts';

/** An answer of a known shape; its parts refer to the code that was really sent. */
type Shape = (reading: MessageReading) => unknown;

/** The structured answers by the properties that tell them apart, the most telling first. */
const shapes: readonly (readonly [properties: readonly string[], shape: Shape])[] = [
  [['body', 'prefix', 'placeholders'], snippetAbout],
  [['edits'], (reading) => withCode(reading, editsTo)],
  [['findings'], (reading) => withCode(reading, findingsIn)],
  [['framework', 'files'], (reading) => withCode(reading, testsOf)],
  [['names'], (reading) => withCode(reading, namesFor)],
  [['subject', 'type'], commitMessageFor],
  [['steps', 'pitfalls'], (reading) => withCode(reading, explanationOf)],
];

/** The answer for a schema with these properties; undefined when the shape is none of the known ones. */
export function knownShape(properties: readonly string[], reading: MessageReading): unknown {
  const found = shapes.find(([telling]) => telling.every((property) => properties.includes(property)));
  return found?.[1](reading);
}

const noCode: CodeReading = {
  code: '',
  lines: [],
  firstLine: 1,
  language: 'plaintext',
  path: undefined,
  declarations: [],
  imports: [],
  counts: { branches: 0, loops: 0, awaits: 0, throws: 0, returns: 0 },
};

function withCode(reading: MessageReading, shape: (code: CodeReading) => unknown): unknown {
  return shape(reading.code ?? noCode);
}

function editsTo(code: CodeReading): unknown {
  const lines = uniqueLines(code);
  const improvable = lines.filter((line) => improvementOf(code, line));
  const declared = lines.filter((line) =>
    code.declarations.some((declaration) => declaration.line === line.number),
  );
  const chosen = [...improvable, ...declared, ...lines].filter(
    (line, index, all) => all.indexOf(line) === index,
  );
  const edits = chosen
    .slice(0, 2)
    .sort((a, b) => a.number - b.number)
    .map((line) => ({
      file: code.path ?? '',
      search: line.text,
      ...replacementOf(code, line),
      startLine: line.number,
    }));
  return { summary: `Simulated: ${String(edits.length)} changes to ${code.path ?? 'the selection'}.`, edits };
}

function findingsIn(code: CodeReading): unknown {
  const file = code.path ?? '';
  const findings = uniqueLines(code).flatMap((line) => {
    const found = improvementOf(code, line);
    if (!found) return [];
    const { severity, category, message } = found;
    const suggestion = { search: line.text, replace: found.replace(line.text) };
    return [
      {
        file,
        quote: line.text,
        startLine: line.number,
        endLine: line.number,
        severity,
        category,
        message,
        suggestion,
      },
    ];
  });
  const first = code.declarations[0];
  const remark = first
    ? [
        {
          file,
          quote: code.lines[first.line - code.firstLine] ?? first.text,
          startLine: first.line,
          endLine: first.line,
          severity: 'hint',
          category: 'documentation',
          message: `Simulated: \`${first.name}\` has no comment that says why it exists.`,
          suggestion: null,
        },
      ]
    : [];
  const all = [...findings.slice(0, 3), ...remark];
  return {
    summary: `Simulated review: ${String(all.length)} findings in ${code.path ?? 'the code'}.`,
    findings: all,
  };
}

const frameworks: Readonly<Record<string, string>> = {
  python: 'pytest',
  go: 'testing',
  rust: 'cargo test',
  java: 'JUnit',
};

function testsOf(code: CodeReading): unknown {
  const names = code.declarations
    .filter(({ kind }) => kind === 'function' || kind === 'class')
    .map(({ name }) => name);
  const path = code.path ?? 'example.ts';
  const testPath = path.replace(/\.(\w+)$/, '.test.$1');
  const module = `./${path.split('/').at(-1) ?? path}`;
  const body = names
    .map((name) => `  it('${name} exists', () => {\n    assert.ok(${name});\n  });`)
    .join('\n');
  const content = `import assert from 'node:assert/strict';\nimport { ${names.join(', ')} } from '${module}';\n\ndescribe('${path}', () => {\n${body}\n});\n`;
  return {
    framework: frameworks[code.language] ?? 'mocha',
    files: [{ path: testPath, content }],
    cases: names.map((name) => ({ name: `${name} exists`, purpose: `Simulated: ${name} can be imported.` })),
  };
}

function namesFor(code: CodeReading): unknown {
  const current = code.declarations[0]?.name ?? /[A-Za-z_]\w*/.exec(code.code)?.[0] ?? 'value';
  const capital = current.slice(0, 1).toUpperCase() + current.slice(1);
  return {
    names: [
      { name: `${current}Result`, reason: `Says that it is what ${current} comes to.` },
      { name: `computed${capital}`, reason: 'Says that work was done for it.' },
      { name: `next${capital}`, reason: 'Says where it stands in a sequence.' },
    ],
  };
}

function commitMessageFor(reading: MessageReading): unknown {
  const text = reading.code?.code ?? '';
  const files = [...text.matchAll(/^\+\+\+ b\/(.+)$/gm)].map((found) => found[1] ?? '');
  const added = text.match(/^\+(?!\+\+)/gm)?.length ?? 0;
  const removed = text.match(/^-(?!--)/gm)?.length ?? 0;
  const first = files[0] ?? reading.code?.path ?? 'the code';
  const base =
    first
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '') ?? first;
  return {
    type:
      files.length > 0 && files.every((file) => file.includes('test'))
        ? 'test'
        : removed > added
          ? 'refactor'
          : 'feat',
    scope: first.includes('/') ? first.split('/').at(-2) : base,
    subject: `change ${base} (simulated)`,
    body: `${String(added)} lines added and ${String(removed)} removed in ${files.length > 0 ? files.join(', ') : first}.`,
    breaking: false,
  };
}

function explanationOf(code: CodeReading): unknown {
  const lines = uniqueLines(code);
  const declared = lines.filter((line) =>
    code.declarations.some((declaration) => declaration.line === line.number),
  );
  const steps = (declared.length > 0 ? declared : lines).slice(0, 5).map((line) => {
    const declaration = code.declarations.find((each) => each.line === line.number);
    const what = declaration
      ? `declares the ${declaration.kind} \`${declaration.name}\``
      : 'does one step of the work';
    return { quote: line.text, startLine: line.number, explanation: `Simulated: this line ${what}.` };
  });
  const { awaits, loops, branches } = code.counts;
  const pitfalls = [
    awaits > 0 ? 'Each await can fail, and nothing here says what happens then.' : '',
    loops > 0 ? 'The time grows with the input.' : '',
    branches > 0 ? 'Every branch needs a test of its own.' : '',
  ].filter((pitfall) => pitfall !== '');
  const subject = code.path ?? 'The selection';
  return {
    summary: `${subject} has ${String(code.lines.length)} lines of ${code.language} (simulated).`,
    steps,
    pitfalls,
  };
}
