import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { after, afterEach, before, describe, it } from 'mocha';
import type { ChatRequest, ResponseEvent } from '../../src/core/conversation/chatModel.ts';
import { RequestError, type RequestErrorKind } from '../../src/core/model/requestError.ts';
import { OpenRouterClient } from '../../src/core/openrouter/client.ts';
import { parseBaseUrl } from '../../src/core/openrouter/server.ts';
import { generateSnippet } from '../../src/core/prompts/generateSnippet.ts';
import { runStructuredPrompt } from '../../src/core/prompts/structuredPrompt.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { aQuestion } from '../support/builders.ts';

const model = 'anthropic/claude-sonnet-4.6';
const request: ChatRequest = { model, system: 'Be brief.', messages: [aQuestion('Hello')], maxTokens: 500 };

/** What came of one request: the events, and the failure if there was one. */
interface Heard {
  readonly events: readonly ResponseEvent[];
  readonly text: string;
  readonly error?: RequestError;
}

async function hear(stream: AsyncIterable<ResponseEvent>): Promise<Heard> {
  const events: ResponseEvent[] = [];
  const heard = (): Heard => ({
    events,
    text: events.map((event) => (event.type === 'text' ? event.text : '')).join(''),
  });
  try {
    for await (const event of stream) {
      events.push(event);
    }
    return heard();
  } catch (error) {
    assert.ok(error instanceof RequestError, String(error));
    return { ...heard(), error };
  }
}

describe('the client against the simulator', () => {
  let simulator: Simulator;
  let client: OpenRouterClient;

  before(async () => {
    simulator = await startSimulator();
    const server = { baseUrl: () => simulator.baseUrl, apiKey: () => Promise.resolve(simulatorKey) };
    client = new OpenRouterClient(server, { headersMs: 400, bytesMs: 200, eventsMs: 400 });
  });

  after(() => simulator.close());
  afterEach(() => {
    simulator.reset();
  });

  const ask = (changes: Partial<ChatRequest> = {}, signal = new AbortController().signal): Promise<Heard> =>
    hear(client.stream({ ...request, ...changes }, signal));

  it('sends its own headers and no others, whatever the environment holds for another service', async () => {
    const foreign = {
      OPENAI_ORG_ID: 'org-foreign',
      OPENAI_PROJECT_ID: 'project-foreign',
      OPENAI_API_KEY: 'sk-foreign',
      OPENAI_ADMIN_KEY: 'sk-admin-foreign',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/foreign',
      OPENAI_CUSTOM_HEADERS: 'X-Foreign: yes',
      OPENAI_LOG: 'debug',
    };
    Object.assign(process.env, foreign);
    try {
      const { error } = await ask();
      assert.equal(error, undefined);
    } finally {
      for (const name of Object.keys(foreign)) {
        Reflect.deleteProperty(process.env, name);
      }
    }
    const headers = simulator.journal.last('/chat/completions')?.headers ?? {};
    assert.equal(headers['authorization'], `Bearer ${simulatorKey}`);
    assert.equal(headers['x-openrouter-title'], 'Switchboard for OpenRouter');
    assert.equal(headers['x-openrouter-categories'], 'ide-extension');
    assert.ok(headers['http-referer']?.startsWith('https://'));
    assert.doesNotMatch(JSON.stringify(headers), /foreign|x-stainless|openai/i);
  });

  it('streams an answer with its origin, its end and what it cost', async () => {
    const { events, text } = await ask();
    assert.ok(text.length > 20);
    const [origin] = events;
    assert.equal(origin?.type, 'origin');
    assert.ok(origin.generationId?.startsWith('gen-') && origin.provider);
    const usage = events.find((event) => event.type === 'usage')?.usage;
    assert.ok((usage?.cost ?? 0) > 0 && (usage?.completionTokens ?? 0) > 0);
    assert.equal(events.filter(({ type }) => type === 'finish').length, 1);
  });

  for (const name of [
    'keepalive-comments',
    'split-multibyte',
    'usage-empty-choices',
    'usage-with-choice',
  ] as const) {
    it(`hears the same through "${name}"`, async () => {
      const content = 'Grüße, 世界! 👩‍💻 Ende.';
      simulator.use({ name: 'plain', about: '', answer: { content } });
      const plain = await ask();
      assert.equal(plain.text, content);
      simulator.use(name);
      const { error, text, events } = await ask({ messages: [aQuestion('Grüße, 世界! 👩‍💻')] });
      assert.equal(error, undefined);
      assert.ok(text.length > 20 && !text.includes('\ufffd'));
      assert.equal(events.filter(({ type }) => type === 'usage').length, 1);
      assert.equal(events.filter(({ type }) => type === 'finish').length, 1);
    });
  }

  it('keeps reasoning once as text and whole as details', async () => {
    simulator.use('duplicated-reasoning');
    const { events } = await ask();
    const spoken = events.map((event) => (event.type === 'reasoning' ? event.text : '')).join('');
    const details = events.find((event) => event.type === 'reasoningDetails')?.details[0];
    assert.ok(spoken.length > 0);
    assert.deepEqual((details as { text?: string } | undefined)?.text, spoken);
  });

  const failing: readonly (readonly [Parameters<Simulator['use']>[0], RequestErrorKind])[] = [
    ['error-400', 'request'],
    ['error-401', 'key'],
    ['error-402', 'credit'],
    ['error-credit', 'credit'],
    ['error-403', 'forbidden'],
    ['error-moderation', 'moderation'],
    ['error-guardrail-budget', 'forbidden'],
    ['error-data-policy', 'privacy'],
    ['error-no-endpoints', 'model'],
    ['error-408', 'timeout'],
    ['error-413', 'contextLength'],
    ['error-429', 'rateLimit'],
    ['error-free-daily', 'rateLimit'],
    ['error-upstream-rate-limit', 'rateLimit'],
    ['error-500', 'provider'],
    ['error-502', 'provider'],
    ['error-503', 'provider'],
    ['error-524', 'timeout'],
    ['error-529', 'provider'],
    ['error-html', 'provider'],
    ['error-empty', 'provider'],
    ['error-zod', 'request'],
    ['html', 'protocol'],
    ['html-502', 'provider'],
    ['ok-error-body', 'provider'],
    ['offline', 'network'],
    ['silent', 'timeout'],
  ];
  for (const [scenario, kind] of failing) {
    it(`tells "${String(scenario)}" as ${kind}, at the first try`, async () => {
      simulator.use(scenario);
      const { error, text } = await ask();
      assert.equal(error?.kind, kind);
      assert.equal(text, '');
      assert.equal(simulator.journal.requests.length, 1);
      assert.doesNotMatch(error.detail ?? '', new RegExp(simulatorKey));
    });
  }

  const breaking: readonly (readonly [Parameters<Simulator['use']>[0], RequestErrorKind])[] = [
    ['midstream-error', 'provider'],
    ['midstream-error-string-code', 'provider'],
    ['midstream-error-bare', 'provider'],
    ['truncated', 'truncated'],
    ['stall', 'timeout'],
    ['stall-comments', 'timeout'],
  ];
  for (const [scenario, kind] of breaking) {
    it(`fails on "${String(scenario)}" as ${kind}, after the text that had come`, async () => {
      simulator.use(scenario);
      const { error, text } = await ask();
      assert.equal(error?.kind, kind);
      assert.ok(text.length > 0);
    });
  }

  it('fails on a connection that breaks, after the text that had come', async () => {
    simulator.use({
      name: 'breaks',
      about: 'A reset after some text',
      pace: { tokensPerSecond: 200 },
      ending: { kind: 'reset', after: 10 },
    });
    const { error, text } = await ask();
    assert.equal(error?.kind, 'network');
    assert.ok(text.length > 0);
  });

  it('follows no redirect, with the key or without', async () => {
    simulator.use('redirect');
    const { error } = await ask();
    assert.equal(error?.kind, 'network');
    assert.deepEqual(simulator.elsewhere.journal.requests, []);
  });

  it('ends without an error when it is stopped, and closes the socket at once', async () => {
    simulator.use({ name: 'steady', about: 'A steady pace', pace: { tokensPerSecond: 50 } });
    const stop = new AbortController();
    const heard: ResponseEvent[] = [];
    let stoppedAt = 0;
    for await (const event of client.stream(request, stop.signal)) {
      heard.push(event);
      if (event.type === 'text' && !stop.signal.aborted) {
        stoppedAt = performance.now();
        stop.abort();
      }
    }
    const entry = await simulator.journal.waitFor(({ aborted }) => aborted);
    assert.ok((entry.closedAt ?? Infinity) - stoppedAt < 1_000);
    assert.ok(heard.some(({ type }) => type === 'text'));
  });

  it('sends nothing without a key, and nothing to a server that may not have it', async () => {
    const keyless = new OpenRouterClient({
      baseUrl: () => simulator.baseUrl,
      apiKey: () => Promise.resolve(undefined),
    });
    assert.equal((await hear(keyless.stream(request, new AbortController().signal))).error?.kind, 'noKey');
    const insecure = new OpenRouterClient({
      baseUrl: () => parseBaseUrl('http://gateway.example.com/v1'),
      apiKey: () => Promise.resolve(simulatorKey),
    });
    assert.equal((await hear(insecure.stream(request, new AbortController().signal))).error?.kind, 'baseUrl');
    assert.deepEqual(simulator.journal.requests, []);
  });

  it('gets a snippet that fits its schema', async () => {
    const answer = await runStructuredPrompt(
      generateSnippet,
      { description: 'a guard against negative amounts', languageId: 'typescript' },
      { chat: client, model, maxTokens: 2_000, signal: new AbortController().signal },
    );
    assert.ok(answer && answer.value.body.length > 0 && (answer.usage?.cost ?? 0) > 0);
    const body = simulator.journal.last('/chat/completions')?.text ?? '';
    assert.match(body, /"require_parameters":true/);
    assert.match(body, /"strict":true/);
  });
});

describe('the client against a server of another kind', () => {
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      answer(request, response);
    });
  });
  let client: OpenRouterClient;

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    const baseUrl = `http://127.0.0.1:${String(address.port)}/v1`;
    client = new OpenRouterClient({ baseUrl: () => baseUrl, apiKey: () => Promise.resolve('local-key') });
  });

  after(() => {
    server.close();
  });

  const ask = (): Promise<Heard> => hear(client.stream(request, new AbortController().signal));

  it('takes an answer in one piece, from a server that does not stream', async () => {
    answer = (_request, response) => {
      response.setHeader('Content-Type', 'application/json');
      const choice = {
        index: 0,
        message: { role: 'assistant', content: 'All at once' },
        finish_reason: 'stop',
      };
      response.end(
        JSON.stringify({ id: 'x', choices: [choice], usage: { prompt_tokens: 1, completion_tokens: 2 } }),
      );
    };
    const { text, error, events } = await ask();
    assert.deepEqual([text, error], ['All at once', undefined]);
    assert.equal(events.at(-1)?.type, 'usage');
  });

  it('hears the same wherever the bytes of a stream are cut', async () => {
    const chunk = (delta: object, end: string | null = null): string =>
      `: comment\r\n\r\ndata: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: end }] })}\r\n\r\n`;
    const bytes = Buffer.from(
      `${chunk({ content: 'Größe 👩‍💻 ' })}${chunk({ content: '世界' })}${chunk({}, 'stop')}data: [DONE]\r\n\r\n`,
    );
    for (let cut = 1; cut < bytes.length; cut += 7) {
      answer = (_request, response) => {
        response.setHeader('Content-Type', 'text/event-stream');
        response.write(bytes.subarray(0, cut), () => {
          response.end(bytes.subarray(cut));
        });
      };
      const { text, error } = await ask();
      assert.deepEqual([text, error], ['Größe 👩‍💻 世界', undefined], `cut at ${cut}`);
    }
  });

  it('takes the end mark for an end, where no reason is given', async () => {
    answer = (_request, response) => {
      response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
      response.end(`data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\n`);
    };
    const { text, error } = await ask();
    assert.deepEqual([text, error], ['Hi', undefined]);
  });
});
