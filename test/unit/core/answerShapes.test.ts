import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fittedTo, meantObjects } from '../../../src/core/prompts/structured/answerShapes.ts';

const answer = { type: 'fix', subject: 'round "totals"', lines: [1, 2] };
const json = JSON.stringify(answer);

describe('The objects that an answer may mean', () => {
  for (const [what, text] of [
    ['the object', json],
    ['a list of one', `[${json}]`],
    ['the schema’s name around it', `{"commit_message":${json}}`],
    ['a call as an object', `{"name":"commit_message","arguments":${json}}`],
    ['a call with its arguments as text', JSON.stringify({ name: 'a', parameters: json })],
    [
      'calls as a message has them',
      JSON.stringify({ tool_calls: [{ function: { name: 'a', arguments: json } }] }),
    ],
    ['a call in tags', `Calling it.\n<tool_call>\n{"name": "a", "arguments": ${json}}\n</tool_call>`],
    ['a call like a function', `commit_message(${json})`],
    ['a text of JSON', JSON.stringify(json)],
  ] as const) {
    it(`have it in them: ${what}`, () => {
      const found = [...meantObjects(text, true)].map((each) => JSON.stringify(each));
      assert.ok(found.includes(json), found.join('\n'));
    });
  }

  it('have arguments that are printed as tags', () => {
    const text =
      '<function_calls><invoke name="edit"><parameter name="file">a.ts</parameter>\n<parameter=replace>\n  a();\n</parameter></invoke>';
    assert.deepEqual([...meantObjects(text, true)].at(-1), { file: 'a.ts', replace: '  a();' });
  });
});

describe('A value in another form than its schema says', () => {
  const text = { type: 'string' };
  const schema = {
    type: 'object',
    properties: {
      line: { type: 'integer' },
      share: { type: 'number' },
      sure: { type: 'boolean' },
      body: text,
      scope: { anyOf: [text, { type: 'null' }] },
      kind: { type: 'string', enum: ['fix', 'feat'] },
      edits: { type: 'array', items: { $ref: '#/$defs/edit' } },
    },
    $defs: { edit: { type: 'object', properties: { startLine: { type: 'integer' }, search: text } } },
  };
  const fitted = (value: object): unknown => fittedTo(value, schema);

  for (const [what, value, wanted] of [
    ['a number as text', { line: '12' }, { line: 12 }],
    ['a line in words', { line: 'Line 12' }, { line: 12 }],
    ['a range of lines', { line: '12-14' }, { line: 12 }],
    ['a share as text', { share: ' 0.5 ' }, { share: 0.5 }],
    ['a truth value as text', { sure: 'True' }, { sure: true }],
    ['lines of a text', { body: ['one', 'two'] }, { body: 'one\ntwo' }],
    ['a text as a number', { body: 7 }, { body: '7' }],
    ['a text that may be null', { scope: null }, { scope: null }],
    ['a number for a text that may be null', { scope: 7 }, { scope: '7' }],
    ['a word in another case', { kind: 'Fix' }, { kind: 'fix' }],
    [
      'a list as JSON text',
      { edits: '[{"startLine":"3","search":"a"}]' },
      { edits: [{ startLine: 3, search: 'a' }] },
    ],
    [
      'a misspelled list as text',
      { edits: "[{'startLine': 3, 'search': 'a',}]" },
      { edits: [{ startLine: 3, search: 'a' }] },
    ],
    ['one thing for a list', { edits: { search: 'a' } }, { edits: [{ search: 'a' }] }],
  ] as const) {
    it(`is brought into it: ${what}`, () => assert.deepEqual(fitted(value), wanted));
  }

  it('stays as it is where it fits, or where nothing says how it is meant', () => {
    for (const value of [
      { line: 12, share: 0.5, sure: false, body: '12', scope: 'a', kind: 'feat', edits: [], more: '1' },
      { line: 'soon', share: 'half', sure: 'maybe', kind: 'other', edits: 'none', body: [1] },
      {},
    ]) {
      assert.deepEqual(fitted(value), value);
    }
  });
});
