import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { countRedacted, hasOnlyPossible, possibly, redact } from '../../../src/core/context/redaction.ts';

describe('taking secrets out', () => {
  it('puts a mark in their place, and keeps all else', () => {
    const secrets = [
      { start: 9, end: 12, kind: 'b' },
      { start: 2, end: 5, kind: 'a key' },
    ];
    assert.equal(redact('a=123, b=456;', secrets), 'a=[redacted: a key], b=[redacted: b];');
    assert.equal(redact('nothing', []), 'nothing');
  });

  it('marks a value once that is found twice, or inside another', () => {
    const secrets = [
      { start: 0, end: 8, kind: 'url' },
      { start: 2, end: 5, kind: 'password' },
      { start: 0, end: 8, kind: 'url' },
      { start: 6, end: 10, kind: 'tail' },
    ];
    assert.equal(redact('0123456789!', secrets), '[redacted: url]!');
  });

  it('leaves nothing of any secret, wherever they lie', () => {
    const secret = fc.record({ start: fc.nat(40), length: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(fc.array(secret, { maxLength: 8 }), (places) => {
        // Each character is another one, so that what is left can be told.
        const text = Array.from({ length: 60 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');
        const secrets = places.map(({ start, length }) => ({ start, end: start + length, kind: 'x' }));
        const left = redact(text, secrets).replaceAll('[redacted: x]', '');
        const hidden = (at: number): boolean => secrets.some(({ start, end }) => at >= start && at < end);
        assert.equal(
          left,
          Array.from(text)
            .filter((_, at) => !hidden(at))
            .join(''),
        );
      }),
    );
  });

  it('tells what may be no secret from what is one', () => {
    const maybe = `[redacted: ${possibly('secret')}]`;
    assert.ok(hasOnlyPossible(`a ${maybe} b ${maybe}`));
    assert.ok(!hasOnlyPossible(`a ${maybe} b [redacted: github]`));
    assert.ok(!hasOnlyPossible('a [redacted: possibly] b'));
    assert.ok(!hasOnlyPossible('nothing'));
  });

  it('is counted', () => {
    assert.equal(countRedacted('[redacted: a] and [redacted: b c], not [redacted:] or [redacted: '), 2);
  });
});
