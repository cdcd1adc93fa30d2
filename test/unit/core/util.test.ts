import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { DisposableStore } from '../../../src/core/util/disposableStore.ts';
import { Emitter } from '../../../src/core/util/emitter.ts';
import {
  arrayIn,
  isTooDeep,
  numberIn,
  objectIn,
  objectsIn,
  parseJson,
  textIn,
} from '../../../src/core/util/json.ts';
import { lazy } from '../../../src/core/util/lazy.ts';

describe('DisposableStore', () => {
  const disposed: string[] = [];
  const named = (name: string) => ({ dispose: () => void disposed.push(name) });

  beforeEach(() => {
    disposed.length = 0;
  });

  it('disposes of the latest first, and once', () => {
    const store = new DisposableStore();
    const first = named('first');
    assert.equal(store.own(first), first);
    store.own(named('second'));
    store.dispose();
    store.dispose();
    assert.deepEqual(disposed, ['second', 'first']);
  });

  it('disposes at once of what arrives late', async () => {
    const store = new DisposableStore();
    let arrive = (_late: { dispose(): void }): void => undefined;
    const late = store.lazy(
      () =>
        new Promise<{ dispose(): void }>((resolve) => {
          arrive = resolve;
        }),
    );
    const asked = late();
    store.dispose();
    assert.deepEqual(disposed, []);
    arrive(named('late'));
    await asked;
    store.own(named('later'));
    assert.deepEqual(disposed, ['late', 'later']);
  });

  it('makes a lazy thing once, and disposes of it', async () => {
    const store = new DisposableStore();
    const made = store.lazy(() => Promise.resolve(named('made')));
    assert.equal(await made(), await made());
    store.dispose();
    assert.deepEqual(disposed, ['made']);
  });

  it('disposes of the others when one fails, and says so', () => {
    const store = new DisposableStore();
    store.own(named('first'));
    store.own({
      dispose: () => {
        throw new Error('It is stuck.');
      },
    });
    store.own(named('last'));
    assert.throws(() => {
      store.dispose();
    }, /stuck/);
    assert.deepEqual(disposed, ['last', 'first']);
  });
});

describe('an event', () => {
  it('reaches every listener until that one is disposed', () => {
    const emitter = new Emitter<number>();
    const seen: string[] = [];
    const first = emitter.event((value) => seen.push(`a${value}`));
    emitter.event((value) => seen.push(`b${value}`));
    emitter.fire(1);
    first.dispose();
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    assert.deepEqual(seen, ['a1', 'b1', 'b2']);
  });

  it('takes the same function twice for two subscriptions', () => {
    const emitter = new Emitter<number>();
    let calls = 0;
    const listener = (): void => {
      calls += 1;
    };
    const first = emitter.event(listener);
    emitter.event(listener);
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    assert.equal(calls, 3);
  });

  it('reaches the listeners registered when it was fired', () => {
    const emitter = new Emitter<number>();
    const seen: number[] = [];
    emitter.event((value) => {
      seen.push(value);
      if (value === 1) {
        emitter.event((later) => seen.push(later * 10));
      }
    });
    emitter.fire(1);
    emitter.fire(2);
    assert.deepEqual(seen, [1, 2, 20]);
  });
});

describe('something lazy', () => {
  it('is created once, on first use', async () => {
    let made = 0;
    const get = lazy(() => Promise.resolve((made += 1)));
    assert.equal(made, 0);
    assert.deepEqual(await Promise.all([get(), get()]), [1, 1]);
  });

  it('is tried again after it failed', async () => {
    let tries = 0;
    const get = lazy(() => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve('made');
    });
    await assert.rejects(get());
    assert.equal(await get(), 'made');
  });
});

describe('a careful look into JSON', () => {
  it('accepts only values of the expected type', () => {
    assert.deepEqual(objectIn({ a: 1 }), { a: 1 });
    assert.deepEqual([objectIn(null), objectIn([]), objectIn('x')], [undefined, undefined, undefined]);
    assert.deepEqual([arrayIn([1]), arrayIn({ length: 1 })], [[1], []]);
    assert.deepEqual(objectsIn([{ a: 1 }, null, 'x', [{}], { b: 2 }]), [{ a: 1 }, { b: 2 }]);
    assert.deepEqual([textIn('x'), textIn(''), textIn(7)], ['x', undefined, undefined]);
    assert.deepEqual([numberIn(0), numberIn(Number.NaN), numberIn('7')], [0, undefined, undefined]);
    assert.deepEqual([parseJson('{"a":1}'), parseJson('{'), parseJson('')], [{ a: 1 }, undefined, undefined]);
  });
});

describe('a value that is nested too deep', () => {
  it('is found however deep, wide, or empty it is', () => {
    const nested = (depth: number): unknown => JSON.parse('{"a":['.repeat(depth) + ']}'.repeat(depth));
    assert.equal(isTooDeep(nested(40)), false);
    assert.equal(isTooDeep(nested(60)), true);
    assert.equal(isTooDeep(nested(100_000)), true);
    assert.equal(isTooDeep(Array.from({ length: 100_000 }, () => ({ a: [1] }))), false);
    for (const flat of [null, undefined, 7, 'x', {}, []]) {
      assert.equal(isTooDeep(flat), false);
    }
  });
});
