import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { redact, type Secret } from '../../../src/core/context/redaction.ts';
import { hasMarks, marksOf, restoreMarks } from '../../../src/core/context/redactionMarks.ts';

/** Secrets are what stands between angle brackets: `<kind:value>`. */
function secretsIn(text: string): readonly Secret[] {
  return Array.from(text.matchAll(/<(\w+):[^>]*>/g), ({ index, 0: all, 1: kind = '' }) => ({
    start: index,
    end: index + all.length,
    kind,
  }));
}

const real = [
  'key = "<a:111>"',
  'other = "<a:222>"',
  'list:',
  '  - <b:1>',
  '  - <b:2>',
  '<key:begin\n  of many\nlines>',
  'twice = <c:3>, <c:3>',
].join('\n');
const known = marksOf(real, secretsIn(real));
const sent = redact(real, secretsIn(real));

/** What becomes of a text that a model wrote. */
function restored(text: string, once = true): string | undefined {
  return restoreMarks(text, known, once)?.text;
}

describe('a mark in a text that is to be written', () => {
  const cases: readonly (readonly [text: string, result: string | undefined])[] = [
    ['plain', 'plain'],
    ['key = "[redacted: a]"', 'key = "<a:111>"'],
    ['    key = "[redacted: a]",\nnew', '    key = "<a:111>",\nnew'],
    ['key = "[REDACTED:a]"', 'key = "<a:111>"'],
    ['other = "[redacted: a]"\nkey = "[redacted: a]"', 'other = "<a:222>"\nkey = "<a:111>"'],
    ['[redacted: key]\n', '<key:begin\n  of many\nlines>\n'],
    ['twice = [redacted: c], [redacted: c]', 'twice = <c:3>, <c:3>'],
    ['another = "[redacted: a]"', undefined],
    ['key = "[redacted: b]"', undefined],
    ['key = "[redacted: a]"\nkey = "[redacted: a]"', undefined],
    ['  - [redacted: b]', undefined],
    ['  - [redacted: b]\n  - [redacted: b]', undefined],
    ['"[redacted: a]"', undefined],
    ['key = "[redacted: a]" [redacted: a]', undefined],
    ['[redacted: …]', undefined],
  ];
  for (const [text, result] of cases) {
    it(`${JSON.stringify(text)} ${result === undefined ? "can't be put back exactly" : 'is put back'}`, () => {
      assert.equal(restored(text), result);
    });
  }

  it('stands for itself where the file has it', () => {
    const file = 'x = "[redacted: a]"; // "[redacted: a]"\nkey = "<a:1>"';
    const marks = marksOf(file, secretsIn(file));
    assert.equal(restoreMarks(redact(file, secretsIn(file)), marks, true)?.text, file);
    assert.equal(restoreMarks('y = "[redacted: a]"', marks, true), undefined);
  });

  it('takes no longer where there are very many', () => {
    const many = '[redacted: a] '.repeat(20_000);
    assert.equal(restoreMarks(many, marksOf(many, secretsIn('<a:1> '.repeat(20_000))), true), undefined);
  });

  it('is put back for a search as often as it is written', () => {
    const twice = 'key = "[redacted: a]"\nkey = "[redacted: a]"';
    assert.equal(restored(twice, false), 'key = "<a:111>"\nkey = "<a:111>"');
    assert.deepEqual(
      restoreMarks('key = "[redacted: a]"', known, false)?.used.map(({ value }) => value),
      ['<a:111>'],
    );
  });

  it('is seen however it is written', () => {
    for (const text of ['[redacted: x]', 'a[Redacted:x]b', '[ redacted : github token ]', sent]) {
      assert.equal(hasMarks(text), true, text);
    }
    for (const text of ['redacted: x', '[redacted]', '[redacted: x', '[redacted:\n]', real]) {
      assert.equal(hasMarks(text), false, text);
    }
  });

  it('never becomes another value than its own, and no mark remains', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const line = fc.oneof(
      fc.record({ name, value: fc.nat(3) }).map((each) => `${each.name} = <k:${String(each.value)}>`),
      fc.constant('plain'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.array(fc.nat(8), { maxLength: 8 }), (lines, picks) => {
        const text = lines.join('\n');
        const all = marksOf(text, secretsIn(text));
        const lineOf = (pick: number): string => lines[pick % Math.max(1, lines.length)] ?? '';
        const written = picks.map((pick) => redact(lineOf(pick), secretsIn(lineOf(pick)))).join('\n');
        const result = restoreMarks(written, all, false);
        const names = new Set(lines);
        assert.ok(
          result === undefined || result.text.split('\n').every((each) => each === '' || names.has(each)),
        );
        assert.ok(result === undefined || !hasMarks(result.text));
      }),
    );
  });
});
