import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, afterEach, before, describe, it } from 'mocha';
import type { ResponseEvent } from '../../src/core/conversation/generation/chatModel.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { aRequest, collect, type CollectedResponse } from './hearing.ts';
import { eventStream, startPlainServer, type PlainServer } from './plainServer.ts';
import { clean } from '../support/builders.ts';

const signal = new AbortController().signal;

function found<Type extends ResponseEvent['type']>(
  { events }: CollectedResponse,
  type: Type,
): readonly Extract<ResponseEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<ResponseEvent, { type: Type }> => event.type === type);
}

describe('what an answer brings besides its words', () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());
  afterEach(() => {
    simulator.reset();
  });

  const ask = (facts: Parameters<typeof aRequest>[1] = {}): Promise<CollectedResponse> => {
    const server = { baseUrl: () => simulator.baseUrl, apiKey: () => Promise.resolve(simulatorKey) };
    return collect(new OpenRouterClient(server).stream(aRequest('Hello', facts), signal));
  };
  const tool = (name: string) =>
    clean({
      name,
      parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
    });

  it('are the pages that it cites', async () => {
    simulator.use('annotations');
    const heard = await ask();
    const sources = found(heard, 'sources').flatMap((event) => event.sources);
    assert.ok(sources.length > 0 && sources.every(({ url, title }) => /^https:/.test(url) && title !== ''));
    assert.ok(heard.text.length > 0);
  });

  it('are pictures, each whole', async () => {
    simulator.use('images');
    const images = found(await ask(), 'images').flatMap((event) => event.images);
    assert.equal(images.length, 1);
    assert.match(images[0] ?? '', /^data:image\/png;base64,iVBOR/);
  });

  for (const name of ['tool-call', 'tool-fragments'] as const) {
    it(`are calls of tools, complete, in "${name}"`, async () => {
      simulator.use(name);
      const heard = await ask({ tools: [tool('read_file'), tool('list_files')] });
      const calls = found(heard, 'toolCalls').flatMap((event) => event.calls);
      assert.ok(calls.length > 0);
      for (const call of calls) {
        assert.ok(/^(read_file|list_files)$/.test(call.name));
        assert.equal(typeof (JSON.parse(call.arguments) as { path?: unknown }).path, 'string');
      }
      assert.deepEqual(
        found(heard, 'finish').map(({ reason }) => reason),
        ['tool_calls'],
      );
    });
  }

  it('is nothing where the answer is empty', async () => {
    simulator.use('empty-answer');
    const heard = await ask();
    assert.deepEqual([heard.error, heard.text], [undefined, '']);
    assert.equal(found(heard, 'finish').length, 1);
  });
});

describe('a stream that is cut anywhere', () => {
  let plain: PlainServer;

  before(async () => {
    plain = await startPlainServer();
  });
  after(() => plain.close());

  const chunk = (delta: object, rest: object = {}): string =>
    `data: ${JSON.stringify({ id: 'gen-1', model: 'a/b', provider: 'X', choices: [{ index: 0, delta, ...rest }] })}\n\n`;
  const details = (text: string, more: object = {}) => [{ type: 'reasoning.text', text, index: 0, ...more }];
  const stream = Buffer.from(
    ': OPENROUTER PROCESSING\n\n' +
      chunk({ role: 'assistant', content: '', reasoning: 'Hmm, ', reasoning_details: details('Hmm, ') }) +
      chunk({
        content: null,
        reasoning: 'ja – 日本',
        reasoning_details: details('ja – 日本', { signature: 's' }),
      }) +
      ': OPENROUTER PROCESSING\n\n' +
      chunk({ content: 'Grüße 👩‍💻 «ё»\n' }).replaceAll('\n\n', '\r\n\r\n') +
      chunk({ tool_calls: [{ index: 0, id: 'c1', function: { name: 'f', arguments: '{"a":' } }] }) +
      chunk({ tool_calls: [{ index: 0, function: { arguments: '1}' } }] }) +
      chunk({
        annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.test/ü', title: 'Ü' } }],
      }) +
      chunk({ content: 'Ende.' }, { finish_reason: 'stop' }) +
      `data: ${JSON.stringify({ id: 'gen-1', choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, cost: 0.000003 } })}\n\n` +
      'data: [DONE]\n\n',
  );
  const ask = async (...pieces: readonly Buffer[]): Promise<CollectedResponse> => {
    plain.willAnswer(eventStream(...pieces));
    const server = { baseUrl: () => plain.baseUrl, apiKey: () => Promise.resolve('k') };
    return collect(new OpenRouterClient(server).stream(aRequest(), signal));
  };
  const cutAt = (cuts: readonly number[]): readonly Buffer[] => {
    const ends = [...new Set(cuts)].sort((a, b) => a - b);
    return [...ends, stream.length].map((end, at) => stream.subarray(ends[at - 1] ?? 0, end));
  };

  it('gives the same events, whatever the pieces', async () => {
    const whole = await ask(stream);
    assert.equal(whole.error, undefined);
    assert.equal(whole.text, 'Grüße 👩‍💻 «ё»\nEnde.');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 12 }),
        async (cuts) => {
          const { events, error } = await ask(...cutAt(cuts));
          assert.deepEqual([joined(events), error], [joined(whole.events), undefined]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('tells the thoughts in its text apart', async () => {
    const said = Buffer.from(
      chunk({ role: 'assistant', content: '<thi' }) +
        chunk({ content: 'nk>\nIt greets.\n</think>\n\nHel' }) +
        chunk({ content: 'lo.' }, { finish_reason: 'stop' }) +
        'data: [DONE]\n\n',
    );
    const heard = await ask(said);
    assert.equal(heard.text, 'Hello.');
    assert.equal(
      found(heard, 'reasoning')
        .map(({ text }) => text)
        .join(''),
      'It greets.',
    );
  });

  it('gives the same events byte by byte', async () => {
    const bytes = cutAt(Array.from({ length: stream.length - 1 }, (_, at) => at + 1));
    assert.deepEqual(joined((await ask(...bytes)).events), joined((await ask(stream)).events));
  });

  it('that ends too early is a failure with the words so far, and never a whole answer', async () => {
    const finish = stream.indexOf('"finish_reason":"stop"');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: finish }), async (length) => {
        const { text, error } = await ask(stream.subarray(0, length));
        assert.ok(error && ['truncated', 'protocol'].includes(error.kind), error?.kind);
        assert.ok('Grüße 👩‍💻 «ё»\nEnde.'.startsWith(text));
      }),
      { numRuns: 60 },
    );
  });
});

/** The events with one text in the place of several that follow each other: how they are divided depends on the time. */
function joined(events: readonly ResponseEvent[]): readonly ResponseEvent[] {
  return events.reduce<readonly ResponseEvent[]>((before, event) => {
    const last = before.at(-1);
    const goesOn =
      (event.type === 'text' || event.type === 'reasoning') && last?.type === event.type && 'text' in last;
    return goesOn ? before.with(-1, { ...event, text: last.text + event.text }) : [...before, event];
  }, []);
}
