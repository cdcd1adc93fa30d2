import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { StreamWatch } from '../../../src/core/openrouter/transport/streamWatch.ts';

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

  it('reports nothing once it is stopped', () => {
    watch.sawBytes();
    watch.sawEvent();
    watch.stop();
    mock.timers.tick(10_000);
    assert.equal(silences, 0);
  });
});
