import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { answerObjects } from '../../../src/core/prompts/structured/answerObjects.ts';
import type { JsonObject } from '../../../src/core/util/json.ts';
import { startOwnTimer } from '../../support/ownTime.ts';

const meant = { a: 'x', b: [1, { c: '} // "quoted" /* { ,]' }] };
const json = JSON.stringify(meant);
const pretty = JSON.stringify(meant, undefined, 2);

describe('the object of an answer', () => {
  const found: readonly (readonly [string, string])[] = [
    ['bare', json],
    ['with white space around it', `\n\n ${pretty}\n`],
    ['in a fence', `\`\`\`json\n${pretty}\n\`\`\``],
    ['in a fence that is never closed', `\`\`\`json\n${pretty}`],
    ['in a longer fence, indented', `1. See:\n   \`\`\`\`jsonc\n   ${json}\n   \`\`\`\``],
    ['in the second fence', `\`\`\`ts\nconst a = () => {};\n\`\`\`\nand\n\`\`\`json\n${json}\n\`\`\`\n`],
    ['in a fence between sentences with braces', `Use {{x}}:\n\`\`\`\n${json}\n\`\`\`\nEnjoy {}!`],
    ['between sentences', `Here you are: ${json} Enjoy!`],
    ['after an open brace and an inch', `About 6" and { so on: ${json}`],
    ['before another object', `${json}\n{"a": "no"}`],
    ['after thoughts about code', `${'The block { a(); } in if (x) {\n y(); }\n'.repeat(20)}${json}`],
    ['with trailing commas', '{"a": "x", "b": [1, {"c": "} // \\"quoted\\" /* { ,]",},],}'],
    ['with comments', `// Your {answer}\n{ /* "a" first } */ "a": "x", // then b\n${json.slice(9)}`],
    ['in a fence, with both', `\`\`\`json\n// {it}\n${pretty.slice(0, -2)},\n}\n\`\`\``],
  ];
  for (const [where, text] of found) {
    it(`is found ${where}`, () => {
      assert.ok(
        [...answerObjects(text)].some((object) => JSON.stringify(object) === json),
        JSON.stringify([...answerObjects(text)]),
      );
    });
  }

  it('is found where line breaks and tabs in its texts are not escaped', () => {
    assert.deepEqual(
      [...answerObjects('{"code": "if (x) {\n\treturn;\n}"}')],
      [{ code: 'if (x) {\n\treturn;\n}' }],
    );
  });

  const spelled: readonly (readonly [string, string, JsonObject])[] = [
    ['in single quotes', "{'a': 'say \"x\"', 'b': 'it\\'s'}", { a: 'say "x"', b: "it's" }],
    ['with the words of Python', '{"a": True, "b": False, "c": None}', { a: true, b: false, c: null }],
    ['in the quotes of a book', '{“a”: “x y”}', { a: 'x y' }],
    ['with names that are not quoted', '{a: 1, b_c: -1.5e+3}', { a: 1, b_c: -1500 }],
    ['with a comma too few', '{"a": 1\n "b": [1 2]}', { a: 1, b: [1, 2] }],
    ['with the expressions of a language', '{"a": "\\d+ \\(x\\)"}', { a: '\\d+ \\(x\\)' }],
    ['with an apostrophe that is escaped', '{"a": "it\\\'s"}', { a: "it's" }],
    ['with control characters', '{"a": "\u001b[0m,}"}', { a: '\u001b[0m,}' }],
    ['among words with apostrophes', "It's {it's}: {'a': 'x'} isn't it?", { a: 'x' }],
  ];
  for (const [how, text, object] of spelled) {
    it(`is found ${how}`, () => {
      assert.deepEqual([...answerObjects(text)].at(-1), object);
    });
  }

  it('may lack only its closing brackets, in a complete answer', () => {
    for (const text of ['{"a": {"b": "x"', '```json\n{"a": {"b": "x"\n```', '{"a": {"b": "x"}']) {
      assert.deepEqual([...answerObjects(text, true)].at(-1), { a: { b: 'x' } }, text);
      assert.deepEqual(
        [...answerObjects(text)].map((each) => 'a' in each),
        [...answerObjects(text)].map(() => false),
      );
    }
    for (const text of [
      '{"a": "x',
      '{"a":',
      '{"a": {"b',
      '{"a": "x", "b"',
      '{"a": "x\\"',
      '{"a": "x",',
      '{"a": 1',
    ]) {
      assert.deepEqual([...answerObjects(text, true)], [], text);
    }
  });

  it('is the first of the candidates where the whole answer is one', () => {
    assert.deepEqual(
      [...answerObjects('{"a": "```\\n{}\\n```", "b": {"c": 1}}')],
      [{ a: '```\n{}\n```', b: { c: 1 } }],
    );
  });

  const nothing = [
    '{"a": [1, ...]}',
    '{"a": ...}',
    '{"a": "say "x" once"}',
    '{"a": "f("b", "c")", "d": "e"}',
    "{'a': 'it's'}",
    '{"a": f("x")}',
    '{"a": "x" + "y"}',
    '',
    'No.',
    '[1, 2]',
    '{"a": 1',
    '{"a": 1 2}',
    '{"a" "b"}',
    '{"a": 1,, "b": 2}',
    '42',
  ];
  for (const text of nothing) {
    it(`is not made up from ${JSON.stringify(text)}`, () => {
      assert.deepEqual([...answerObjects(text)], []);
    });
  }

  it('is any object, whatever surrounds it', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(value, fc.constantFrom('', 'So: ', 'A {b} "c" \n', '```json\n'), (object, before) => {
        const text = JSON.stringify(object);
        const objects = [...answerObjects(`${before}${text}\n`)].map((each) => JSON.stringify(each));
        assert.ok(objects.includes(text));
      }),
    );
  });

  const hostile: readonly (readonly [string, string])[] = [
    ['open braces', '{'],
    ['open objects', '{"a":'],
    ['quotes', '"'],
    ['escaped quotes', '{"\\"'],
    ['comments that never end', '{/*'],
    ['fences', '```\n'],
    ['white space', ' \t'],
    ['commas', '{,'],
    ['pairs of braces', '{}'],
    ['lines of ticks', '``\n'],
    ['single quotes', "'"],
    ['open objects in single quotes', "{'a':'"],
    ['lists', '{"a":['],
    ['concatenations', '{"a" + "b" + '],
  ];
  for (const [what, piece] of hostile) {
    it(`is looked for in a megabyte of ${what} without delay`, () => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const passed = startOwnTimer();
      const count = [...answerObjects(text)].length;
      assert.ok(count <= 32);
      assert.ok(passed() < 3_000, `${passed()} ms`);
    });
  }
});
