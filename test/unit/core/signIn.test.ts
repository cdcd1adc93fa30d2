import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  isCallbackAcceptable,
  readLimit,
  SignInError,
  signInLifetimeMs,
} from '../../../src/core/account/signIn.ts';
import { authorizationUrl } from '../../../src/core/openrouter/signIn/authorization.ts';
import {
  challengeOf,
  newPkce,
  OpenRouterSignIn,
  randomToken,
} from '../../../src/core/openrouter/signIn/signInAttempt.ts';
import { latest } from '../../../src/core/util/lazy.ts';

const { signal } = new AbortController();
const baseUrl = 'https://openrouter.ai/api/v1';

describe('PKCE', () => {
  it('makes the challenge of RFC 7636, appendix B', async () => {
    const challenge = await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
    assert.equal(challenge, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('makes verifiers of 32 random bytes, another one each time', async () => {
    const pairs = await Promise.all(Array.from({ length: 50 }, newPkce));
    for (const { verifier, challenge } of pairs) {
      assert.match(verifier, /^[\w-]{43}$/);
      assert.equal(challenge, await challengeOf(verifier));
    }
    assert.equal(new Set(pairs.map(({ verifier }) => verifier)).size, 50);
    assert.notEqual(randomToken(), randomToken());
  });
});

describe('the address of the authorisation page', () => {
  const query = (url: string): Record<string, string> => Object.fromEntries(new URL(url).searchParams);

  it('lies at the origin of the base URL', () => {
    const at = (base: string): string =>
      authorizationUrl({ baseUrl: base, challenge: 'c' }).split('?')[0] ?? '';
    assert.equal(at(baseUrl), 'https://openrouter.ai/auth');
    assert.equal(at('https://eu.openrouter.ai/api/v1'), 'https://eu.openrouter.ai/auth');
    assert.equal(at('http://127.0.0.1:4010/api/v1'), 'http://127.0.0.1:4010/auth');
  });

  it('without a callback asks for the code to be shown, and names no machine', () => {
    assert.deepEqual(query(authorizationUrl({ baseUrl, challenge: 'abc' })), {
      code_challenge: 'abc',
      code_challenge_method: 'S256',
      key_label: 'Switchboard',
    });
  });

  it('carries the callback whole, and the limit in USD', () => {
    const callbackUrl = 'vscode://switchboard-ai.switchboard/signed-in/state?windowId=1&x=2';
    const { callback_url, limit } = query(
      authorizationUrl({ baseUrl, challenge: 'abc', callbackUrl, limit: 2_500_000 }),
    );
    assert.equal(callback_url, callbackUrl);
    assert.equal(limit, '2.5');
    assert.equal(query(authorizationUrl({ baseUrl, challenge: 'c', limit: 1 }))['limit'], '0.000001');
  });
});

describe('a callback that the service goes back to', () => {
  const rows: readonly (readonly [string, boolean])[] = [
    ['http://127.0.0.1:51234/signed-in/x', true],
    ['http://localhost:3000/x', true],
    ['https://editor.example.com/callback?vscode-reqid=1', true],
    ['vscode://switchboard-ai.switchboard/signed-in/x', true],
    ['http://editor.example.com:8080/callback', false],
    ['http://127.0.0.1.example.com/x', false],
    ['vscodium://switchboard-ai.switchboard/signed-in/x', false],
    ['not a URL', false],
  ];
  for (const [url, isAcceptable] of rows) {
    it(`is ${isAcceptable ? '' : 'not '}${url}`, () => {
      assert.equal(isCallbackAcceptable(url, 'vscode'), isAcceptable);
    });
  }
});

describe('the limit of a new key', () => {
  it('is an amount in USD, or nothing', () => {
    assert.deepEqual(readLimit('  '), {});
    assert.deepEqual(readLimit('5'), { limit: 5_000_000 });
    assert.deepEqual(readLimit(' $ 2.50 '), { limit: 2_500_000 });
    assert.deepEqual(readLimit('0.000001'), { limit: 1 });
  });

  it('is refused when it is anything else', () => {
    for (const text of ['0', '0.0000001', '-5', '5,00', 'five', '1e3', '5 USD', 'Infinity', '.']) {
      assert.equal(readLimit(text), 'invalid', text);
    }
  });
});

describe('an attempt to sign in', () => {
  let now = 0;
  const begin = (): Promise<OpenRouterSignIn> => {
    now = 1_000;
    return OpenRouterSignIn.begin(baseUrl, () => now);
  };
  const refused = { outcome: 'refused' };

  it('takes a callback with the right state, once', async () => {
    const attempt = await begin();
    assert.match(attempt.callbackPath, /^\/signed-in\/[\w-]{43}$/);
    assert.deepEqual(attempt.receive(attempt.callbackPath, 'code=abc'), { outcome: 'code', code: 'abc' });
    assert.deepEqual(attempt.receive(attempt.callbackPath, 'code=abc'), refused);
  });

  it('refuses a wrong or missing state and a missing code, and still takes the right one', async () => {
    const [attempt, other] = [await begin(), await begin()];
    for (const path of ['/signed-in', '/signed-in/', '/', `${attempt.callbackPath}x`, other.callbackPath]) {
      assert.deepEqual(attempt.receive(path, 'code=abc'), refused, path);
    }
    assert.deepEqual(attempt.receive(attempt.callbackPath, ''), refused);
    assert.deepEqual(attempt.receive(attempt.callbackPath, 'code='), refused);
    assert.equal(attempt.receive(attempt.callbackPath, 'code=abc').outcome, 'code');
  });

  it('reads the code also where the service began a second query', async () => {
    const attempt = await begin();
    assert.deepEqual(attempt.receive(attempt.callbackPath, 'windowId=3?code=abc'), {
      outcome: 'code',
      code: 'abc',
    });
  });

  it('hears that the user said no', async () => {
    const attempt = await begin();
    assert.deepEqual(attempt.receive(attempt.callbackPath, 'error=access_denied&error_description=No'), {
      outcome: 'denied',
      words: 'No',
    });
  });

  it('is over after ten minutes, for callbacks and for codes', async () => {
    const attempt = await begin();
    now += signInLifetimeMs - 1;
    assert.equal(attempt.over, false);
    now += 1;
    assert.equal(attempt.over, true);
    assert.deepEqual(attempt.receive(attempt.callbackPath, 'code=abc'), refused);
    await assert.rejects(attempt.redeem('abc', signal), (error) => {
      return error instanceof SignInError && error.fault === 'expired';
    });
  });

  it('is over when it is closed', async () => {
    const attempt = await begin();
    attempt.close();
    assert.equal(attempt.over, true);
    await assert.rejects(attempt.redeem('abc', signal), (error) => {
      return error instanceof SignInError && error.fault === 'used';
    });
  });
});

describe('the latest run', () => {
  it('ends the one before, and begins when that has ended', async () => {
    const heard: string[] = [];
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const run = latest(async (aborted) => {
      if (heard.length > 0) {
        heard.push('the second begins');
        return;
      }
      heard.push('the first begins');
      const ended = new Promise((resolve) => {
        aborted.addEventListener('abort', resolve);
      });
      begin();
      await ended;
      heard.push('the first ends');
    });
    const first = run();
    await begun;
    await Promise.all([first, run()]);
    assert.deepEqual(heard, ['the first begins', 'the first ends', 'the second begins']);
  });

  it('never begins when a later one came first', async () => {
    let runs = 0;
    const run = latest(() => {
      runs++;
      return Promise.resolve();
    });
    await Promise.all([run(), run(), run()]);
    assert.equal(runs, 1);
  });

  it('is not disturbed by how the one before failed', async () => {
    let fails = true;
    const run = latest(() => (fails ? Promise.reject(new Error('no')) : Promise.resolve()));
    await assert.rejects(run);
    fails = false;
    await run();
  });
});
