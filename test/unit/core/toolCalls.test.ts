import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  completeCalls,
  mergeToolCalls,
  type IndexedCall,
} from '../../../src/core/openrouter/chat/toolCalls.ts';
import type { JsonObject } from '../../../src/core/util/json.ts';

/** Some calls, and how a provider may tear them: arguments in pieces, ids and names with the first one only. */
const torn = fc
  .array(
    fc.record({ name: fc.constantFrom('read', 'list'), pieces: fc.array(fc.string(), { minLength: 1 }) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .chain((calls) => {
    const fragments = calls.map(({ name, pieces }, index) =>
      pieces.map((piece, at): JsonObject => ({
        index,
        ...(at === 0 && { id: `call-${index}`, type: 'function' }),
        function: { ...(at === 0 && { name }), arguments: piece },
      })),
    );
    // Any order that keeps the order within each call.
    const turns = fc.shuffledSubarray(
      fragments.flatMap((each, index) => each.map(() => index)),
      { minLength: fragments.flat().length },
    );
    return turns.map((order) => {
      const left = fragments.map((each) => [...each]);
      return {
        calls,
        fragments: order.flatMap((index): readonly JsonObject[] => left[index]?.splice(0, 1) ?? []),
      };
    });
  });

describe('fragments of tool calls', () => {
  const read = (...fragments: readonly JsonObject[]) => completeCalls(mergeToolCalls([], fragments));

  it('give the same calls in any legal order', () => {
    fc.assert(
      fc.property(torn, ({ calls, fragments }) => {
        let merged: readonly IndexedCall[] = [];
        for (const fragment of fragments) {
          merged = mergeToolCalls(merged, [fragment]);
        }
        const byId = new Map(completeCalls(merged).map((call) => [call.id, call]));
        for (const [index, { name, pieces }] of calls.entries()) {
          const text = pieces.join('');
          assert.deepEqual(byId.get(`call-${index}`), {
            id: `call-${index}`,
            name,
            arguments: text.trim() === '' ? '{}' : text,
          });
        }
        assert.equal(byId.size, calls.length);
      }),
    );
  });

  it('may come without an index, by their id, and without either, one after the other', () => {
    assert.deepEqual(
      read(
        { id: 'a', function: { name: 'f', arguments: '{"x"' } },
        { function: { arguments: ':1}' } },
        { id: 'b', function: { name: 'g', arguments: '' } },
      ),
      [
        { id: 'a', name: 'f', arguments: '{"x":1}' },
        { id: 'b', name: 'g', arguments: '{}' },
      ],
    );
  });

  const call = (facts: JsonObject, name: string | undefined, args: string): JsonObject => ({
    ...facts,
    function: { ...(name !== undefined && { name }), arguments: args },
  });
  const sameIndex: readonly (readonly [string, readonly JsonObject[], readonly string[]])[] = [
    [
      'other ids',
      [call({ index: 0, id: 'a' }, 'f', '{"x":1}'), call({ index: 0, id: 'b' }, 'f', '{"x":2}')],
      ['{"x":1}', '{"x":2}'],
    ],
    [
      'other ids, in pieces',
      [
        call({ index: 0, id: 'a' }, 'f', '{"x":'),
        call({ index: 0 }, undefined, '1}'),
        call({ index: 0, id: 'b' }, 'g', '{"y"'),
        call({ index: 0 }, undefined, ':2}'),
      ],
      ['{"x":1}', '{"y":2}'],
    ],
    [
      'no ids',
      [call({ index: 0 }, 'f', '{"x":1}'), call({ index: 0 }, 'g', '{"x":1}')],
      ['{"x":1}', '{"x":1}'],
    ],
    ['no index and no ids', [call({}, 'f', '{"x":1}'), call({}, 'g', '{}')], ['{"x":1}', '{}']],
    [
      'the same id and name in each piece',
      [call({ index: 0, id: 'a' }, 'f', '{"x"'), call({ index: 0, id: 'a' }, 'f', ':1}')],
      ['{"x":1}'],
    ],
    [
      'a new id in each piece',
      [call({ index: 0, id: 'a' }, 'f', '{"x"'), call({ index: 0, id: 'b' }, undefined, ':1}')],
      ['{"x":1}'],
    ],
    [
      'the whole call once more',
      [call({ index: 0, id: 'a' }, 'f', '{"x":1}'), call({ index: 0, id: 'a' }, 'f', '{"x":1}')],
      ['{"x":1}'],
    ],
  ];
  for (const [what, fragments, expected] of sameIndex) {
    it(`are the calls that are meant where one index has ${what}`, () => {
      assert.deepEqual(
        read(...fragments).map((each) => each.arguments),
        expected,
      );
    });
  }

  it('may be whole, with arguments as an object, or without an id', () => {
    assert.deepEqual(read({ index: 0, function: { name: 'f', arguments: { x: 1 } } }), [
      { id: 'call_0_f', name: 'f', arguments: '{"x":1}' },
    ]);
  });

  it('get an id of their own where a provider gives none, or the same one twice', () => {
    const calls = read(
      { index: 0, id: 'call', function: { name: 'f', arguments: '' } },
      { index: 1, id: 'call', function: { name: 'f', arguments: '' } },
      { index: 2, function: { name: 'g', arguments: '' } },
    );
    assert.equal(new Set(calls.map(({ id }) => id)).size, 3);
    assert.equal(calls[0]?.id, 'call');
  });

  it('without a name are no call', () => {
    assert.deepEqual(read({ index: 0, function: { arguments: '{}' } }, {}), []);
  });
});
