import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, it } from 'mocha';
import { PickRows } from '../../../src/host/platform/pickRows.ts';

describe('the rows of a list that changes while it is shown', () => {
  let pick: { items: readonly string[] };
  let rows: PickRows<string>;
  let catchUp: (() => void)[];

  beforeEach(() => {
    pick = { items: [] };
    catchUp = [];
    rows = new PickRows(pick, () => new Promise((resolve) => catchUp.push(resolve)));
  });

  /** Sets rows; the window has drawn them only when it is told to. */
  async function set(...next: readonly string[]): Promise<void> {
    const asked = catchUp.length;
    rows.set(next);
    while (catchUp.length === asked) {
      await turn();
    }
  }
  async function drawn(): Promise<void> {
    catchUp.splice(0).forEach((done) => {
      done();
    });
    await turn();
  }
  /** What VS Code reports for the place that the window names. */
  const meantAt = (place: number): string | undefined => rows.meant(pick.items[place]);

  it('are those that were set, once the window has drawn them', async () => {
    await set('a', 'b');
    await drawn();
    assert.deepEqual([meantAt(0), meantAt(1), meantAt(2)], ['a', 'b', undefined]);
    await set('c', 'a');
    await drawn();
    assert.deepEqual([meantAt(0), meantAt(1)], ['c', 'a']);
  });

  it('are still those before while the window has not drawn the new ones', async () => {
    await set('a', 'b');
    await drawn();
    await set('dear', 'a', 'b');
    assert.deepEqual([meantAt(0), meantAt(1), meantAt(2)], ['a', 'b', undefined]);
    await drawn();
    assert.deepEqual([meantAt(0), meantAt(1), meantAt(2)], ['dear', 'a', 'b']);
  });

  it('are not known while two changes are on their way', async () => {
    await set('a');
    await drawn();
    await set('b');
    await set('c');
    assert.equal(meantAt(0), undefined);
    await drawn();
    assert.equal(meantAt(0), 'c');
  });

  it('are the first ones from the beginning', async () => {
    await set('a');
    assert.equal(meantAt(0), 'a');
  });
});
