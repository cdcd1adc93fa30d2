import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import { deferred } from '../support/fakes.ts';
import { aRequest, collect, type CollectedResponse } from './hearing.ts';
import { chunkEvent, eventStream, json, startPlainServer, type PlainServer } from './plainServer.ts';

const end = chunkEvent({}, 'stop');
const done = 'data: [DONE]\n\n';

describe('the client against a server of another kind', () => {
  let server: PlainServer;

  before(async () => {
    server = await startPlainServer();
  });

  after(() => server.close());

  const clientOf = (apiKey = 'a-key-of-a-gateway'): OpenRouterClient =>
    new OpenRouterClient({ baseUrl: () => server.baseUrl, apiKey: () => Promise.resolve(apiKey) });
  const ask = (apiKey?: string): Promise<CollectedResponse> =>
    collect(clientOf(apiKey).stream(aRequest(), new AbortController().signal));

  describe('takes an answer in one piece from a server that does not stream', () => {
    const message = { role: 'assistant', content: 'All at once' };

    it('with its reason and its usage', async () => {
      const choices = [{ index: 0, message, finish_reason: 'stop' }];
      server.willAnswer(json({ id: 'x', choices, usage: { prompt_tokens: 1, completion_tokens: 2 } }));
      const { text, error, events } = await ask();
      assert.deepEqual([text, error], ['All at once', undefined]);
      assert.deepEqual(
        events.map(({ type }) => type),
        ['origin', 'text', 'finish', 'usage'],
      );
    });

    it('or without them: it is whole, because the body is', async () => {
      server.willAnswer(json({ choices: [{ index: 0, message }] }));
      const { text, error } = await ask();
      assert.deepEqual([text, error], ['All at once', undefined]);
    });

    it('and its failure, with the text that it has', async () => {
      const error = { code: 502, message: 'Gone' };
      server.willAnswer(json({ choices: [{ index: 0, message, finish_reason: 'error', error }] }));
      const heard = await ask();
      assert.deepEqual(
        [heard.text, heard.error?.kind, heard.error?.facts.detail],
        ['All at once', 'provider', 'Gone'],
      );
    });
  });

  it('hears the same wherever the bytes of a stream are cut', async () => {
    const crlf = `: comment\r\n\r\n${chunkEvent({ content: 'Größe 👩‍💻 ' })}${chunkEvent({ content: '世界' })}${end}${done}`;
    const bytes = Buffer.from(crlf.replaceAll(/(?<!\r)\n/g, '\r\n'));
    for (let cut = 1; cut < bytes.length; cut += 11) {
      server.willAnswer(eventStream(bytes.subarray(0, cut), bytes.subarray(cut)));
      const { text, error } = await ask();
      assert.deepEqual([text, error], ['Größe 👩‍💻 世界', undefined], `cut at ${cut}`);
    }
  });

  it('knows an event stream by any spelling of its type', async () => {
    server.willAnswer((response) => {
      response.writeHead(200, { 'Content-Type': 'Text/Event-Stream; charset=UTF-8' });
      response.end(chunkEvent({ content: 'Hi' }, 'stop') + done);
    });
    assert.equal((await ask()).text, 'Hi');
  });

  it('reads a stream that is called something else, as it comes, and one without events', async () => {
    const stream = chunkEvent({ content: 'Hi ' }) + chunkEvent({ content: 'there' }, 'stop') + done;
    for (const type of ['text/plain', 'application/json', 'application/octet-stream', undefined]) {
      const heard = deferred<undefined>();
      server.willAnswer((response) => {
        response.writeHead(200, type === undefined ? {} : { 'Content-Type': type });
        response.write(stream.slice(0, 3));
        response.write(stream.slice(3, -2));
        void heard.promise.then(() => response.end(stream.slice(-2)));
      });
      let text = '';
      for await (const event of clientOf().stream(aRequest(), new AbortController().signal)) {
        text += event.type === 'text' ? event.text : '';
        heard.resolve(undefined);
      }
      assert.equal(text, 'Hi there', type);
    }
    server.willAnswer((response) => {
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      response.end(stream.replaceAll('data: ', '').replace('[DONE]', ''));
    });
    assert.equal((await ask()).text, 'Hi there');
  });

  describe('takes an answer for whole', () => {
    const rows: readonly (readonly [string, string, boolean])[] = [
      ['with a reason and the end mark', chunkEvent({ content: 'Hi' }) + end + done, true],
      ['with a reason alone', chunkEvent({ content: 'Hi' }) + end, true],
      ['with the end mark alone', chunkEvent({ content: 'Hi' }) + done, true],
      ['with the end mark without a space', `${chunkEvent({ content: 'Hi' })}data:[DONE]\n\n`, true],
      ['with neither', chunkEvent({ content: 'Hi' }), false],
      ['with nothing at all', '', false],
      ['with comments alone', ': OPENROUTER PROCESSING\n\n', false],
      ['that speaks of the end mark', chunkEvent({ content: 'data: [DONE]' }), false],
      ['that speaks of it in a line', chunkEvent({ content: '\ndata: [DONE]\n' }), false],
    ];
    for (const [what, stream, whole] of rows) {
      it(`${whole ? '' : 'not '}${what}`, async () => {
        server.willAnswer(eventStream(stream));
        assert.equal((await ask()).error?.kind, whole ? undefined : 'truncated');
      });
    }

    it('also when the end mark comes in two halves', async () => {
      const heard = deferred<undefined>();
      server.willAnswer((response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write(`${chunkEvent({ content: 'Hi' })}data: [DO`);
        void heard.promise.then(() => response.end('NE]\n\n'));
      });
      for await (const event of clientOf().stream(aRequest(), new AbortController().signal)) {
        assert.notEqual(event.type, 'finish');
        if (event.type === 'text') {
          heard.resolve(undefined);
        }
      }
    });
  });

  const failures: readonly (readonly [string, Parameters<PlainServer['willAnswer']>[0], string, RegExp])[] = [
    ['nonsense in a stream', eventStream('data: {"choices": [\n\n', done), 'protocol', /^$/],
    ['JSON of another kind', json({ hello: 'world' }), 'protocol', /^$/],
    [
      'an error with status 200',
      json({ error: { code: 429, message: 'Slow down' } }),
      'rateLimit',
      /Slow down/,
    ],
    ['an error in a word', json({ error: 'model not loaded' }, 404), 'model', /^model not loaded$/],
    ['an error of FastAPI', json({ detail: 'Not Found' }, 404), 'protocol', /^Not Found$/],
    [
      'an error before anything else in the stream',
      eventStream('data: {"error":{"code":401,"message":"No"}}\n\n'),
      'key',
      /^No$/,
    ],
    [
      'an error event by name',
      eventStream('event: error\ndata: {"error":{"code":503,"message":"Busy"}}\n\n'),
      'provider',
      /Busy/,
    ],
  ];
  for (const [what, answer, kind, words] of failures) {
    it(`tells ${what} as ${kind}`, async () => {
      server.willAnswer(answer);
      const { error } = await ask();
      assert.equal(error?.kind, kind);
      assert.match(error.facts.detail ?? '', words);
    });
  }

  describe('never repeats the key', () => {
    const keys = ['a-key-of-a-gateway', `sk-or-v1-${'0123456789abcdef'.repeat(4)}`];
    for (const key of keys) {
      for (const [where, answer] of [
        ['in an error', json({ error: { code: 401, message: `Bad key ${key}` } }, 401)],
        ['in plain words', (response) => response.writeHead(403).end(`Bad key ${key}`)],
        ['in a stream', eventStream(`data: {"error":{"code":401,"message":"Bad key ${key}"}}\n\n`)],
      ] as const satisfies readonly (readonly [string, Parameters<PlainServer['willAnswer']>[0]])[]) {
        it(`that a server repeats ${where}: ${key.slice(0, 8)}`, async () => {
          server.willAnswer(answer);
          const { error } = await ask(key);
          assert.match(error?.facts.detail ?? '', /^Bad key /);
          assert.ok(!JSON.stringify(error).includes(key));
        });
      }
    }

    it('that no header can carry', async () => {
      const { error } = await ask('key with a ключ');
      assert.equal(error?.kind, 'network');
      assert.doesNotMatch(JSON.stringify(error), /ключ/);
    });
  });
});
