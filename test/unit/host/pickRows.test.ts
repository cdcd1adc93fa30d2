import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, it } from 'mocha';
import { PickRows } from '../../../src/host/platform/pickRows.ts';

describe('the rows of a list that changes while it is shown', () => {
  let pick: { items: readonly string[]; activeItems: readonly string[] };
  let rows: PickRows<string>;
  let catchUp: (() => void)[];
  /** The row that is to be active. */
  let active: string | undefined;

  beforeEach(() => {
    pick = { items: [], activeItems: [] };
    catchUp = [];
    active = undefined;
    rows = new PickRows(
      pick,
      (one, other) => one.toLowerCase() === other.toLowerCase(),
      () => new Promise((resolve) => catchUp.push(resolve)),
    );
  });

  /** Sets rows; the window has drawn them only when it is told to. */
  async function set(...next: readonly string[]): Promise<void> {
    const asked = catchUp.length;
    rows.set(next, active);
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

  it('are not certain while the window may show the old or the new ones', async () => {
    await set('a', 'b', 'c');
    await drawn();
    await set('dear', 'B', 'a');
    assert.deepEqual([meantAt(0), meantAt(1), meantAt(2)], [undefined, 'B', undefined]);
    await drawn();
    assert.deepEqual([meantAt(0), meantAt(1), meantAt(2)], ['dear', 'B', 'a']);
  });

  it('are never those that others replaced in the same turn', async () => {
    await set('a', 'b');
    await drawn();
    rows.set(['passing', 'by']);
    await set('a', 'c');
    assert.equal(meantAt(0), 'a');
    assert.equal(meantAt(1), undefined);
  });

  it('are what is active in the end where a place alone does not tell which was accepted', async () => {
    const accepted = async (last: string | undefined): Promise<string | undefined> => {
      await set('a', 'b');
      await drawn();
      await set('dear', 'a', 'b');
      await set('dearer', 'A', 'b');
      const row = rows.accepted(pick.items[0]);
      pick.activeItems = last === undefined ? [] : [last];
      await drawn();
      return row;
    };
    assert.equal(await accepted('A'), 'a');
    assert.equal(await accepted('dearer'), 'dearer');
    assert.equal(await accepted('b'), undefined);
    assert.equal(await accepted(undefined), undefined);
  });

  it('have one active that is to be, and are set again where what is typed has hidden it', async () => {
    active = 'b';
    await set('a', 'b');
    assert.deepEqual(pick.activeItems, ['b']);
    const before = pick.items;
    await drawn();
    assert.deepEqual(pick.activeItems, ['b']);
    let sets = 0;
    pick = Object.defineProperty(pick, 'items', { get: () => before, set: () => (sets += 1) });
    await set('a', 'b');
    pick.activeItems = [];
    await drawn();
    assert.equal(sets, 2);
    active = undefined;
    await set('a', 'b');
    await drawn();
    assert.equal(sets, 3, 'without such a row VS Code chooses one by itself');
  });

  it('are accepted at once where the place tells', async () => {
    await set('a', 'b');
    await drawn();
    await set('A', 'c');
    assert.equal(await rows.accepted(pick.items[0]), 'A');
    assert.equal(await rows.accepted(undefined), undefined);
  });

  it('are the first ones from the beginning', async () => {
    await set('a');
    assert.equal(meantAt(0), 'a');
  });
});
