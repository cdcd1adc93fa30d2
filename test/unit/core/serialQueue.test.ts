import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { SerialQueue } from '../../../src/core/util/serialQueue.ts';

describe('a serial queue', () => {
  it('starts a task only when those before it are done, and returns its result', async () => {
    const queue = new SerialQueue();
    let finish = (_result: string): void => undefined;
    const result = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const order: string[] = [];
    const one = queue.take(async () => {
      order.push('one starts');
      await result;
      order.push('one ends');
      return result;
    });
    const two = queue.take(() => {
      order.push('two starts');
      return Promise.resolve(2);
    });
    assert.equal(queue.busy, true);
    finish('done');
    assert.deepEqual(await Promise.all([one, two]), ['done', 2]);
    assert.deepEqual(order, ['one starts', 'one ends', 'two starts']);
    assert.equal(queue.busy, false);
  });

  it('continues after a failed task', async () => {
    const queue = new SerialQueue();
    const failed = queue.take(() => Promise.reject(new Error('no')));
    const next = queue.take(() => Promise.resolve('yes'));
    await assert.rejects(failed, /no/);
    assert.equal(await next, 'yes');
  });
});
