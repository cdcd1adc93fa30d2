import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FrontMatterError, readFrontMatter } from '../../../src/core/prompts/files/frontMatter.ts';
import { readPromptFile, type PromptFile } from '../../../src/core/prompts/files/promptFile.ts';
import { fillIn, inputsIn, variablesIn } from '../../../src/core/prompts/files/promptVariables.ts';
import { startOwnTimer } from '../../support/ownTime.ts';

const withHead = (...lines: readonly string[]): string => ['---', ...lines, '---', 'Do it.'].join('\n');

const read = (text: string) => readFrontMatter(text, ['key']);

describe('front matter', () => {
  const readable: readonly (readonly [string, unknown])[] = [
    ['key: plain words', 'plain words'],
    ['key:   with spaces around  ', 'with spaces around'],
    ['key: C# and F#', 'C# and F#'],
    ['key: words # and a comment', 'words'],
    ['key: # only a comment', ''],
    ['key: author/model:free', 'author/model:free'],
    ['key: https://example.org/#part', 'https://example.org/#part'],
    ["key: it's said", "it's said"],
    ['key: "a \\"quoted\\" text: \\u00e9 \\x41" # comment', 'a "quoted" text: é A'],
    ["key: 'it''s: # said'", "it's: # said"],
    ['key:', ''],
    ['key: ""', ''],
    ['key: -1', '-1'],
    ['key: 2024-02-29', '2024-02-29'],
    ['key: yes', 'yes'],
    ['key: null', 'null'],
    ['key: []', []],
    ['key: [one, "two, three", \'four\', ] # comment', ['one', 'two, three', 'four']],
    ['key: [\n  one,\n  two\n  ]', ['one', 'two']],
    ['key:\n  - one\n  - "two"\n\n  # comment\n  - three # comment', ['one', 'two', 'three']],
    ['key:\n- one', ['one']],
    ['key:\n  - [a, b]\n  -\n    - c', [['a', 'b'], ['c']]],
    ['key:\n  - label: one\n    prompt: two', [{ label: 'one', prompt: 'two' }]],
    ['key: { a: 1 }', { a: '1' }],
    ['key:\n  goes on\n  in the next lines', 'goes on in the next lines'],
    ['key: >-\n  folded\n  words\n\n  and more', 'folded words\nand more'],
    ['key: |\n  one: two\n    # three\n', 'one: two\n  # three\n'],
    ['key: "over\n  two lines"', 'over two lines'],
    ['key: Review: what matters first # and a comment', 'Review: what matters first'],
    ['key: For example: `use-utc`.', 'For example: `use-utc`.'],
  ];
  for (const [text, value] of readable) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(read(withHead(text)).fields.get('key'), { value, line: 2 });
    });
  }

  const broken: readonly (readonly [string, number, RegExp])[] = [
    ['words', 2, /name: value/],
    ['a: 1\n\nkey:value', 4, /name: value/],
    ['  key: value', 2, /name: value/],
    ['- one', 2, /name: value/],
    ['key: b\n  c: d', 3, /YAML/],
    ['key: 1\nkey: 2', 3, /second time/],
    ['key: "open', 2, /double quoted/],
    ['key: "a" b', 2, /quotes/],
    ['key: "\\q"', 2, /escape/],
    ["key: 'open", 2, /single quoted/],
    ['key: [one', 2, /YAML/],
    ['key: [one,, two]', 2, /YAML/],
    ['key: [one] two', 2, /YAML/],
    ['key: *alias', 2, /YAML/],
    ['key: !tag x', 2, /tag/],
    ['key: @one', 2, /quotes/],
    ['a: 1\nkey: `one`', 3, /quotes/],
    [`key: ${'long '.repeat(10_000)}`, 2, /too long/],
  ];
  for (const [text, line, words] of broken) {
    it(`says what is wrong with ${JSON.stringify(text.slice(0, 40))}, and where`, () => {
      assert.throws(
        () => read(withHead(text)),
        (error) => error instanceof FrontMatterError && error.line === line && words.test(error.message),
      );
    });
  }

  it('ignores fields meant for other tools', () => {
    const others = [
      'hint: Name it, for example: `it`.',
      'a: &x [*x, *x]',
      'b: "open',
      "tools: ['one', ]",
      'tools: twice',
      'list:',
      '- one: two',
      '- [',
      ']',
      'key: value',
      'c: !tag {',
    ];
    assert.deepEqual([...read(withHead(...others)).fields], [['key', { value: 'value', line: 11 }]]);
  });

  it('needs an end', () => {
    assert.throws(() => read('---\nkey: value\n'), /no end/);
  });

  it('may be empty or missing, and is nothing special further down', () => {
    const text = 'One\n\n---\nkey: value\n---\n';
    assert.deepEqual(read(text), { fields: new Map(), body: text.trim() });
    assert.deepEqual(read('---\n---\nOne'), { fields: new Map(), body: 'One' });
    assert.deepEqual(read('---\n# comment\n\n---\nOne'), { fields: new Map(), body: 'One' });
  });

  it('is read with the line breaks and the mark of Windows', () => {
    const { fields, body } = read('\uFEFF---\r\nkey: >\r\n  one\r\n  two\r\n---\r\nOne\r\nTwo\r\n');
    assert.equal(fields.get('key')?.value, 'one two\n');
    assert.equal(body, 'One\nTwo');
  });

  it('is read in the fence that a chat puts around a prompt', () => {
    const { fields, body } = read('````prompt\n---\nkey: value\n---\nOne\n```\ncode\n```\n````\n');
    assert.equal(fields.get('key')?.value, 'value');
    assert.equal(body, 'One\n```\ncode\n```');
  });

  it('parses malicious input quickly', () => {
    const passed = startOwnTimer();
    const laughs = Array.from(
      { length: 20 },
      (_, index) => `  - &a${index} [*a${index - 1}, *a${index - 1}]`,
    );
    for (const text of [
      `key: [${'a '.repeat(50_000)}`,
      `key: ${'['.repeat(9_000)}`,
      `key: ${'- '.repeat(4_000)}`,
      `key:\n${laughs.join('\n')}`,
      `key: a: ${' #'.repeat(4_000)}\nb`,
      `other: ${'a: '.repeat(500_000)}\nkey: [`,
    ]) {
      assert.throws(() => read(withHead(text)), FrontMatterError);
    }
    assert.ok(passed() < 2_000);
  });
});

describe('a prompt file', () => {
  const chat: PromptFile = { output: 'chat', body: 'Do it.' };
  const fault = (...lines: readonly string[]): readonly [number, string] | undefined => {
    const reading = readPromptFile(withHead(...lines));
    return reading.state === 'broken' ? [reading.line, reading.problem] : undefined;
  };

  it('has its declared fields and ignores those meant for other tools', () => {
    const text = withHead(
      'mode: agent',
      "tools: ['codebase', 'search']",
      'description: Describes',
      'model: author/model',
      'output: document',
      'schema: ./form.json',
    );
    assert.deepEqual(readPromptFile(text), {
      state: 'read',
      file: {
        description: 'Describes',
        model: 'author/model',
        output: 'document',
        schema: './form.json',
        body: 'Do it.',
      },
    });
  });

  const foreign: readonly (readonly [string, string, PromptFile])[] = [
    [
      'handoffs',
      'description: Plans\nhandoffs:\n  - label: Go\n    send: false',
      { description: 'Plans', ...chat },
    ],
    ['maps', 'description: d\nmetadata:\n  version: 1.0', { description: 'd', ...chat }],
    [
      'a folded description',
      'description: >-\n  Plans\n  it\nagent: P',
      { description: 'Plans it', ...chat },
    ],
    ['a literal description', 'description: |\n  Plans: it\n', { description: 'Plans: it', ...chat }],
    [
      'a colon in a hint',
      'argument-hint: A name, such as: `a`.\ndescription: d',
      { description: 'd', ...chat },
    ],
    ['a colon in a description', 'description: Review: all', { description: 'Review: all', ...chat }],
    ['tools with stars', "tools: ['a/*', b]\nname: go", chat],
    ['tools with a comma too many', "tools: ['a', 'b', ]", chat],
    [
      'a comment after a value',
      "mode: 'agent' # why\ndescription: It's 'it'",
      { description: "It's 'it'", ...chat },
    ],
    ['the name of a model in VS Code', 'model: Some Model 4 (copilot)', chat],
    ['names of models', 'model:\n  - Some Model 4\n  - author/model', { model: 'author/model', ...chat }],
  ];
  for (const [what, head, file] of foreign) {
    it(`of another program runs with ${what}`, () => {
      assert.deepEqual(readPromptFile(withHead(head)), { state: 'read', file });
    });
  }

  it('goes to the chat without a word about it', () => {
    assert.deepEqual(readPromptFile('Do it.'), { state: 'read', file: { output: 'chat', body: 'Do it.' } });
  });

  it('reports invalid values and their positions', () => {
    assert.match(
      String(fault('', 'output: paper')),
      /^3,.*"paper".*chat, document, problems, edits, snippet/,
    );
    assert.match(String(fault('output: document')), /^2,.*JSON Schema/);
    assert.match(String(fault('output: edits', 'schema: a.json')), /^3,.*output: document/);
    assert.match(String(fault('schema: a.json')), /^2,.*"chat"/);
    assert.match(String(fault('description: [one]')), /^2,.*not a list/);
    assert.deepEqual(readPromptFile('---\noutput: chat\n---\n\n').state, 'broken');
    assert.deepEqual(readPromptFile('').state, 'broken');
  });
});

describe('the variables of a prompt', () => {
  it('are the known ones; anything else is text', () => {
    assert.deepEqual(
      [
        ...variablesIn(
          '${selectedText} ${selection} ${file} ${HOME} $file ${fileBasename} ${workspaceFolder}',
        ),
      ],
      ['selection', 'file', 'fileBasename', 'workspaceFolder'],
    );
    assert.equal(fillIn('${HOME} ${input:} ${file', { inputs: new Map() }), '${HOME} ${input:} ${file');
  });

  it('ask for each input once, in order, with its hint if any', () => {
    const body = '${input:b} ${input:a:One: or two?} ${input:b:Later} ${input:a:Other}';
    assert.deepEqual(inputsIn(body), [
      { name: 'b', placeholder: 'Later' },
      { name: 'a', placeholder: 'One: or two?' },
    ]);
  });

  it('are filled in once, without expanding inserted text', () => {
    const text = fillIn(
      '${file} ${fileBasename}: ${selection}, ${input:a} ${input:a:x} in ${workspaceFolder}',
      {
        file: 'src/${file}.ts',
        fileBasename: '$& $1',
        selection: '${input:a}',
        workspaceFolder: '',
        inputs: new Map([['a', '${selection}']]),
      },
    );
    assert.equal(text, 'src/${file}.ts $& $1: ${input:a}, ${selection} ${selection} in ');
  });
});
