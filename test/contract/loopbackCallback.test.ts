import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { OpenRouterSignIn } from '../../src/core/openrouter/signIn/signInAttempt.ts';
import { signInLifetimeMs } from '../../src/core/account/signIn.ts';
import type { CallbackSource } from '../../src/host/account/signIn/callbackSource.ts';
import { listenOnLoopback } from '../../src/host/account/signIn/loopbackCallback.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';

const { signal } = new AbortController();

describe('the callback server on this machine', () => {
  let simulator: Simulator;
  let attempt: OpenRouterSignIn;
  let source: CallbackSource;
  let now: number;

  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    now = 0;
    attempt = await OpenRouterSignIn.begin(simulator.baseUrl, () => now);
    source = await listenOnLoopback(attempt);
  });
  afterEach(() => {
    source.dispose();
  });

  /** The server closes its connections, so nothing of an answer is left behind. */
  const visit = async (url: string, init: RequestInit = {}): Promise<{ status: number; page: string }> => {
    const response = await fetch(url, init);
    return { status: response.status, page: await response.text() };
  };
  const isClosed = async (): Promise<void> => {
    await assert.rejects(fetch(source.url), (error) => {
      return error instanceof Error && JSON.stringify(error.cause).includes('ECONNREFUSED');
    });
  };

  it('takes the way from the page to a key, once, and is closed afterwards', async () => {
    const response = await fetch(attempt.url({ callbackUrl: source.url }));
    assert.equal(response.status, 200);
    assert.match(await response.text(), /You can close this page/);
    const callback = await source.taken;
    const code = callback.outcome === 'code' ? callback.code : '';
    assert.match(await attempt.redeem(code, signal), /^sk-or-v1-/);
    await isClosed();
  });

  it('listens only on this machine, on its own port', async () => {
    const { hostname, port, pathname } = new URL(source.url);
    assert.equal(hostname, '127.0.0.1');
    assert.equal(pathname, attempt.callbackPath);
    const other = await listenOnLoopback(attempt);
    assert.notEqual(new URL(other.url).port, port);
    other.dispose();
  });

  it('refuses a wrong and a missing state with a page, and still takes the right one', async () => {
    const { origin } = new URL(source.url);
    for (const path of ['/signed-in', '/signed-in/', '/signed-in/wrong', `${attempt.callbackPath}0`]) {
      const { status, page } = await visit(`${origin}${path}?code=stolen`);
      assert.equal(status, 403, path);
      assert.match(page, /matches no sign-in.*You can close this page/s);
    }
    assert.equal((await visit(source.url)).status, 403);
    assert.equal((await visit(`${source.url}?code=right`)).status, 200);
    assert.deepEqual(await source.taken, { outcome: 'code', code: 'right' });
  });

  it('refuses a second use, even one that came at the same time', async () => {
    const answers = await Promise.allSettled([
      visit(`${source.url}?code=first`),
      visit(`${source.url}?code=second`),
    ]);
    const taken = answers.filter((each) => each.status === 'fulfilled' && each.value.status === 200);
    assert.equal(taken.length, 1);
    await isClosed();
  });

  it('refuses what comes after ten minutes', async () => {
    now = signInLifetimeMs;
    assert.equal((await visit(`${source.url}?code=late`)).status, 403);
  });

  it('is closed when it is disposed of', async () => {
    source.dispose();
    await isClosed();
  });

  it('says that the user said no', async () => {
    const { status, page } = await visit(`${source.url}?error=access_denied`);
    assert.equal(status, 200);
    assert.match(page, /declined/);
    assert.deepEqual(await source.taken, { outcome: 'denied', words: 'access_denied' });
    await isClosed();
  });

  it('answers only GET on its path', async () => {
    const { origin } = new URL(source.url);
    assert.deepEqual(await visit(`${origin}/`), { status: 404, page: '' });
    assert.deepEqual(await visit(`${origin}/favicon.ico`), { status: 404, page: '' });
    for (const method of ['POST', 'HEAD', 'OPTIONS', 'PUT']) {
      assert.deepEqual(await visit(`${source.url}?code=abc`, { method }), { status: 405, page: '' }, method);
    }
  });

  it('does not answer for another host name that leads here', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { Host: 'evil.example:80' };
      request(`${source.url}?code=abc`, { headers }, (response) => {
        resolve(response.resume().statusCode);
      })
        .on('error', reject)
        .end();
    });
    assert.equal(status, 404);
  });

  it('shows pages that hold no secret and load nothing', async () => {
    const response = await fetch(`${source.url}?code=a-secret-code`);
    const page = await response.text();
    assert.doesNotMatch(page, /a-secret-code|http|src=|href=|<script|<style/);
    assert.ok(!page.includes(attempt.callbackPath));
    assert.match(response.headers.get('Content-Security-Policy') ?? '', /default-src 'none'/);
    assert.equal(response.headers.get('Referrer-Policy'), 'no-referrer');
    assert.equal(response.headers.get('Cache-Control'), 'no-store');
  });
});
