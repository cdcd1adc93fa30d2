import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { openStore } from '../../src/host/store/openStore.ts';
import { clean } from '../support/builders.ts';

describe('the store on the Node of this editor', () => {
  it('keeps a conversation between two openings', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'switchboard-store-'));
    const first = openStore(folder, () => 1);
    assert.deepEqual(first.opening, { state: 'opened' });
    first.store.create({ id: 'c', title: 'A title', createdAt: 1, messages: [] });
    first.store.addMessage('c', {
      role: 'user',
      id: 'm',
      createdAt: 2,
      parts: [{ type: 'text', text: clean('Kept? ✓') }],
    });
    first.dispose();
    const second = openStore(folder, () => 3);
    assert.deepEqual(second.store.load('c')?.messages[0]?.parts, [{ type: 'text', text: 'Kept? ✓' }]);
    second.dispose();
    await rm(folder, { recursive: true });
  });
});
