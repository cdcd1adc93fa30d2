import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { patienceWith, StreamWatch } from '../../../src/core/openrouter/transport/streamWatch.ts';

describe('the time that a server gets', () => {
  const none = { connect: null, firstToken: null, silence: null };

  it('is longer where the server is not OpenRouter, because it may be silent while it reads', () => {
    const [own, other] = [patienceWith(true), patienceWith(false)];
    assert.ok(other.headersMs >= 300_000 && (other.first?.bytesMs ?? 0) >= 300_000);
    assert.deepEqual([own.bytesMs, own.first?.bytesMs], [30_000, 30_000]);
    assert.deepEqual([patienceWith(true, none), patienceWith(false, none)], [own, other]);
  });

  it('is what the user says, for each part by itself', () => {
    for (const isOpenRouter of [true, false]) {
      const byDefault = patienceWith(isOpenRouter);
      const { headersMs } = patienceWith(isOpenRouter, { ...none, connect: 7 });
      const { first } = patienceWith(isOpenRouter, { ...none, firstToken: 8 });
      const { bytesMs, eventsMs, first: before } = patienceWith(isOpenRouter, { ...none, silence: 9 });
      assert.deepEqual([headersMs, first], [7_000, { bytesMs: 8_000, eventsMs: 8_000 }]);
      assert.deepEqual([bytesMs, eventsMs, before], [9_000, 9_000, byDefault.first]);
    }
  });
});

describe('the watch over a stream', () => {
  let silences: number;
  let watch: StreamWatch;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    silences = 0;
    watch = new StreamWatch({ headersMs: 500, bytesMs: 100, eventsMs: 300 }, () => {
      silences += 1;
    });
  });

  afterEach(() => {
    watch.stop();
    mock.timers.reset();
  });

  it('gives a server its time until the first sign of life', () => {
    mock.timers.tick(499);
    assert.equal(silences, 0);
    mock.timers.tick(1);
    assert.equal(silences, 1);
  });

  it('notices when not a byte comes any more', () => {
    watch.sawBytes();
    mock.timers.tick(99);
    watch.sawBytes();
    mock.timers.tick(99);
    assert.equal(silences, 0);
    mock.timers.tick(1);
    assert.equal(silences, 1);
  });

  it('notices when only comments come any more', () => {
    for (let time = 0; time < 300; time += 50) {
      watch.sawBytes();
      mock.timers.tick(50);
    }
    assert.equal(silences, 1);
  });

  it('is content while events come', () => {
    for (let time = 0; time < 2_000; time += 50) {
      watch.sawBytes();
      watch.sawEvent();
      mock.timers.tick(50);
    }
    assert.equal(silences, 0);
  });

  it('waits longer for the first event than for the next ones', () => {
    const first = { bytesMs: 400, eventsMs: 400 };
    const patient = new StreamWatch({ headersMs: 500, bytesMs: 100, eventsMs: 100, first }, () => {
      silences += 1;
    });
    watch.stop();
    patient.sawBytes();
    mock.timers.tick(399);
    patient.sawBytes();
    patient.sawEvent();
    mock.timers.tick(99);
    assert.equal(silences, 0);
    mock.timers.tick(1);
    assert.notEqual(Math.min(silences, 1), 0);
    patient.stop();
  });

  it('reports nothing once it is stopped', () => {
    watch.sawBytes();
    watch.sawEvent();
    watch.stop();
    mock.timers.tick(10_000);
    assert.equal(silences, 0);
  });
});
