import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { after, before, describe, it } from 'mocha';
import type { ChatRequest } from '../../src/core/conversation/generation/chatModel.ts';
import type { ServerKind } from '../../src/core/model/server.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import { toHttpRequest, type HttpRequest } from '../../src/core/openrouter/chat/httpRequest.ts';
import { keyPlaceholder, toCurl, toPreview } from '../../src/core/openrouter/chat/requestPreview.ts';
import type { Server } from '../../src/core/openrouter/transport/server.ts';
import { ServerIdentity } from '../../src/core/openrouter/transport/serverIdentity.ts';
import { aContextItem, anAnswer, aQuestion, clean } from '../support/builders.ts';
import { aRequest, collect } from './hearing.ts';
import { chunkEvent } from './plainServer.ts';

/** What any program that speaks HTTP adds to its requests. */
const added = ['host', 'connection', 'content-length', 'user-agent', 'accept-language', 'accept-encoding'];
const addedByFetch = [...added, 'sec-fetch-mode'];

/** One request as it came out of the socket. */
interface Arrived {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

const data = Buffer.from('not a picture').toString('base64').repeat(200);
const media = aQuestion('', {
  parts: clean([
    { type: 'image', name: 'a', url: `data:image/png;base64,${data}` },
    { type: 'file', name: 'b.pdf', url: `data:application/pdf;base64,${data}` },
    { type: 'audio', name: 'c', format: 'mp3', data },
    { type: 'context', item: aContextItem({ tokens: 5_000 }) },
    { type: 'text', text: 'What — is "this"?\n\t\u2028 世界 👩‍💻 \u0000 </script> $HOME `x` \'y\' \\' },
  ]),
});
const schema = clean({
  name: 'names',
  schema: { type: 'object', properties: { a: { type: 'string' } } },
});

const requests: Readonly<Record<string, Partial<ChatRequest>>> = {
  'a question': {},
  'a conversation': {
    messages: [aQuestion('Hi'), anAnswer('Hello'), aQuestion('And?')],
    explicitCache: true,
  },
  tools: {
    tools: [clean({ name: 'read', description: 'Reads', parameters: { type: 'object' }, strict: true })],
    toolChoice: { name: clean('read') },
    parallelToolCalls: false,
    webSearch: true,
  },
  media: { messages: [media] },
  'more than an argument can hold': { messages: [aQuestion("It's long. ".repeat(20_000))] },
  'the response cache': { responseCache: true, sessionId: 'chat-1' },
  'a new answer in place of the cached one': { responseCache: true, fresh: true, sessionId: 'chat-1' },
  'a session, routing, effort and fallbacks': {
    sessionId: 'chat-1',
    routing: { data_collection: 'deny', order: ['a'] },
    fallbackModels: ['b/c'],
    reasoningEffort: 'low',
    temperature: 0.1,
  },
  'sampling, advanced fields, and what the service does': {
    model: 'openrouter/auto',
    topP: 0.9,
    fields: { top_k: 40, logit_bias: { 11: -1 }, stop: ['END'], seed: 7, model: 'no', max_tokens: 9 },
    contextCompression: true,
    autoRouter: { allowed_models: ['a/*'], cost_tier: 'low' },
  },
  'a schema': { schema },
  'a schema as a tool': { schema: { ...schema, form: 'tool' } },
  'a schema among the instructions, in one piece': {
    schema: { ...schema, form: 'json' },
    stream: false,
    plugins: [{ id: 'response-healing' }],
  },
};

const servers: readonly (readonly [string, ServerKind, Partial<Server>])[] = [
  ['OpenRouter', 'openrouter', { apiKey: () => Promise.resolve('sk-or-v1-of-the-test') }],
  [
    'OpenRouter behind a gateway with headers of its own',
    'openrouter',
    {
      apiKey: () => Promise.resolve('sk-or-v1-of-the-test'),
      extraHeaders: () => ({ 'X-Gateway': 'a "b"', 'x-openrouter-title': "It's ours" }),
    },
  ],
  ['another server', 'other', { apiKey: () => Promise.resolve('a-key') }],
  ['another server that wants no key', 'other', { extraHeaders: () => ({ 'X-Gateway': 'yes' }) }],
];

describe('the preview of a request', () => {
  let http: HttpServer;
  let baseUrl: string;
  let arrived: readonly Arrived[] = [];

  before(async () => {
    http = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url, rawHeaders } = request;
        const headers = rawHeaders.flatMap((name, at) =>
          at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? ''] as const] : [],
        );
        arrived = [...arrived, { method, url, headers, body: Buffer.concat(chunks) }];
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.end(`${chunkEvent({ content: 'Hi' }, 'stop')}data: [DONE]\n\n`);
      });
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/v1`;
  });

  after(async () => {
    const closed = once(http, 'close');
    http.close();
    http.closeAllConnections();
    await closed;
  });

  const serverOf = (kind: ServerKind, facts: Partial<Server>): Server => {
    const identity = new ServerIdentity();
    identity.sawKeyRecord(baseUrl, kind === 'openrouter');
    return { baseUrl: () => baseUrl, apiKey: () => Promise.resolve(undefined), identity, ...facts };
  };
  const sent = async (server: Server, facts: Partial<ChatRequest>): Promise<Arrived> => {
    arrived = [];
    const client = new OpenRouterClient(server);
    const { error, text } = await collect(
      client.stream(aRequest('Hello', facts), new AbortController().signal),
    );
    assert.deepEqual([error, text, arrived.length], [undefined, 'Hi', 1]);
    return only(arrived);
  };

  for (const [where, kind, facts] of servers) {
    describe(`to ${where}`, () => {
      for (const [what, changes] of Object.entries(requests)) {
        it(`shows ${what} to the last byte`, async () => {
          const server = serverOf(kind, facts);
          const actual = await sent(server, changes);
          const apiKey = await server.apiKey();
          const shown = toHttpRequest(aRequest('Hello', changes), server, {
            kind,
            apiKey: apiKey === undefined ? undefined : keyPlaceholder,
          });
          assert.equal(actual.method, shown.method);
          assert.equal(new URL(actual.url ?? '', baseUrl).href, shown.url);
          assert.ok(actual.body.equals(Buffer.from(shown.body)), 'the body');
          assert.deepEqual(withoutAdded(actual, addedByFetch, apiKey), expectedHeaders(shown));
          assertShows(toPreview(shown), shown, actual);
        });
      }
    });
  }

  if (process.platform !== 'win32') {
    for (const [what, changes] of Object.entries(requests)) {
      it(`as a cURL command makes a shell send ${what} to the last byte`, async () => {
        const server = serverOf('openrouter', { ...servers[1]?.[2] });
        const apiKey = (await server.apiKey()) ?? '';
        const actual = await sent(server, changes);
        const command = toCurl(
          toHttpRequest(aRequest('Hello', changes), server, { kind: 'openrouter', apiKey: keyPlaceholder }),
        );
        const { headers, body, rest } = curlOf(command, apiKey);
        assert.deepEqual(rest, ['--no-buffer', '--request', 'POST', `${baseUrl}/chat/completions`]);
        assert.deepEqual(headers, withoutAdded(actual, addedByFetch, undefined));
        assert.ok(actual.body.equals(body), 'the body');
      });
    }
  }
});

function only(requests: readonly Arrived[]): Arrived {
  const [request] = requests;
  assert.ok(request);
  return request;
}

function byName(headers: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return headers.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function withoutAdded(
  { headers }: Arrived,
  names: readonly string[],
  apiKey: string | undefined,
): readonly (readonly [string, string])[] {
  const shown = (value: string): string =>
    apiKey === undefined ? value : value.replace(apiKey, keyPlaceholder);
  return byName(
    headers.filter(([name]) => !names.includes(name)).map(([name, value]) => [name, shown(value)] as const),
  );
}

/** The headers of a request without regard to the case of their names: of two that differ in it, the last counts. */
function expectedHeaders({ headers }: HttpRequest): readonly (readonly [string, string])[] {
  return byName([
    ...new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])).entries(),
  ]);
}

/** The document shows all of the request but data, of which it tells how much there is. */
function assertShows(document: string, { url, headers }: HttpRequest, { body }: Arrived): void {
  const preview = JSON.parse(document) as Readonly<Record<string, unknown>>;
  assert.deepEqual(
    { ...preview, body: undefined },
    { method: 'POST', url, headers: { ...headers }, body: undefined },
  );
  const actual = JSON.stringify(JSON.parse(body.toString()));
  const short = `… (${data.length.toLocaleString('en-US')} characters of base64)`;
  assert.equal(JSON.stringify(preview['body']), actual.replaceAll(data, short));
}

/** What a shell hands to `curl`. */
function curlOf(
  command: string,
  apiKey: string,
): {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly rest: readonly string[];
} {
  // A function in the place of the program: it gives its arguments back, then what it reads.
  const line = `curl() { printf '%s\\0' "$@"; printf '\\0'; case "$*" in *@-) cat;; esac; }\n${command}`;
  const output = execFileSync('/bin/sh', {
    input: line,
    env: { ...process.env, OPENROUTER_API_KEY: apiKey },
    maxBuffer: 10_000_000,
  });
  const end = output.indexOf('\0\0');
  const words = output.subarray(0, end).toString().split('\0');
  const piped = output.subarray(end + 2);
  const valuesOf = (option: string): readonly string[] =>
    words.flatMap((word, at) => (word === option ? [words[at + 1] ?? ''] : []));
  const headers = valuesOf('--header').map((header): readonly [string, string] => {
    const [name = '', ...value] = header.split(': ');
    return [name.toLowerCase(), value.join(': ')];
  });
  const [raw] = valuesOf('--data-raw');
  const options = ['--header', '--data-raw', '--data-binary'];
  return {
    headers: byName(headers),
    body: raw === undefined ? piped : Buffer.from(raw),
    rest: words.filter((word, at) => !options.includes(word) && !options.includes(words[at - 1] ?? '')),
  };
}
