import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ChatRequest } from '../../../src/core/conversation/generation/chatModel.ts';
import { toHttpRequest, type HttpRequest } from '../../../src/core/openrouter/chat/httpRequest.ts';
import { toChatBody } from '../../../src/core/openrouter/chat/request.ts';
import { keyPlaceholder, toCurl, toPreview } from '../../../src/core/openrouter/chat/requestPreview.ts';
import type { ServerKind } from '../../../src/core/model/server.ts';
import { aQuestion, aRequest, clean } from '../../support/builders.ts';

const server = { baseUrl: () => 'https://openrouter.ai/api/v1' };

function requestOf(
  facts: Partial<ChatRequest> = {},
  kind: ServerKind = 'openrouter',
  apiKey: string | undefined = 'a-key',
): HttpRequest {
  return toHttpRequest(aRequest(facts), server, { kind, apiKey });
}

describe('a request over HTTP', () => {
  it('identifies the app, requests metadata, and sets no cache', () => {
    assert.deepEqual(requestOf(), {
      method: 'POST',
      url: 'https://openrouter.ai/api/v1/chat/completions',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'HTTP-Referer': 'https://marketplace.visualstudio.com/items?itemName=switchboard-ai.switchboard',
        'X-OpenRouter-Title': 'Switchboard for OpenRouter',
        'X-OpenRouter-Categories': 'ide-extension',
        'X-OpenRouter-Metadata': 'enabled',
        Authorization: 'Bearer a-key',
      },
      body: JSON.stringify(toChatBody(aRequest())),
    });
  });

  it('does not say which program asks where the user does not want that', () => {
    const names = (attribution: boolean): readonly string[] => {
      const own = { ...server, attribution: () => attribution };
      const { headers } = toHttpRequest(aRequest(), own, { kind: 'openrouter' });
      return Object.keys(headers).filter((name) => /referer|title|categories/i.test(name));
    };
    assert.deepEqual([names(true).length, names(false).length], [3, 0]);
  });

  it('asks for an earlier answer, or forgets it: never both', () => {
    const cacheHeaders = (facts: Partial<ChatRequest>): readonly string[] =>
      Object.entries(requestOf(facts).headers)
        .filter(([name]) => name.startsWith('X-OpenRouter-Cache'))
        .map((header) => header.join(': '));
    assert.deepEqual(cacheHeaders({ fresh: true }), []);
    assert.deepEqual(cacheHeaders({ responseCache: true }), ['X-OpenRouter-Cache: true']);
    assert.deepEqual(cacheHeaders({ responseCache: true, fresh: true }), ['X-OpenRouter-Cache-Clear: true']);
  });

  it('names the chat in the body; beside it where the body is the key of a cache', () => {
    const plain = requestOf({ sessionId: 'chat-1' });
    assert.match(plain.body, /"session_id":"chat-1"/);
    assert.ok(!('x-session-id' in plain.headers));
    const cached = requestOf({ sessionId: 'chat-1', responseCache: true });
    assert.doesNotMatch(cached.body, /chat-1/);
    assert.equal(cached.headers['x-session-id'], 'chat-1');
  });

  it('sends no OpenRouter headers to other servers, and no key if none is needed', () => {
    const { headers } = toHttpRequest(
      aRequest({ responseCache: true, sessionId: 's' }),
      { ...server, extraHeaders: () => ({ 'x-portkey-provider': 'openai' }) },
      { kind: 'other' },
    );
    assert.deepEqual(headers, {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'x-portkey-provider': 'openai',
    });
  });
});

describe('the preview of a request', () => {
  const data = 'A'.repeat(4_000);
  const parts = [
    { type: 'image', name: 'a', url: `data:image/png;base64,${data}` },
    { type: 'image', name: 'b', url: 'https://example.com/b.png' },
    { type: 'file', name: 'c.pdf', url: `data:application/pdf;base64,${data}` },
    { type: 'audio', name: 'd', format: 'mp3', data },
    { type: 'text', text: "It's $5 `now`\n" },
  ] as const;
  const request = requestOf(
    { messages: [aQuestion('', { parts: clean(parts) })] },
    'openrouter',
    keyPlaceholder,
  );

  it('is the request to the last field, without the data of pictures, documents and sounds', () => {
    const preview: unknown = JSON.parse(toPreview(request));
    const short = '… (4,000 characters of base64)';
    const whole: unknown = JSON.parse(
      JSON.stringify({ ...request, body: JSON.parse(request.body) as unknown }),
    );
    const expected = JSON.stringify(whole).replaceAll(data, short);
    assert.equal(JSON.stringify(preview), expected);
    assert.ok(expected.includes('data:image/png;base64,… (4,000') && expected.includes('example.com/b.png'));
  });

  it("lists what isn't sent", () => {
    assert.deepEqual((JSON.parse(toPreview(request, ['No.'])) as { notSent?: unknown }).notSent, ['No.']);
    assert.ok(!toPreview(request).includes('notSent'));
  });

  it('as a command takes the key from the environment, and quotes everything else', () => {
    const command = toCurl(requestOf({ messages: [aQuestion("It's")] }, 'openrouter', keyPlaceholder));
    assert.match(command, /^curl .*'https:\/\/openrouter\.ai\/api\/v1\/chat\/completions' \\\n/);
    assert.ok(command.includes('--header "Authorization: Bearer $OPENROUTER_API_KEY"'));
    assert.ok(command.includes(`"content":"It'\\''s"`));
  });
});
