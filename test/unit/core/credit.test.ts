import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { creditLevel, creditText, type Credit, type KeyInfo } from '../../../src/core/model/credit.ts';
import { CreditMonitor } from '../../../src/core/model/creditMonitor.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { aKey } from '../../support/builders.ts';

const { limit: _limit, remaining: _remaining, ...withoutLimit } = aKey();
const free = { ...withoutLimit, freeTier: true, freeRequests: { limit: 50, remaining: 48 } };

function known(key: KeyInfo): Credit {
  return { state: 'known', key, readAt: 0 };
}

describe('the credit item', () => {
  const rows: readonly (readonly [string, Credit, string, string])[] = [
    ['a key with a limit', known(aKey()), '$7.48 left', 'normal'],
    ['a key near its limit', known(aKey({ remaining: 990_000 })), '$0.99 left', 'warning'],
    ['a key at its limit', known(aKey({ remaining: 0 })), '$0.00 left', 'error'],
    ['a key without a limit', known(withoutLimit), '$0.31 today', 'normal'],
    ['the free tier', known(free), '48 free left', 'normal'],
    ['no key', { state: 'missing' }, 'Set API key', 'normal'],
    ['a rejected key', { state: 'rejected' }, 'Key rejected', 'error'],
    ['offline', { state: 'offline', last: { key: aKey(), readAt: 0 } }, '$7.48 left (offline)', 'normal'],
  ];
  for (const [what, credit, text, level] of rows) {
    it(`shows ${what} as "${text}"`, () => {
      assert.equal(creditText(credit), text);
      assert.equal(creditLevel(credit, 1_000_000), level);
    });
  }
});

describe('the credit monitor', () => {
  let answers: (KeyInfo | Error)[];
  let readings: number;
  let monitor: CreditMonitor;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    answers = [];
    readings = 0;
    monitor = new CreditMonitor(
      {
        keyInfo: () => {
          readings += 1;
          const answer = answers.shift() ?? aKey();
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
        },
      },
      Date.now,
    );
  });

  afterEach(() => {
    monitor.dispose();
    mock.timers.reset();
  });

  it('tells a missing key, a rejected one and an unreachable service apart', async () => {
    answers = [new RequestError('noKey'), new RequestError('key'), new RequestError('network'), aKey()];
    const seen: string[] = [];
    monitor.onDidChange(({ state }) => seen.push(state));
    for (const _ of [1, 2, 3, 4]) {
      await monitor.refresh();
    }
    assert.deepEqual(seen, ['missing', 'rejected', 'offline', 'known']);
  });

  it('keeps the last value while the service is unreachable, and forgets it with its key', async () => {
    answers = [aKey({ remaining: 5 }), new RequestError('timeout'), new RequestError('provider')];
    await monitor.refresh();
    await monitor.refresh();
    await monitor.refresh();
    assert.deepEqual(monitor.credit, {
      state: 'offline',
      last: { key: aKey({ remaining: 5 }), readAt: 1_000_000 },
    });
    answers = [new RequestError('network')];
    await monitor.keyChanged();
    assert.deepEqual(monitor.credit, { state: 'offline' });
  });

  it('reads once more, and only once, when it is asked during a reading', async () => {
    await Promise.all([monitor.refresh(), monitor.refresh(), monitor.refresh()]);
    assert.equal(readings, 2);
  });

  it('reads once after a series of answers', async () => {
    monitor.refreshSoon();
    mock.timers.tick(1_000);
    monitor.refreshSoon();
    mock.timers.tick(1_000);
    assert.equal(readings, 0);
    mock.timers.tick(1_000);
    assert.equal(readings, 1);
    await monitor.refresh();
  });

  it('polls while the window has focus, at once when a reading is overdue, and never with 0', async () => {
    await monitor.refresh();
    monitor.setPolling({ seconds: 60, focused: false });
    mock.timers.tick(600_000);
    assert.equal(readings, 1);
    monitor.setPolling({ seconds: 60, focused: true });
    mock.timers.tick(1);
    assert.equal(readings, 2);
    await monitor.refresh();
    const before = readings;
    monitor.setPolling({ seconds: 0, focused: true });
    mock.timers.tick(600_000);
    assert.equal(readings, before);
  });
});
