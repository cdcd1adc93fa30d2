import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Credit, KeyInfo } from '../../../src/core/model/credit.ts';
import { CreditMonitor } from '../../../src/core/model/creditMonitor.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { aKey } from '../../support/builders.ts';
import { deferred, type Deferred } from '../../support/fakes.ts';

const startedAt = 1_000_000;

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

  it('forgets what it knew of another key at once', async () => {
    await read(aKey());
    const changed = monitor.keyChanged();
    assert.deepEqual(monitor.credit, { state: 'unknown' });
    await answer(new RequestError('network'));
    await changed;
    assert.deepEqual(monitor.credit, { state: 'offline' });
  });

  it('never shows what it hears of a key that has just been replaced', async () => {
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
    monitor.refreshSoon();
    mock.timers.tick(1_000);
    monitor.refreshSoon();
    mock.timers.tick(1_499);
    assert.equal(readings.length, 0);
    mock.timers.tick(1);
    assert.equal(readings.length, 1);
    mock.timers.tick(600_000);
    assert.equal(readings.length, 1);
  });

  it('does not read again after an answer when it is read meanwhile', async () => {
    monitor.refreshSoon();
    await read(aKey());
    mock.timers.tick(10_000);
    assert.equal(readings.length, 1);
  });

  describe('polls', () => {
    it('at the interval, counted from the last reading, whatever led to it', async () => {
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

    it('at a bearable pace, whatever the setting', async () => {
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
      mock.timers.tick(86_400_000);
      assert.equal(readings.length, 1);
    });

    it('no more once it is disposed, and breaks off what it was reading', async () => {
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
});
