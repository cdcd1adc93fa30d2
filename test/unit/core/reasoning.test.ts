import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import { mergeReasoningDetails } from '../../../src/core/openrouter/chat/reasoningDetails.ts';
import { ChunkReader } from '../../../src/core/openrouter/chat/response.ts';
import type { JsonObject } from '../../../src/core/util/json.ts';

function readAll(...deltas: readonly object[]): readonly ResponseEvent[] {
  const reader = new ChunkReader();
  const events: ResponseEvent[] = [];
  for (const delta of deltas) {
    reader.read({ choices: [{ index: 0, delta }] }, (event) => events.push(event));
  }
  return [...events, ...reader.end()];
}

function spoken(events: readonly ResponseEvent[]): string {
  return events.map((event) => (event.type === 'reasoning' ? event.text : '')).join('');
}

/** An item of each type, as a provider would send it whole. */
const whole: readonly JsonObject[] = [
  { type: 'reasoning.text', index: 0, format: 'anthropic-claude-v1', text: 'We think.', signature: 'sig==' },
  { type: 'reasoning.summary', index: 1, format: 'openai-responses-v1', summary: 'In short: 世界.' },
  { type: 'reasoning.encrypted', index: 2, id: 'rs_1', data: 'gAAAAABo' },
  { type: 'reasoning.server_tool_call', index: 3, tool_name: 'web', arguments: '{}', result: 'r' },
  { type: 'reasoning.text', index: 4, text: 'And then.', signature: null },
];

const growing = ['text', 'summary', 'data'];

/** Cuts an item where the numbers say: the first fragment has its facts, the last its signature and id. */
function fragmentsOf(item: JsonObject, cuts: readonly number[]): readonly JsonObject[] {
  const { type, index, signature, id, ...rest } = item;
  const name = growing.find((each) => each in item);
  if (name === undefined) {
    return [item];
  }
  const content = String(item[name]);
  const ends = [...cuts.filter((cut) => cut < content.length).sort((a, b) => a - b), content.length];
  return ends.map((end, at) => ({
    type,
    index,
    ...(at === 0 ? rest : {}),
    [name]: content.slice(ends[at - 1] ?? 0, end),
    ...(at === ends.length - 1 && 'signature' in item ? { signature } : {}),
    ...(at === ends.length - 1 && 'id' in item ? { id } : {}),
  }));
}

describe('reasoning', () => {
  it('is shown once, though it comes twice, and its details go back as they came', () => {
    const thought = (text: string): object => ({
      content: '',
      reasoning: text,
      reasoning_details: [{ type: 'reasoning.text', text, index: 0, format: 'anthropic-claude-v1' }],
    });
    const signature = { reasoning_details: [{ type: 'reasoning.text', signature: 'sig', index: 0 }] };
    const events = readAll(thought('We '), thought('think.'), signature);
    assert.equal(spoken(events), 'We think.');
    assert.deepEqual(events.at(-1), {
      type: 'reasoningDetails',
      details: [
        {
          type: 'reasoning.text',
          text: 'We think.',
          index: 0,
          format: 'anthropic-claude-v1',
          signature: 'sig',
        },
      ],
    });
  });

  it('is shown whichever field carries it', () => {
    assert.equal(spoken(readAll({ reasoning: 'a' }, { reasoning_content: 'b' })), 'ab');
    const details = [
      { type: 'reasoning.text', text: 'c', index: 0 },
      { type: 'reasoning.summary', summary: 'd', index: 1 },
      { type: 'reasoning.encrypted', data: 'never shown', index: 2 },
    ];
    assert.equal(spoken(readAll({ reasoning_details: details })), 'cd');
    const both = {
      reasoning: 'said',
      reasoning_details: [{ type: 'reasoning.text', text: 'kept', index: 0 }],
    };
    assert.equal(spoken(readAll(both)), 'said', 'what is spoken counts where both differ');
    assert.equal(spoken(readAll({ reasoning: null, reasoning_details: [] })), '');
  });

  it('has no details where the service sends none', () => {
    assert.ok(
      !readAll({ reasoning: 'a', reasoning_details: [] }).some(({ type }) => type === 'reasoningDetails'),
    );
  });
});

describe('the fragments of reasoning details', () => {
  const merge = (...fragments: readonly JsonObject[]): readonly JsonObject[] =>
    fragments.reduce<readonly JsonObject[]>((items, each) => mergeReasoningDetails(items, [each]), []);

  it('join to the same items however they were cut', () => {
    const cuts = fc.array(fc.array(fc.nat(12), { maxLength: 5 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(cuts, (all) => {
        const fragments = whole.flatMap((item, at) => fragmentsOf(item, all[at] ?? []));
        // The last item says that it has no signature; joined, that is the same as saying nothing.
        const plain = (items: readonly JsonObject[]): unknown =>
          items.map(({ signature, ...item }) =>
            typeof signature === 'string' ? { ...item, signature } : item,
          );
        assert.deepEqual(plain(merge(...fragments)), plain(whole));
        assert.deepEqual(plain(mergeReasoningDetails([], fragments)), plain(whole), 'in one chunk');
      }),
    );
  });

  it('join by index, also when two items come interleaved', () => {
    assert.deepEqual(
      merge(
        { type: 'reasoning.text', index: 0, text: 'a' },
        { type: 'reasoning.text', index: 1, text: 'x' },
        { type: 'reasoning.text', index: 0, text: 'b' },
        { type: 'reasoning.text', index: 1, text: 'y' },
      ),
      [
        { type: 'reasoning.text', index: 0, text: 'ab' },
        { type: 'reasoning.text', index: 1, text: 'xy' },
      ],
    );
  });

  it('of different types stay apart, though they share an index', () => {
    const items = [
      { type: 'reasoning.text', index: 0, text: 'a' },
      { type: 'reasoning.encrypted', index: 0, data: 'b' },
    ];
    assert.deepEqual(merge(...items), items);
  });

  it('without an index continue the item before them, unless its id is another', () => {
    assert.deepEqual(
      merge(
        { type: 'reasoning.text', text: 'a' },
        { type: 'reasoning.text', text: 'b', index: null },
        { type: 'reasoning.encrypted', id: 'rs_1', data: 'x' },
        { type: 'reasoning.encrypted', id: 'rs_2', data: 'y' },
        { type: 'reasoning.encrypted', data: 'z' },
      ).map(({ text, data }) => text ?? data),
      ['ab', 'x', 'yz'],
    );
  });

  it('never blank out what an earlier one said', () => {
    assert.deepEqual(
      merge(
        { type: 'reasoning.text', index: 0, text: 'a', signature: 's', id: 'i', format: 'f' },
        { type: 'reasoning.text', index: 0, text: null, signature: null, id: null, format: null },
      ),
      [{ type: 'reasoning.text', index: 0, text: 'a', signature: 's', id: 'i', format: 'f' }],
    );
  });

  it('keep unknown values', () => {
    const item = { type: 'reasoning.future', index: 0, wisdom: { deep: true } };
    assert.deepEqual(merge(item), [item]);
  });
});
