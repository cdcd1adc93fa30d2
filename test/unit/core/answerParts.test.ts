import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  roundsOf,
  withGrowth,
  withReasoningDetails,
  withSources,
  type GrowingType,
} from '../../../src/core/conversation/answerParts.ts';
import { clean } from '../../support/builders.ts';
import type { AnswerPart, ToolCallPart, ToolResultPart } from '../../../src/core/conversation/part.ts';

const call = (id: string): ToolCallPart => ({
  type: 'toolCall',
  id,
  name: clean('read'),
  arguments: clean('{}'),
});
const result = (callId: string): ToolResultPart => ({
  type: 'toolResult',
  callId,
  state: 'done',
  text: clean(callId),
});
const text = (words: string): AnswerPart => ({ type: 'text', text: clean(words) });
const reasoning = (words: string): AnswerPart => ({ type: 'reasoning', text: clean(words) });
const sources: AnswerPart = { type: 'sources', sources: [{ url: 'https://a', title: 'A' }] };

const grown = (
  parts: readonly AnswerPart[],
  pieces: readonly (readonly [GrowingType, string])[],
  goesOn = false,
): readonly AnswerPart[] =>
  pieces.reduce((before, [type, words]) => withGrowth(before, type, words, goesOn).parts, parts);

describe('an answer', () => {
  it('grows in parts that change with the kind of what comes', () => {
    const pieces = [
      ['reasoning', 'h'],
      ['reasoning', 'm'],
      ['text', 'y'],
      ['text', 'es'],
      ['reasoning', '?'],
    ] as const;
    assert.deepEqual(grown([], pieces), [reasoning('hm'), text('yes'), reasoning('?')]);
  });

  it('says which part has grown, and whether that is new', () => {
    assert.deepEqual(withGrowth([], 'text', 'a'), { parts: [text('a')], at: 0, begun: true });
    assert.deepEqual(withGrowth([text('a')], 'text', 'b'), { parts: [text('ab')], at: 0, begun: false });
  });

  it('is not cut by its sources, which come while a sentence is being said', () => {
    assert.deepEqual(grown([text('As A '), sources], [['text', 'says']]), [text('As A says'), sources]);
    assert.deepEqual(grown([text('So.'), sources], [['reasoning', 'hm']]), [
      text('So.'),
      sources,
      reasoning('hm'),
    ]);
  });

  const onwards: readonly (readonly [string, readonly AnswerPart[], readonly AnswerPart[]])[] = [
    ['its last words', [text('hal')], [text('half')]],
    ['them across new thoughts', [text('hal'), reasoning('hm')], [text('half'), reasoning('hm')]],
    ['nothing before a tool call', [text('hal'), call('1')], [text('hal'), call('1'), text('f')]],
  ];
  for (const [what, before, after] of onwards) {
    it(`that goes on where it broke off joins what it says to ${what}`, () => {
      assert.deepEqual(grown(before, [['text', 'f']], true), after);
    });
  }

  it("keeps the provider's reasoning data with the last reasoning part, or in its own", () => {
    const details = [{ signature: 's' }];
    assert.deepEqual(withReasoningDetails([reasoning('hm'), text('yes')], details).parts, [
      { type: 'reasoning', text: clean('hm'), details },
      text('yes'),
    ]);
    const before = [reasoning('hm'), call('1'), result('1'), text('yes')];
    assert.deepEqual(withReasoningDetails(before, details).parts, [
      ...before,
      { type: 'reasoning', text: clean(''), details },
    ]);
  });

  it('names a page once, however often it is cited', () => {
    const pages = (...names: readonly string[]) =>
      names.map((name) => ({ url: `https://${name}`, title: name }));
    const once = withSources([text('a')], pages('x', 'y')).parts;
    assert.deepEqual(withSources(once, pages('y', 'z')).parts, [
      text('a'),
      { type: 'sources', sources: pages('x', 'y', 'z') },
    ]);
  });

  it('comes in rounds: each ends with the results of its calls', () => {
    const parts = [
      text('a'),
      call('1'),
      call('2'),
      result('2'),
      result('1'),
      reasoning('hm'),
      call('1'),
      result('1'),
      text('b'),
      call('lost'),
    ];
    assert.deepEqual(roundsOf(parts), [
      {
        parts: [text('a'), call('1'), call('2')],
        calls: [
          { call: call('1'), result: result('1') },
          { call: call('2'), result: result('2') },
        ],
      },
      { parts: [reasoning('hm'), call('1')], calls: [{ call: call('1'), result: result('1') }] },
      { parts: [text('b'), call('lost')], calls: [] },
    ]);
    assert.deepEqual(roundsOf([]), []);
  });

  it('loses no text and mixes no kinds, however the stream is split', () => {
    const piece = fc.tuple(fc.constantFrom<GrowingType[]>('text', 'reasoning'), fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(fc.array(piece), fc.boolean(), (pieces, goesOn) => {
        const parts = grown([], pieces, goesOn);
        for (const type of ['text', 'reasoning'] as const) {
          const said = parts.map((part) => (part.type === type ? part.text : '')).join('');
          assert.equal(said, pieces.map(([kind, words]) => (kind === type ? words : '')).join(''));
        }
      }),
    );
  });
});
