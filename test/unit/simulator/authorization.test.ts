import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Clock } from '../../simulator/clock.ts';
import { objectOf } from '../../simulator/json.ts';
import type { Client, Reply } from './client.ts';
import { errorOf, startClient } from './client.ts';

const verifier = 'a-verifier-of-forty-three-characters-in-all';
const challenge = createHash('sha256').update(verifier).digest('base64url');

describe('authorisation with PKCE', () => {
  let now = Date.UTC(2026, 10, 20);
  const clock: Clock = { now: () => now, wait: () => Promise.resolve() };
  let client: Client;
  before(async () => {
    client = await startClient({ clock });
  });
  after(() => client.simulator.close());

  const visit = (query: Record<string, string>): Promise<Response> => {
    const origin = new URL(client.simulator.baseUrl).origin;
    return fetch(`${origin}/auth?${new URLSearchParams(query).toString()}`, { redirect: 'manual' });
  };
  const codeFor = async (query: Record<string, string>): Promise<string> => {
    const response = await visit({ callback_url: 'http://127.0.0.1:9/callback', ...query });
    assert.equal(response.status, 302);
    return new URL(response.headers.get('Location') ?? '').searchParams.get('code') ?? '';
  };
  const redeem = (body: unknown): Promise<Reply> => client.post('/auth/keys', body, null);
  const s256 = { code_challenge: challenge, code_challenge_method: 'S256' };

  it('goes back with a code, which gives a working key once', async () => {
    const code = await codeFor({ ...s256, key_label: 'My editor', limit: '5' });
    const proof = { code, code_verifier: verifier, code_challenge_method: 'S256' };
    const reply = await redeem(proof);
    assert.equal(reply.status, 200);
    const key = String(reply.json.key);
    assert.match(key, /^sk-or-v1-[0-9a-f]{64}$/);
    const data = objectOf((await client.get('/key', key)).json.data);
    assert.equal(data.label, 'My editor');
    assert.equal(data.limit, 5);
    const again = await redeem(proof);
    assert.equal(again.status, 400);
    assert.equal(errorOf(again).message, 'Invalid code');
  });

  it('accepts a plain challenge and keeps the query that the callback has', async () => {
    const query = { callback_url: 'vscode://some.extension/openrouter?windowId=3', code_challenge: verifier };
    const response = await visit({ ...query, code_challenge_method: 'plain' });
    const target = new URL(response.headers.get('Location') ?? '');
    assert.equal(target.searchParams.get('windowId'), '3');
    const code = target.searchParams.get('code');
    assert.equal((await redeem({ code, code_verifier: verifier })).status, 200);
  });

  it('refuses another verifier, another method and a code older than ten minutes', async () => {
    const wrong = await redeem({ code: await codeFor(s256), code_verifier: 'something else' });
    assert.equal(wrong.status, 403);
    const method = { code_verifier: verifier, code_challenge_method: 'plain' };
    assert.equal((await redeem({ code: await codeFor(s256), ...method })).status, 400);
    const code = await codeFor(s256);
    now += 10 * 60 * 1000 + 1;
    assert.equal((await redeem({ code, code_verifier: verifier })).status, 403);
  });

  it('shows the code if there is no callback URL, and then requires a challenge', async () => {
    const shown = await (await visit(s256)).text();
    const code = /<code id="code">([^<]+)<\/code>/.exec(shown)?.[1];
    assert.equal((await redeem({ code, code_verifier: verifier })).status, 200);
    assert.equal((await visit({})).status, 400);
  });

  it('goes back over https or to this machine only', async () => {
    const status = async (url: string): Promise<number> => (await visit({ callback_url: url })).status;
    assert.equal(await status('https://example.com/back'), 302);
    assert.equal(await status('http://localhost:3111/back'), 302);
    assert.equal(await status('http://example.com/back'), 400);
    assert.equal(await status('javascript:alert(1)'), 400);
    assert.equal((await visit({ ...s256, code_challenge: 'short' })).status, 400);
  });

  it('has three envelopes for its errors', async () => {
    const zod = await redeem({});
    assert.equal(zod.status, 400);
    assert.equal(zod.json.success, false);
    const response = await fetch(`${client.simulator.baseUrl}/auth/keys`, { method: 'POST', body: '{' });
    assert.equal(response.headers.get('Content-Type'), 'text/plain');
    await response.text();
    assert.equal(errorOf(await redeem({ code: 'unknown' })).code, 400);
  });
});
