import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FrontMatterError, readFrontMatter } from '../../../src/core/prompts/files/frontMatter.ts';
import { readPromptFile } from '../../../src/core/prompts/files/promptFile.ts';
import { fillIn, inputsIn, variablesIn } from '../../../src/core/prompts/files/promptVariables.ts';

const withHead = (...lines: readonly string[]): string => ['---', ...lines, '---', 'Do it.'].join('\n');

describe('front matter', () => {
  const readable: readonly (readonly [string, string | readonly string[]])[] = [
    ['key: plain words', 'plain words'],
    ['key:   with spaces around  ', 'with spaces around'],
    ['key: C# and F#', 'C# and F#'],
    ['key: words # and a comment', 'words'],
    ['key: # only a comment', ''],
    ['key: author/model:free', 'author/model:free'],
    ['key: https://example.org/#part', 'https://example.org/#part'],
    ["key: it's said", "it's said"],
    ['key: "a \\"quoted\\" text: \\u00e9" # comment', 'a "quoted" text: é'],
    ["key: 'it''s: # said'", "it's: # said"],
    ['key:', ''],
    ['key: ""', ''],
    ['key: -1', '-1'],
    ['key: []', []],
    ['key: [one, "two, three", \'four\'] # comment', ['one', 'two, three', 'four']],
    ['key:\n  - one\n  - "two"\n\n  # comment\n  - three # comment', ['one', 'two', 'three']],
    ['key:\n- one', ['one']],
  ];
  for (const [text, value] of readable) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readFrontMatter(withHead(text)).fields.get('key'), { value, line: 2 });
    });
  }

  const broken: readonly (readonly [string, number, RegExp])[] = [
    ['words', 2, /name: value/],
    ['a: 1\n\nkey:value', 4, /name: value/],
    ['a: b\n  c: d', 3, /name: value/],
    ['- one', 2, /name: value/],
    ['a: 1\na: 2', 3, /second time/],
    ['key: "open', 2, /double quotes/],
    ['key: "a" b', 2, /double quotes/],
    ['key: "\\q"', 2, /double quotes/],
    ["key: 'open", 2, /single quotes/],
    ["key: 'a' b", 2, /single quotes/],
    ['key: [one', 2, /list/],
    ['key: [one,, two]', 2, /list/],
    ['key: [[one]]', 2, /list/],
    ['key: [one] two', 2, /after the end/],
    ['key: { a: 1 }', 2, /quotes/],
    ['key: one: two', 2, /quotes/],
    ['key: &anchor', 2, /quotes/],
    ['key: *alias', 2, /quotes/],
    ['key: !tag x', 2, /quotes/],
    ['key: |', 2, /several lines/],
    ['key: >-', 2, /several lines/],
    ['key:\n  - one\n  - two: three', 4, /quotes/],
  ];
  for (const [text, line, words] of broken) {
    it(`says what is wrong with ${JSON.stringify(text)}, and where`, () => {
      assert.throws(
        () => readFrontMatter(withHead(text)),
        (error) => error instanceof FrontMatterError && error.line === line && words.test(error.message),
      );
    });
  }

  it('needs an end', () => {
    assert.throws(() => readFrontMatter('---\nkey: value\n'), /no end/);
  });

  it('may be missing, and is nothing special further down', () => {
    const text = 'One\n\n---\nkey: value\n---\n';
    assert.deepEqual(readFrontMatter(text), { fields: new Map(), body: text.trim() });
  });

  it('is read with the line breaks and the mark of Windows', () => {
    const { fields, body } = readFrontMatter('\uFEFF---\r\nkey: value\r\n---\r\nOne\r\nTwo\r\n');
    assert.equal(fields.get('key')?.value, 'value');
    assert.equal(body, 'One\nTwo');
  });

  it('takes no long time for a hostile list', () => {
    const startedAt = performance.now();
    assert.throws(() => readFrontMatter(withHead(`key: [${'a '.repeat(50_000)}`)));
    assert.ok(performance.now() - startedAt < 1_000);
  });
});

describe('a prompt file', () => {
  const fault = (...lines: readonly string[]): readonly [number, string] | undefined => {
    const reading = readPromptFile(withHead(...lines));
    return reading.state === 'broken' ? [reading.line, reading.problem] : undefined;
  };

  it('has what it says, and passes over what is meant for others', () => {
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

  it('goes to the chat without a word about it', () => {
    assert.deepEqual(readPromptFile('Do it.'), { state: 'read', file: { output: 'chat', body: 'Do it.' } });
  });

  it('says what it cannot mean, and where', () => {
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

  it('ask for each input once, in their order, with whatever hint there is', () => {
    const body = '${input:b} ${input:a:One: or two?} ${input:b:Later} ${input:a:Other}';
    assert.deepEqual(inputsIn(body), [
      { name: 'b', placeholder: 'Later' },
      { name: 'a', placeholder: 'One: or two?' },
    ]);
  });

  it('are filled in, and what is filled in is not looked at again', () => {
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
