import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { answerObjects } from '../../../src/core/prompts/structured/answerObjects.ts';

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

  it('is the first of the candidates where the whole answer is one', () => {
    assert.deepEqual(
      [...answerObjects('{"a": "```\\n{}\\n```", "b": {"c": 1}}')],
      [{ a: '```\n{}\n```', b: { c: 1 } }],
    );
  });

  const nothing = ['', 'No.', '[1, 2]', '{"a": 1', '{"a": 1 2}', '{"a" "b"}', '{"a": 1,, "b": 2}', '42'];
  for (const text of nothing) {
    it(`is not made up from ${JSON.stringify(text)}`, () => {
      assert.deepEqual([...answerObjects(text)], []);
    });
  }

  it('is any object, in whatever it is wrapped', () => {
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
  ];
  for (const [what, piece] of hostile) {
    it(`is looked for in a megabyte of ${what} without delay`, () => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const began = performance.now();
      const count = [...answerObjects(text)].length;
      assert.ok(count <= 32);
      assert.ok(performance.now() - began < 3_000, `${performance.now() - began} ms`);
    });
  }
});
