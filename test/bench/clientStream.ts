import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import OpenAI from 'openai';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import { aQuestion, clean } from '../support/builders.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';

const chunks = 20_000;
const streams = 10;
const tokensPerSecond = 1_000;
const secondsOfStream = 4;
const request = { model: 'author/model', system: clean(''), messages: [aQuestion('Go')], maxTokens: 100 };
const chunk = `data: ${JSON.stringify({
  id: 'gen-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'author/model',
  provider: 'Host',
  choices: [{ index: 0, delta: { role: 'assistant', content: ' token' }, finish_reason: null }],
})}\n\n`;

/** What our client costs beyond the package that it is built on, and whether many streams at once hold it up. */
export async function clientStream(runs: number): Promise<readonly Figure[]> {
  const server = createServer((incoming, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    incoming.resume();
    void (incoming.url?.startsWith('/paced') === true ? sendPaced(response) : sendAll(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const origin = `http://127.0.0.1:${String(port)}`;
  try {
    return [await perChunk(`${origin}/fast`, runs), ...(await manyStreams(`${origin}/paced`))];
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function perChunk(baseUrl: string, runs: number): Promise<Figure> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let run = 0; run <= runs; run += 1) {
    const [one, other] = [await timeOf(() => readOurs(baseUrl)), await timeOf(() => readBare(baseUrl))];
    // The first run warms up the compiler.
    if (run > 0) {
      ours.push(one);
      bare.push(other);
      progress(`client ${String(run)}: ours ${one.toFixed(0)}, bare ${other.toFixed(0)} ms`);
    }
  }
  return toFigure({
    figure: 'client-20000-chunks',
    value: median(ours),
    unit: 'ms',
    comparison: {
      what: 'the bare iterator of the openai package; the limit is 1.3 times this',
      value: median(bare),
    },
    limit: Math.round(median(bare) * 1.3 * 10) / 10,
    runs,
  });
}

async function manyStreams(baseUrl: string): Promise<readonly Figure[]> {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const times = await Promise.all(Array.from({ length: streams }, () => timeOf(() => readOurs(baseUrl))));
  loop.disable();
  const comparison = { what: 'the pace of the server', value: secondsOfStream * 1_000 };
  return [
    toFigure({
      figure: 'ten-streams',
      value: Math.max(...times),
      unit: 'ms',
      comparison,
      limit: comparison.value * 1.1,
      runs: 1,
    }),
    toFigure({
      figure: 'ten-streams-loop-p99',
      value: loop.percentile(99) / 1_000_000,
      unit: 'ms',
      comparison: { what: 'the resolution of the measurement', value: 5 },
      limit: 50,
      runs: 1,
    }),
  ];
}

async function readOurs(baseUrl: string): Promise<void> {
  const client = new OpenRouterClient({ baseUrl: () => baseUrl, apiKey: () => Promise.resolve('a-key') });
  let length = 0;
  for await (const event of client.stream(request, new AbortController().signal)) {
    length += event.type === 'text' ? event.text.length : 0;
  }
  check(length);
}

async function readBare(baseURL: string): Promise<void> {
  const client = new OpenAI({ apiKey: 'a-key', baseURL, maxRetries: 0 });
  const stream = await client.chat.completions.create({
    model: 'author/model',
    messages: [{ role: 'user', content: 'Go' }],
    stream: true,
  });
  let length = 0;
  for await (const each of stream) {
    length += each.choices[0]?.delta.content?.length ?? 0;
  }
  check(length);
}

function check(length: number): void {
  if (length % ' token'.length !== 0 || length === 0) {
    throw new Error('the stream did not come whole');
  }
}

async function sendAll(response: ServerResponse): Promise<void> {
  for (let sent = 0; sent < chunks; sent += 1) {
    if (!response.write(chunk)) {
      await once(response, 'drain');
    }
  }
  response.end('data: [DONE]\n\n');
}

async function sendPaced(response: ServerResponse): Promise<void> {
  const startedAt = performance.now();
  for (let sent = 0; sent < tokensPerSecond * secondsOfStream;) {
    await delay(5);
    for (const due = ((performance.now() - startedAt) * tokensPerSecond) / 1_000; sent < due; sent += 1) {
      response.write(chunk);
    }
  }
  response.end('data: [DONE]\n\n');
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
