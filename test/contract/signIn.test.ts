import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { KeyClient } from '../../src/core/openrouter/account/keyClient.ts';
import { SignInError, signInLifetimeMs } from '../../src/core/account/signIn.ts';
import { exchangeCode, offersSignIn } from '../../src/core/openrouter/signIn/keyExchange.ts';
import { newPkce, OpenRouterSignIn } from '../../src/core/openrouter/signIn/signInAttempt.ts';
import { signInWords } from '../../src/host/account/signIn/signInWords.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { json, startPlainServer, type Answer, type PlainServer } from './plainServer.ts';

const { signal } = new AbortController();

/** How some work failed, whatever it threw. */
async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => assert.fail('it did not fail'),
    (error: unknown) => error,
  );
}

describe('signing in against the simulator', () => {
  let simulator: Simulator;
  let now = Date.UTC(2026, 10, 21);
  const clock = { now: () => now, wait: () => Promise.resolve() };

  before(async () => {
    simulator = await startSimulator({ clock });
  });
  after(() => simulator.close());
  beforeEach(() => {
    simulator.reset();
  });

  const begin = (): Promise<OpenRouterSignIn> => OpenRouterSignIn.begin(simulator.baseUrl, () => now);
  /** The code that the page shows when there is nowhere to go back to. */
  const codeOf = async (attempt: OpenRouterSignIn, limit?: number): Promise<string> => {
    const page = await fetch(attempt.url(limit === undefined ? {} : { limit }));
    return /<code id="code">([^<]+)<\/code>/.exec(await page.text())?.[1] ?? '';
  };
  const exchanges = (): number =>
    simulator.journal.requests.filter(({ path }) => path.endsWith('/auth/keys')).length;

  it('returns a working key with the requested label and limit', async () => {
    const attempt = await begin();
    const key = await attempt.redeem(await codeOf(attempt, 2_500_000), signal);
    const keys = new KeyClient({
      baseUrl: () => simulator.baseUrl,
      apiKey: () => Promise.resolve(undefined),
    });
    const info = await keys.keyInfo(signal, key);
    assert.equal(info.label, 'Switchboard');
    assert.equal(info.limit, 2_500_000);
    const request = simulator.journal.last('/auth/keys');
    assert.equal(request?.headers['authorization'], undefined);
    assert.equal(exchanges(), 1);
  });

  it('gives the same key again, without a second exchange, until the attempt is closed', async () => {
    const attempt = await begin();
    const code = await codeOf(attempt);
    const key = await attempt.redeem(code, signal);
    assert.equal(await attempt.redeem(code, signal), key);
    assert.equal(exchanges(), 1);
    attempt.close();
    const error = await thrownBy(attempt.redeem(code, signal));
    assert.ok(error instanceof SignInError && error.fault === 'used');
    assert.equal(exchanges(), 1);
  });

  it('refuses a wrong code, and takes the right one after it', async () => {
    const attempt = await begin();
    const error = await thrownBy(attempt.redeem('not-a-code', signal));
    assert.match(signInWords(error).message, /doesn't recognize this code/);
    assert.match(signInWords(error).detail ?? '', /Invalid code/);
    assert.match(await attempt.redeem(await codeOf(attempt), signal), /^sk-or-v1-/);
    assert.equal(exchanges(), 2);
  });

  it('refuses the code of another sign-in, and is over then', async () => {
    const [attempt, other] = [await begin(), await begin()];
    const error = await thrownBy(attempt.redeem(await codeOf(other), signal));
    assert.match(signInWords(error).message, /belongs to another sign-in/);
    assert.equal(attempt.over, true);
    await thrownBy(attempt.redeem(await codeOf(attempt), signal));
    assert.equal(exchanges(), 1);
  });

  it('reports an expired code', async () => {
    const { verifier, challenge } = await newPkce();
    const origin = new URL(simulator.baseUrl).origin;
    const page = await fetch(`${origin}/auth?code_challenge=${challenge}&code_challenge_method=S256`);
    const code = /<code id="code">([^<]+)<\/code>/.exec(await page.text())?.[1] ?? '';
    now += signInLifetimeMs + 1;
    const error = await thrownBy(exchangeCode({ baseUrl: simulator.baseUrl, code, verifier }, signal));
    assert.match(signInWords(error).message, /has expired/);
  });

  it('asks nothing for an attempt that is older than a code can be', async () => {
    const attempt = await begin();
    const code = await codeOf(attempt);
    now += signInLifetimeMs;
    const error = await thrownBy(attempt.redeem(code, signal));
    assert.match(signInWords(error).message, /longer than ten minutes/);
    assert.equal(exchanges(), 0);
  });

  it('is on offer there', async () => {
    assert.equal(await offersSignIn(simulator.baseUrl, signal), true);
  });

  it('is on offer at the hosts of OpenRouter, without asking', async () => {
    const gone = AbortSignal.abort();
    assert.equal(await offersSignIn('https://openrouter.ai/api/v1', gone), true);
    assert.equal(await offersSignIn('https://eu.openrouter.ai/api/v1', gone), true);
    await assert.rejects(offersSignIn('https://openrouter.ai.invalid/api/v1', gone));
  });
});

describe('signing in against other answers', () => {
  let server: PlainServer;

  before(async () => {
    server = await startPlainServer();
  });
  after(() => server.close());

  const text =
    (status: number, body: string, type: string): Answer =>
    (response) =>
      void response.writeHead(status, { 'Content-Type': type }).end(body);
  const zod = { success: false, error: { name: 'ZodError', message: '[{"code":"invalid_type"}]' } };
  const html = text(404, '<!DOCTYPE html><p>Nothing here</p>', 'text/html');
  const exchange = (): Promise<unknown> =>
    thrownBy(exchangeCode({ baseUrl: server.baseUrl, code: 'c', verifier: 'v'.repeat(43) }, signal));

  const rows: readonly (readonly [string, Answer, RegExp])[] = [
    ['the envelope of the schema check', json(zod, 400), /can't read this code/],
    ['plain text', text(400, 'Malformed JSON in request body', 'text/plain'), /can't read this code/],
    [
      'a code it does not know',
      json({ error: { code: 400, message: 'Invalid code' } }, 400),
      /doesn't recognize/,
    ],
    ['403 without a word', json({}, 403), /belongs to another sign-in/],
    ['a page that is not there', html, /doesn't issue keys through sign-in/],
    ['another method', text(405, '', 'text/plain'), /doesn't issue keys through sign-in/],
    ['a failure of its own', json({ error: { code: 500, message: 'Oops' } }, 500), /service failed/],
    ['a request for a pause', json({ error: { code: 429, message: 'Slow down' } }, 429), /rate limit/],
    ['no key', json({}), /isn't in OpenRouter's format/],
    ['a page instead of a key', text(200, '<html>', 'text/html'), /web page came/],
    ['a broken connection', (response) => void response.destroy(), /couldn't be reached/],
    [
      'another address',
      (response) => void response.writeHead(307, { Location: `${server.baseUrl}/elsewhere` }).end(),
      /isn't in OpenRouter's format/,
    ],
  ];
  for (const [what, answer, words] of rows) {
    it(`says in words what ${what} means`, async () => {
      server.willAnswer(answer);
      const before = server.bodies.length;
      assert.match(signInWords(await exchange()).message, words);
      assert.equal(server.bodies.length, before + 1);
    });
  }

  it('repeats neither the verifier nor a key', async () => {
    const words = `You sent ${'v'.repeat(43)} for sk-or-v1-0123456789abcdef`;
    server.willAnswer(json({ error: { code: 400, message: words } }, 400));
    const { detail } = signInWords(await exchange());
    assert.match(detail ?? '', /You sent … for sk-or-…/);
  });

  const others: readonly (readonly [string, Answer])[] = [
    ['knows no such address', json({ detail: 'Not Found' }, 404)],
    ['has an envelope like ours for that', json({ error: { code: 404, message: 'Not found' } }, 404)],
    ['wants a key first', json({ error: { message: 'No key', code: 401 } }, 401)],
    ['sends a page', html],
    ['wants headers of its own', json({ status: 'failure', message: 'x-provider is required' }, 400)],
    ['says yes to everything', json({ ok: true })],
  ];
  for (const [what, answer] of others) {
    it(`is not on offer where a server ${what}`, async () => {
      server.willAnswer(answer);
      assert.equal(await offersSignIn(server.baseUrl, signal), false);
    });
  }
});
