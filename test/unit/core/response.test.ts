import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { ChunkReader } from '../../../src/core/openrouter/chat/response.ts';

/** One chunk as OpenRouter sends it. */
function chunk(delta: object | null, choice: object = {}, body: object = {}): object {
  return {
    id: 'gen-1',
    object: 'chat.completion.chunk',
    model: 'author/model',
    provider: 'Someone',
    choices: [{ index: 0, delta, finish_reason: null, native_finish_reason: null, ...choice }],
    ...body,
  };
}

/** The events of one chunk; throws the failure that it reports. */
function eventsOf(reader: ChunkReader, body: unknown): readonly ResponseEvent[] {
  const events: ResponseEvent[] = [];
  const failure = reader.read(body, (event) => events.push(event));
  if (failure) {
    throw failure;
  }
  return events;
}

function readAll(...chunks: readonly unknown[]): readonly ResponseEvent[] {
  const reader = new ChunkReader();
  return [...chunks.flatMap((each) => eventsOf(reader, each)), ...reader.end()];
}

function joined(events: readonly ResponseEvent[], type: 'text' | 'reasoning'): string {
  return events.map((event) => (event.type === type ? event.text : '')).join('');
}

/** Any text, in any pieces: also cut in the middle of a character, which a text of the service may be. */
const pieces = fc
  .tuple(fc.string({ unit: 'binary' }), fc.array(fc.nat(20), { maxLength: 10 }))
  .map(([text, cuts]) => {
    const ends = [...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
    return { text, parts: ends.map((end, at) => text.slice(ends[at - 1] ?? 0, end)) };
  });

describe('a stream of chunks', () => {
  it('says once where the answer comes from', () => {
    assert.deepEqual(readAll(chunk({ content: 'a' }), chunk({ content: 'b' })), [
      { type: 'origin', generationId: 'gen-1', model: 'author/model', provider: 'Someone' },
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ]);
    assert.deepEqual(readAll({ choices: [], model: 'm', provider: null }), [{ type: 'origin', model: 'm' }]);
  });

  it('says who answers also where the provider is named later', () => {
    const late = readAll({ id: 'g', choices: [] }, { id: 'g', model: 'm', provider: 'Someone', choices: [] });
    assert.deepEqual(late, [
      { type: 'origin', generationId: 'g' },
      { type: 'origin', model: 'm', provider: 'Someone' },
    ]);
  });

  it('reads content that comes as a list, its thoughts apart', () => {
    const thinking = { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] };
    const lists: readonly (readonly unknown[])[] = [
      [thinking, { type: 'text', text: 'Hello' }],
      [{ type: 'thinking', thinking: 'Hm.' }, 'Hel', { type: 'output_text', text: 'lo' }],
      [{ type: 'reasoning', text: 'Hm.' }, { text: { value: 'Hello' } }, null, 7],
    ];
    for (const content of lists) {
      const events = readAll(chunk({ content }));
      assert.deepEqual([joined(events, 'reasoning'), joined(events, 'text')], ['Hm.', 'Hello']);
    }
    assert.equal(joined(readAll(chunk({ content: [] })), 'text'), '');
  });

  it('gives the text whole, however it was cut, and never half a character', () => {
    fc.assert(
      fc.property(pieces, pieces, (said, thought) => {
        const events = readAll(
          ...thought.parts.map((reasoning) => chunk({ content: '', reasoning })),
          ...said.parts.map((content) => chunk({ role: 'assistant', content, reasoning: null })),
        );
        assert.equal(joined(events, 'text'), said.text);
        assert.equal(joined(events, 'reasoning'), thought.text);
        for (const event of events) {
          assert.doesNotMatch(event.type === 'text' ? event.text : '', /\p{Surrogate}/u);
        }
      }),
    );
  });

  it('takes text that is empty, null or missing for none', () => {
    const events = readAll(chunk({ content: '' }), chunk({ content: null }), chunk({}), chunk(null));
    assert.deepEqual(
      events.map(({ type }) => type),
      ['origin'],
    );
  });

  it('shows a refusal in place of an answer', () => {
    assert.equal(joined(readAll(chunk({ content: null, refusal: 'I must not.' })), 'text'), 'I must not.');
  });

  it('lists the models that failed first, without the one that answered', () => {
    const attempts = [
      { provider: 'Azure', model: 'a/one', status: 503 },
      { provider: null, model: 'a/two', status: 'broken' },
      { provider: 'Host', model: 'a/three', status: 200 },
    ];
    const events = readAll(chunk({}, {}, { openrouter_metadata: { attempts } }));
    assert.deepEqual(
      events.filter(({ type }) => type === 'attempts'),
      [
        {
          type: 'attempts',
          attempts: [{ model: 'a/one', provider: 'Azure', status: 503 }, { model: 'a/two' }],
        },
      ],
    );
    const alone = readAll(chunk({}, {}, { openrouter_metadata: { attempts: attempts.slice(2) } }));
    assert.ok(alone.every(({ type }) => type !== 'attempts'));
  });

  it('tells how the service chose, as far as it says', () => {
    const routed = (openrouter_metadata: unknown): readonly unknown[] =>
      readAll(chunk({}, {}, { openrouter_metadata })).flatMap((event) =>
        event.type === 'routed' ? [event.report] : [],
      );
    const available = ['Azure', 'Azure', 'Host', 7].map((provider) => ({ provider, model: 'a/b' }));
    assert.deepEqual(
      routed({
        ...{ strategy: 'auto', region: null, summary: 'chose', endpoints: { total: 4, available } },
        pipeline: [{ type: 'x' }, { type: 'auto', data: { task_type: 'coding' } }],
      }),
      [{ strategy: 'auto', summary: 'chose', endpoints: 4, providers: ['Azure', 'Host'], task: 'coding' }],
    );
    for (const nothing of [undefined, null, 'x', {}, { endpoints: { total: 0, available: 'none' } }]) {
      assert.deepEqual(routed(nothing), []);
    }
  });

  describe('ends', () => {
    const usage = { prompt_tokens: 17, completion_tokens: 3, cost: 0.00012264 };
    const forms: readonly (readonly [string, readonly object[]])[] = [
      [
        'with a repeated reason beside the usage',
        [chunk({}, { finish_reason: 'stop' }), chunk({ content: '' }, { finish_reason: 'stop' }, { usage })],
      ],
      [
        'with a choice without reason beside the usage',
        [chunk({}, { finish_reason: 'stop' }), chunk({ content: '' }, {}, { usage })],
      ],
      ['with the usage alone', [chunk({}, { finish_reason: 'stop' }), { choices: [], usage }]],
      ['with everything in one chunk', [chunk({}, { finish_reason: 'stop' }, { usage })]],
      [
        'with the usage nowhere but at the end',
        [chunk({}, {}, { usage: null }), chunk({}, { finish_reason: 'stop' }, { usage })],
      ],
    ];
    for (const [what, chunks] of forms) {
      it(`once, ${what}`, () => {
        assert.deepEqual(
          readAll(...chunks).filter(({ type }) => type !== 'origin'),
          [
            { type: 'finish', reason: 'stop' },
            { type: 'usage', usage: { promptTokens: 17, completionTokens: 3, cost: 122_640_000 } },
          ],
        );
      });
    }

    it('not with its first reason: what comes after it counts', () => {
      const events = readAll(chunk({ content: 'a' }, { finish_reason: 'length' }), chunk({ content: 'b' }));
      assert.equal(joined(events, 'text'), 'ab');
    });

    it('only when a reason was given', () => {
      const reader = new ChunkReader();
      assert.equal(eventsOf(reader, chunk({ content: 'a' })).length, 2);
      assert.equal(reader.finished, false);
      assert.equal(eventsOf(reader, chunk({}, { finish_reason: 'stop' })).length, 1);
      assert.equal(reader.finished, true);
    });
  });

  it('in one piece is read like one in many', () => {
    const message = { role: 'assistant', content: 'All.', reasoning: 'Hm.', refusal: null };
    const whole = { id: 'gen-1', choices: [{ message, finish_reason: 'stop' }], usage: { prompt_tokens: 1 } };
    assert.deepEqual(readAll(whole), [
      { type: 'origin', generationId: 'gen-1' },
      { type: 'reasoning', text: 'Hm.' },
      { type: 'text', text: 'All.' },
      { type: 'finish', reason: 'stop' },
      { type: 'usage', usage: { promptTokens: 1, completionTokens: 0 } },
    ]);
  });

  it('survives unexpected values in any field', () => {
    const odd = [null, 'text', [], {}, { choices: null }, { choices: [null] }, { choices: [{ delta: 7 }] }];
    assert.deepEqual(readAll(...odd), []);
    const field = fc.constantFrom('id', 'model', 'provider', 'choices', 'usage', 'debug', 'created');
    fc.assert(
      fc.property(field, fc.jsonValue(), (name, value) => {
        // An error inside a choice is a failure by right; nothing else is.
        try {
          readAll({ ...chunk({ content: 'a' }), [name]: value });
        } catch (error) {
          assert.ok(error instanceof RequestError);
        }
      }),
    );
  });

  const failures: readonly (readonly [string, object, string, string | undefined])[] = [
    [
      'an error beside a choice',
      chunk(
        { content: '' },
        { finish_reason: 'error' },
        { error: { code: 502, message: 'Gone', metadata: { error_type: 'provider_unavailable' } } },
      ),
      'provider',
      'Gone',
    ],
    [
      'a code in words',
      chunk({}, {}, { error: { code: 'server_error', message: 'Sorry' } }),
      'provider',
      'Sorry',
    ],
    ['a bare error', { error: { code: 429, message: 'Slow down' } }, 'rateLimit', 'Slow down'],
    [
      'an error inside the choice',
      chunk({ content: '' }, { finish_reason: 'error', error: { code: 403, message: 'No' } }),
      'forbidden',
      'No',
    ],
    ['only the word for it', chunk({}, { finish_reason: 'error' }), 'provider', undefined],
  ];
  for (const [what, failing, kind, detail] of failures) {
    it(`fails on ${what} as ${kind}, after the text that came before`, () => {
      const reader = new ChunkReader();
      assert.equal(joined(eventsOf(reader, chunk({ content: 'so far' })), 'text'), 'so far');
      assert.throws(
        () => eventsOf(reader, failing),
        (error) => error instanceof RequestError && error.kind === kind && error.facts.detail === detail,
      );
    });
  }

  it('fails after the text of the very chunk that reports it', () => {
    const events: ResponseEvent[] = [];
    const failing = chunk({ content: 'last words' }, { finish_reason: 'error', error: { code: 502 } });
    const failure = new ChunkReader().read(failing, (event) => events.push(event));
    assert.ok(failure instanceof RequestError);
    assert.equal(joined(events, 'text'), 'last words');
  });
});

it('gives no call of a stream that was stopped, because it may have been cut off', () => {
  const call = chunk({ tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '{}' } }] });
  const endOf = (stopped: boolean): readonly string[] => {
    const reader = new ChunkReader();
    eventsOf(reader, call);
    return [...reader.end(stopped)].map(({ type }) => type);
  };
  assert.deepEqual([endOf(false), endOf(true)], [['toolCalls'], []]);
});

it('discards a call with incomplete arguments', () => {
  const reader = new ChunkReader();
  const piece = chunk({
    tool_calls: [{ index: 0, function: { name: 'f', arguments: 'x'.repeat(300_000) } }],
  });
  for (let count = 0; count < 3; count += 1) {
    assert.deepEqual(
      reader.read(piece, () => undefined),
      undefined,
    );
  }
  assert.equal(reader.read(piece, () => undefined)?.kind, 'invalidAnswer');
});
