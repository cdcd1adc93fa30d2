import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readingOf, type Credit, type KeyInfo } from '../../../src/core/account/credit.ts';
import { CreditMonitor } from '../../../src/core/account/creditMonitor.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { aKey } from '../../support/builders.ts';
import { deferred, type Deferred } from '../../support/fakes.ts';

const startedAt = 1_000_000;
const midnight = 86_400_000;

/** One reading that the test answers when it likes. */
type Reading = Deferred<KeyInfo> & { readonly signal: AbortSignal };

describe('the credit monitor', () => {
  let readings: Reading[];
  let seen: Credit[];
  let monitor: CreditMonitor;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: startedAt });
    readings = [];
    seen = [];
    const keyInfo = (signal: AbortSignal): Promise<KeyInfo> => {
      const reading = { ...deferred<KeyInfo>(), signal };
      readings.push(reading);
      return reading.promise;
    };
    monitor = new CreditMonitor({ keyInfo }, Date.now);
    monitor.onDidChange((credit) => seen.push(credit));
  });

  afterEach(() => {
    monitor.dispose();
    mock.timers.reset();
  });

  /** Answers the reading under way; what follows from it has happened when this returns. */
  const answer = async (result: KeyInfo | Error): Promise<void> => {
    const reading = readings.at(-1);
    assert.ok(reading);
    if (result instanceof Error) {
      reading.reject(result);
    } else {
      reading.resolve(result);
    }
    await new Promise(setImmediate);
  };
  const read = async (result: KeyInfo | Error): Promise<void> => {
    const done = monitor.refresh();
    await answer(result);
    await done;
  };

  it('tells a missing key, a rejected one and an unreachable service apart', async () => {
    for (const kind of [
      'noKey',
      'key',
      'noKeyRecord',
      'network',
      'provider',
      'protocol',
      'baseUrl',
    ] as const) {
      await read(new RequestError(kind));
    }
    await read(aKey());
    assert.deepEqual(
      seen.map(({ state }) => state),
      ['missing', 'rejected', 'none', 'offline', 'offline', 'offline', 'offline', 'known'],
    );
    assert.deepEqual(monitor.credit, { state: 'known', key: aKey(), readAt: startedAt });
  });

  it('keeps the last value with its age while the service is unreachable', async () => {
    await read(aKey({ remaining: 5 }));
    mock.timers.tick(60_000);
    await read(new RequestError('timeout'));
    await read(new RequestError('provider'));
    assert.deepEqual(monitor.credit, {
      state: 'offline',
      last: { key: aKey({ remaining: 5 }), readAt: startedAt },
    });
  });

  it("forgets another key's credit at once", async () => {
    await read(aKey());
    const changed = monitor.keyChanged();
    assert.deepEqual(monitor.credit, { state: 'unknown' });
    await answer(new RequestError('network'));
    await changed;
    assert.deepEqual(monitor.credit, { state: 'offline' });
  });

  it('never shows a late reading of a replaced key', async () => {
    const first = monitor.refresh();
    const second = monitor.keyChanged();
    await answer(aKey({ label: 'the old key' }));
    assert.deepEqual(monitor.credit, { state: 'unknown' });
    await answer(new RequestError('network'));
    await Promise.all([first, second]);
    assert.deepEqual(monitor.credit, { state: 'offline' });
    assert.doesNotMatch(JSON.stringify(seen), /the old key/);
  });

  it('reads once more, and only once, however often it is asked during a reading', async () => {
    const all = Promise.all([monitor.refresh(), monitor.refresh(), monitor.refresh()]);
    await answer(aKey());
    await answer(aKey({ remaining: 1 }));
    await all;
    assert.equal(readings.length, 2);
    assert.deepEqual(monitor.credit, { state: 'known', key: aKey({ remaining: 1 }), readAt: startedAt });
  });

  it('reads once after a series of answers, a little after the last', () => {
    monitor.answered();
    mock.timers.tick(1_000);
    monitor.answered();
    mock.timers.tick(1_499);
    assert.equal(readings.length, 0);
    mock.timers.tick(1);
    assert.equal(readings.length, 1);
    mock.timers.tick(600_000);
    assert.equal(readings.length, 1);
  });

  it('does not read again after an answer when it is read meanwhile', async () => {
    monitor.answered();
    await read(aKey());
    mock.timers.tick(10_000);
    assert.equal(readings.length, 1);
  });

  describe('polls', () => {
    it('at the interval, counted from the last reading of any kind', async () => {
      monitor.setPolling({ seconds: 60, focused: true });
      await read(aKey());
      mock.timers.tick(40_000);
      await read(aKey());
      mock.timers.tick(59_999);
      assert.equal(readings.length, 2);
      mock.timers.tick(1);
      assert.equal(readings.length, 3);
      await answer(aKey());
      mock.timers.tick(60_000);
      assert.equal(readings.length, 4);
    });

    it('while the window has focus, and at once when it gets it back too late', async () => {
      monitor.setPolling({ seconds: 60, focused: false });
      await read(aKey());
      mock.timers.tick(600_000);
      assert.equal(readings.length, 1);
      monitor.setPolling({ seconds: 60, focused: true });
      mock.timers.tick(0);
      assert.equal(readings.length, 2);
    });

    it('on while the service is unreachable, and not while no key can be used', async () => {
      monitor.setPolling({ seconds: 60, focused: true });
      await read(new RequestError('network'));
      mock.timers.tick(60_000);
      assert.equal(readings.length, 2);
      await answer(new RequestError('key'));
      mock.timers.tick(600_000);
      assert.equal(readings.length, 2);
    });

    it('never with 0', async () => {
      monitor.setPolling({ seconds: 0, focused: true });
      await read(aKey());
      mock.timers.tick(600_000);
      assert.equal(readings.length, 1);
    });

    it('at a limited rate, whatever the setting', async () => {
      monitor.setPolling({ seconds: 0.001, focused: true });
      await read(aKey());
      mock.timers.tick(999);
      assert.equal(readings.length, 1);
      mock.timers.tick(1);
      assert.equal(readings.length, 2);
    });

    it('not in a frenzy when the interval is longer than a timer can be', async () => {
      monitor.setPolling({ seconds: 10_000_000, focused: true });
      await read(aKey());
      mock.timers.tick(midnight - startedAt);
      assert.equal(readings.length, 1);
    });

    it('no more once disposed, and aborts the running request', async () => {
      monitor.setPolling({ seconds: 60, focused: true });
      await read(aKey());
      const done = monitor.refresh();
      monitor.dispose();
      assert.equal(readings.at(-1)?.signal.aborted, true);
      await answer(aKey());
      await done;
      mock.timers.tick(600_000);
      assert.equal(readings.length, 2);
      assert.equal(seen.length, 1);
    });
  });

  describe('follows what answers cost', () => {
    const shown = (): KeyInfo | undefined => readingOf(monitor.credit)?.key;

    it('at once, until the service has said it', async () => {
      await read(aKey());
      monitor.answered({ cost: 20_000_000_000 });
      assert.deepEqual([shown()?.remaining, shown()?.spentToday], [7_460_000, 330_000]);
      mock.timers.tick(1_500);
      await answer(aKey({ remaining: 7_459_000 }));
      assert.deepEqual([shown()?.remaining, shown()?.spentToday], [7_459_000, 310_000]);
    });

    it('while the service cannot be reached, too', async () => {
      await read(aKey());
      await read(new RequestError('network'));
      monitor.answered({ cost: 20_000_000_000 });
      assert.equal(monitor.credit.state, 'offline');
      assert.equal(shown()?.remaining, 7_460_000);
      await read(new RequestError('network'));
      assert.equal(shown()?.remaining, 7_460_000);
    });

    it('though it is read meanwhile, which may have been too early', async () => {
      await read(aKey());
      const done = monitor.refresh();
      monitor.answered({ cost: 20_000_000_000 });
      assert.equal(shown()?.remaining, 7_460_000);
      await answer(aKey({ remaining: 7_000_000 }));
      await done;
      assert.equal(shown()?.remaining, 6_980_000);
      mock.timers.tick(1_500);
      await answer(aKey({ remaining: 6_980_000 }));
      assert.equal(shown()?.remaining, 6_980_000);
    });

    it('of which there is nothing to show where there is no record', async () => {
      monitor.answered({ cost: 20_000_000_000 });
      assert.deepEqual(monitor.credit, { state: 'unknown' });
      await read(new RequestError('noKeyRecord'));
      monitor.answered({ cost: 20_000_000_000 });
      assert.deepEqual(monitor.credit, { state: 'none' });
    });

    it('and counts down the free requests with each of them, whatever came of it', async () => {
      await read(aKey({ freeRequests: { limit: 50, remaining: 2 } }));
      const left: unknown[] = [];
      for (const isFreeRequest of [false, true, true, true]) {
        monitor.answered({ cost: 0, isFreeRequest });
        left.push(shown()?.freeRequests?.remaining);
      }
      assert.deepEqual(left, [2, 1, 0, 0]);
    });

    it('and keeps still when they cost nothing', async () => {
      await read(aKey());
      const before = seen.length;
      monitor.answered({ cost: 0 });
      monitor.answered();
      assert.equal(seen.length, before);
    });
  });

  describe('reads once, polling or not,', () => {
    it('when a day of the service begins, a little later, for clocks differ', async () => {
      await read(aKey());
      mock.timers.tick(midnight - startedAt + 4_999);
      assert.equal(readings.length, 1);
      mock.timers.tick(1);
      assert.equal(readings.length, 2);
      await answer(aKey());
      mock.timers.tick(midnight - 1);
      assert.equal(readings.length, 2);
      mock.timers.tick(1);
      assert.equal(readings.length, 3);
    });

    it('again when it was read only just after', async () => {
      await read(aKey());
      mock.timers.tick(midnight - startedAt + 1_000);
      await read(aKey());
      mock.timers.tick(4_000);
      assert.equal(readings.length, 3);
    });

    it('when a budget is renewed, and when the key expires', async () => {
      const [resetsAt, expiresAt] = [startedAt + 60_000, startedAt + 600_000];
      const key = aKey({ budget: { remaining: 1, resetsAt }, expiresAt });
      await read(key);
      mock.timers.tick(65_000);
      assert.equal(readings.length, 2);
      await answer(key);
      mock.timers.tick(539_999);
      assert.equal(readings.length, 2);
      mock.timers.tick(1);
      assert.equal(readings.length, 3);
    });

    it('and not over and over while the service cannot be reached', async () => {
      await read(aKey({ expiresAt: startedAt + 60_000 }));
      mock.timers.tick(65_000);
      await answer(new RequestError('network'));
      mock.timers.tick(600_000);
      assert.equal(readings.length, 2);
    });
  });

  describe('knows a key that has expired', () => {
    const key = aKey({ expiresAt: startedAt + 60_000 });
    const expired: Credit = { state: 'expired', expiredAt: startedAt + 60_000 };

    it('by what the service said before it rejected it', async () => {
      await read(key);
      await read(new RequestError('key'));
      assert.deepEqual(monitor.credit, { state: 'rejected' }, 'before its time it is rejected');
      await read(key);
      mock.timers.tick(60_000);
      await read(new RequestError('network'));
      await read(new RequestError('key'));
      await read(new RequestError('key'));
      assert.deepEqual(monitor.credit, expired);
    });

    it('by its record', async () => {
      mock.timers.tick(60_000);
      await read(key);
      assert.deepEqual(monitor.credit, expired);
    });

    it('from another one', async () => {
      mock.timers.tick(60_000);
      await read(key);
      const changed = monitor.keyChanged();
      await answer(new RequestError('key'));
      await changed;
      assert.deepEqual(monitor.credit, { state: 'rejected' });
    });
  });
});
