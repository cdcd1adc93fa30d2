import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { noFilter } from '../../../src/core/model/modelFilter.ts';
import { ModelMemory } from '../../../src/host/models/modelMemory.ts';

describe('what the list of models remembers', () => {
  const saved = new Map<string, unknown>();
  const memento = {
    keys: () => [...saved.keys()],
    get: <T>(key: string, otherwise?: T) => (saved.get(key) ?? otherwise) as T,
    update: (key: string, value: unknown) => {
      saved.set(key, JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
  };

  beforeEach(() => {
    saved.clear();
  });

  it('begins with nothing, whatever is there', () => {
    for (const odd of [undefined, null, 'text', { favorites: 'a', recent: [1], filter: 3, order: [] }]) {
      saved.set('switchboard.models', odd);
      const { favorites, recent, filter, order } = new ModelMemory(memento);
      assert.deepEqual([favorites, recent, filter, order], [[], [], noFilter, 'listed']);
    }
  });

  it('is there again in the next window', async () => {
    const memory = new ModelMemory(memento);
    await memory.toggleFavorite('a/one');
    await memory.toggleFavorite('a/two');
    await memory.toggleFavorite('a/one');
    await memory.setFilter({ traits: ['tools'], minContext: 100 });
    await memory.setOrder('newest');
    for (const id of ['1', '2', '3', '4', '5', '6', '2']) {
      await memory.used(id);
    }
    const { favorites, recent, filter, order } = new ModelMemory(memento);
    assert.deepEqual(favorites, ['a/two']);
    assert.deepEqual(recent, ['2', '6', '5', '4', '3']);
    assert.deepEqual([filter, order], [{ traits: ['tools'], minContext: 100 }, 'newest']);
  });
});
