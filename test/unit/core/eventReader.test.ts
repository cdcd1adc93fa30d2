import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import { ChunkReader } from '../../../src/core/openrouter/chat/response.ts';
import { EventReader } from '../../../src/core/openrouter/transport/eventReader.ts';
import type { RequestErrorKind } from '../../../src/core/model/requestError.ts';

function chunk(delta: unknown, more: object = {}): string {
  return JSON.stringify({ choices: [{ index: 0, delta, ...more }] });
}

const [one, two] = [chunk({ content: 'One ' }), chunk({ content: 'two.' })];

/** What is read of a stream: its words, how it failed, and whether it is complete. */
interface Read {
  readonly text: string;
  readonly done: boolean;
  readonly calls: readonly string[];
  readonly kind?: RequestErrorKind;
  readonly detail?: string | undefined;
}

function read(...pieces: readonly Uint8Array[]): Read {
  const [events, chunks, taken] = [new EventReader(), new ChunkReader(), new Array<ResponseEvent>()];
  const values = function* (): Generator {
    for (const piece of pieces) {
      yield* events.read(piece);
    }
    yield* events.end();
  };
  let failure: ReturnType<ChunkReader['read']>;
  for (const value of values()) {
    failure ??= chunks.read(value, (event) => taken.push(event));
  }
  taken.push(...chunks.end());
  return {
    text: taken.map((event) => (event.type === 'text' ? event.text : '')).join(''),
    done: events.done,
    calls: taken
      .flatMap((event) => (event.type === 'toolCalls' ? event.calls : []))
      .map((call) => call.arguments),
    ...(failure && { kind: failure.kind, detail: failure.facts.detail }),
  };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('an event stream of any making', () => {
  const whole: readonly (readonly [string, string])[] = [
    ['as it should be', `data: ${one}\n\ndata: ${two}\n\ndata: [DONE]\n\n`],
    ['with a byte order mark', `\uFEFFdata: ${one}\n\ndata: ${two}\n\ndata: [DONE]\n\n`],
    ['with other ends of lines', `data: ${one}\r\rdata: ${two}\r\n\r\ndata: [DONE]\r\n\r\n`],
    [
      'with ids, names, and times',
      `retry: 5\nid: 1\nevent: x\ndata: ${one}\n\nid\ndata:${two}\n\ndata:[DONE]\n\n`,
    ],
    ['with comments', `: hi\n\ndata: ${one}\n:\n\n: hi\ndata: ${two}\n\n: hi\n\ndata: [DONE]\n\n`],
    [
      'with comments as data',
      `data: : WAITING\n\ndata: ${one}\n\ndata: :\n\ndata: ${two}\n\ndata: [DONE]\n\n`,
    ],
    [
      'with signs of life as data',
      `data: ping\n\ndata: ${one}\n\ndata: "keep-alive"\n\ndata: ${two}\n\ndata: [DONE]\n\n`,
    ],
    [
      'with events for signs of life',
      `event: ping\ndata: {"type":"ping"}\n\ndata: ${one}\n\ndata: ${two}\n\ndata: [DONE]\n\n`,
    ],
    [
      'with empty data',
      `data:\n\ndata: \n\ndata\n\ndata: ${one}\n\ndata: null\n\ndata: ${two}\n\ndata: [DONE]\n\n`,
    ],
    ['with two values in an event', `data: ${one}${two}\n\ndata: [DONE]\n\n`],
    ['with two values in two lines', `data: ${one}\ndata: ${two}\ndata: [DONE]\n\n`],
    ['with a list of values', `data: [${one},${two}]\n\ndata: [DONE]\n\n`],
    [
      'with a value over several lines',
      `data: {"choices":\ndata: [{"delta":{"content":"One two."}}]}\n\ndata: [DONE]\n\n`,
    ],
    [
      'with the name of the field twice',
      `data: data: ${one}\n\ndata: data: ${two}\n\ndata: data: [DONE]\n\n`,
    ],
    ['without names of fields', `${one}\n${two}\n[DONE]\n`],
    ['with another end mark', `data: ${one}\n\ndata: ${two}\n\ndata: "[done]" \n\n`],
    ['without an end of the last line', `data: ${one}\n\ndata: ${two}\n\ndata: [DONE]`],
    [
      'with what is no number',
      `data: {"x":NaN,"y":[-Infinity],${one.slice(1)}\n\ndata: ${two}\n\ndata: [DONE]\n\n`,
    ],
    ['with more behind its end', `data: ${one}\n\ndata: ${two}\n\ndata: [DONE]\n\ndata: ${two}\n\ngarbage`],
  ];
  for (const [what, stream] of whole) {
    it(`is read ${what}, in any pieces`, () => {
      const expected = { text: 'One two.', done: true, calls: [] };
      assert.deepEqual(read(bytes(stream)), expected);
      const all = bytes(stream);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: all.length }), { maxLength: 8 }), (cuts) => {
          const ends = [...cuts, all.length].sort((a, b) => a - b);
          assert.deepEqual(read(...ends.map((end, at) => all.slice(ends[at - 1] ?? 0, end))), expected);
        }),
        { numRuns: 20 },
      );
    });
  }

  const begun = `data: ${one}\n\n`;
  const failures: readonly (readonly [string, string, RequestErrorKind, string])[] = [
    ['words as data', `${begun}data: error: no memory left\n\n`, 'provider', 'error: no memory left'],
    ['words in quotes', `${begun}data: "No memory left"\n\n`, 'provider', 'No memory left'],
    [
      'words of an error event',
      `${begun}event: error\ndata: Lost the engine\n\n`,
      'provider',
      'Lost the engine',
    ],
    ['words without a field', `${begun}upstream connect error\n`, 'provider', 'upstream connect error'],
    ['words on two lines', `${begun}Traceback:\nno memory left\n`, 'provider', 'Traceback:\nno memory left'],
    [
      'words about the length',
      `${begun}data: prompt is too long: 9 tokens > 8 maximum\n\n`,
      'contextLength',
      'prompt is too long: 9 tokens > 8 maximum',
    ],
    ['a code as text', `${begun}data: {"error":{"code":"429","message":"Slow"}}\n\n`, 'rateLimit', 'Slow'],
    [
      'a code that is a word',
      `${begun}data: {"error":{"code":"resource_exhausted","message":"Slow"}}\n\n`,
      'rateLimit',
      'Slow',
    ],
    [
      'a type in place of a code',
      `${begun}data: {"error":{"type":"rate_limit_error","message":"Slow"}}\n\n`,
      'rateLimit',
      'Slow',
    ],
    [
      'an error without an envelope',
      `${begun}data: {"object":"error","message":"Full","code":503}\n\n`,
      'provider',
      'Full',
    ],
    ['a message alone', `${begun}data: {"message":"Full"}\n\n`, 'provider', 'Full'],
    ['a detail alone', `${begun}data: {"detail":[{"msg":"Full"}]}\n\n`, 'provider', 'Full'],
    ['an error in a list', `${begun}data: [{"error":{"message":"Full","code":503}}]\n\n`, 'provider', 'Full'],
    [
      'an error and a message',
      `${begun}data: {"status":500,"error":"Failed","message":"Full"}\n\n`,
      'provider',
      'Failed: Full',
    ],
    [
      'a page in the place of a stream',
      '<html><title>Sign in</title>\n<body>data</body></html>',
      'page',
      'The server sent a web page instead of an API response: "Sign in"',
    ],
    [
      'an error in the place of a stream',
      '{\n "error": {\n  "message": "Loading",\n  "code": 503 } }\n',
      'provider',
      'Loading',
    ],
  ];
  for (const [what, stream, kind, detail] of failures) {
    it(`tells a failure by ${what}, in its words`, () => {
      const { text, done, ...told } = read(bytes(stream));
      assert.deepEqual([done, told], [false, { calls: [], kind, detail }]);
      assert.ok(!stream.startsWith('data') || text === 'One ', text);
    });
  }

  it('that breaks off is not complete, and no failure of its own', () => {
    const stream = `${begun}: x\n\nevent: e\ndata: ${two}`;
    for (let length = 0; length < stream.length; length += 1) {
      const { text, done, kind } = read(bytes(stream.slice(0, length)));
      assert.deepEqual(
        [done, kind, 'One '.startsWith(text)],
        [false, undefined, true],
        stream.slice(0, length),
      );
    }
  });

  it('with a value that is no JSON is not understood', () => {
    assert.throws(() => read(bytes(`${begun}data: {"choices" oops}\n\n${begun}`)), SyntaxError);
  });

  it('never ends otherwise than by a value or by not being understood, whatever its bytes are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('data: ', one, '\n\n', '\r', ':', '{', '"'), fc.string())),
        (all) => {
          try {
            read(bytes(all.join('')));
          } catch (error) {
            assert.ok(error instanceof SyntaxError);
          }
        },
      ),
    );
  });

  it('takes time in proportion to its length, also when a line comes in many pieces', () => {
    const [begin = '', end = ''] = chunk({ content: '|' }).split('|');
    const timeOf = (length: number): number => {
      const words = Array.from({ length }, () => bytes('word '));
      const pieces = [bytes(`data: ${begin}`), ...words, bytes(`${end}\n\n`)];
      const start = performance.now();
      read(...pieces);
      return performance.now() - start;
    };
    timeOf(1_000);
    const [short, long] = [timeOf(4_000), timeOf(64_000)];
    assert.ok(long < 50 * (short + 5), `${short} ms, then ${long} ms`);
  });
});

describe('a choice of any form', () => {
  const texts: readonly (readonly [string, object])[] = [
    ['a text', { delta: { content: 'Hi.' } }],
    ['parts', { delta: { content: ['H', { type: 'output_text', text: 'i' }, { text: '.' }] } }],
    ['one part', { delta: { content: { type: 'text', text: 'Hi.' } } }],
    ['a whole message', { message: { role: 'assistant', content: 'Hi.' } }],
    [
      'a whole message beside an empty delta',
      { delta: { role: 'assistant', content: '' }, message: { content: 'Hi.' } },
    ],
    ['a text without a message', { text: 'Hi.' }],
  ];
  for (const [what, choice] of texts) {
    it(`says what it says as ${what}`, () => {
      assert.equal(read(bytes(`data: ${JSON.stringify({ choices: [choice] })}\n\n`)).text, 'Hi.');
    });
  }

  it('says once what a message at the end repeats', () => {
    const repeated = JSON.stringify({
      choices: [{ message: { content: 'One two.' }, finish_reason: 'stop' }],
    });
    assert.equal(read(bytes(`data: ${one}\n\ndata: ${two}\n\ndata: ${repeated}\n\n`)).text, 'One two.');
  });

  it('is the one that was asked for among several', () => {
    const several = {
      choices: [
        { index: 1, delta: { content: 'B' } },
        { index: 0, delta: { content: 'A' } },
      ],
    };
    assert.equal(read(bytes(`data: ${JSON.stringify(several)}\n\n`)).text, 'A');
  });

  it('gives a value that was to be text as JSON', () => {
    assert.equal(
      read(bytes(`data: ${chunk({ content: { summary: 'x', edits: [] } })}\n\n`)).text,
      '{"summary":"x","edits":[]}',
    );
  });

  it('may call a function as servers did before there were tools', () => {
    const [begin, rest] = [
      chunk({ function_call: { name: 'f', arguments: '{"a":' } }),
      chunk({ function_call: { arguments: '1}' } }),
    ];
    assert.deepEqual(read(bytes(`data: ${begin}\n\ndata: ${rest}\n\n`)).calls, ['{"a":1}']);
  });
});
