import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  activeKey,
  emptyKeyRing,
  formatKeyRing,
  freeKeyName,
  keyNameFault,
  keyNamed,
  parseKeyRing,
  renamed,
  withDefault,
  withKey,
  withoutKey,
  type KeyRing,
} from '../../../src/core/account/keyRing.ts';

/** A ring of keys with these names; the key of "Work" is "key of Work". */
function ringOf(...names: readonly string[]): KeyRing {
  return names.reduce(
    (ring, name) => withKey(ring, { id: `id of ${name}`, name, key: `key of ${name}` }),
    emptyKeyRing,
  );
}
const namesOf = (ring: KeyRing): readonly string[] => ring.keys.map(({ name }) => name);

describe('a ring of keys', () => {
  it('makes the first key the one of every workspace', () => {
    assert.equal(activeKey(emptyKeyRing, undefined), undefined);
    assert.equal(activeKey(ringOf('Home'), undefined)?.key, 'key of Home');
    assert.equal(activeKey(ringOf('Home', 'Work'), undefined)?.key, 'key of Home');
    assert.equal(activeKey(ringOf('Home', 'Work'), 'Work')?.key, 'key of Work');
  });

  it('replaces a named key in place, ignoring case', () => {
    const ring = withKey(ringOf('Home', 'Work'), { id: 'new', name: 'home', key: 'another' });
    assert.deepEqual(namesOf(ring), ['Home', 'Work']);
    assert.equal(keyNamed(ring, 'HOME')?.key, 'another');
    assert.equal(keyNamed(ring, 'Home')?.id, 'new');
  });

  it('gives a workspace whose key was removed no other key', () => {
    const ring = withoutKey(ringOf('Home', 'Work'), 'Home');
    assert.equal(activeKey(ring, undefined), undefined);
    assert.equal(activeKey(ring, 'Home'), undefined);
    assert.equal(activeKey(ring, 'Work')?.name, 'Work');
  });

  it('gives the key back when it is added under its name again', () => {
    const ring = withKey(withoutKey(ringOf('Home', 'Work'), 'Work'), { id: 'x', name: 'Work', key: 'again' });
    assert.equal(activeKey(ring, 'Work')?.key, 'again');
  });

  it('has another default when a key is added while the default is gone', () => {
    const ring = withKey(withoutKey(ringOf('Home', 'Work'), 'Home'), { id: 'x', name: 'New', key: 'k' });
    assert.equal(activeKey(ring, undefined)?.name, 'New');
    assert.equal(activeKey(withDefault(ring, 'Work'), undefined)?.name, 'Work');
  });

  it('finds a renamed key by its old names, in workspaces and as the default', () => {
    const ring = renamed(renamed(ringOf('Home', 'Work'), 'Home', 'House'), 'House', 'Castle');
    for (const choice of ['Home', 'House', 'Castle', undefined]) {
      assert.equal(activeKey(ring, choice)?.key, 'key of Home', choice);
    }
  });

  it('leads an old name that is given again to the new key only', () => {
    const moved = renamed(ringOf('Home', 'Work'), 'Home', 'House');
    const added = withKey(moved, { id: 'x', name: 'Home', key: 'new' });
    assert.equal(activeKey(added, 'Home')?.key, 'new');
    assert.equal(activeKey(withoutKey(added, 'Home'), 'Home'), undefined);
    assert.equal(activeKey(renamed(moved, 'Work', 'Home'), 'Home')?.key, 'key of Work');
  });

  it('takes a name in another case as a rename', () => {
    const ring = renamed(ringOf('home'), 'home', 'Home');
    assert.deepEqual(namesOf(ring), ['Home']);
    assert.equal(activeKey(ring, undefined)?.name, 'Home');
  });

  it('is stored and read back unchanged', () => {
    const name = fc.string({ minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), name, (names, other) => {
        const ring = renamed(ringOf(...names), names[0] ?? '', other);
        assert.deepEqual(parseKeyRing(formatKeyRing(ring)), ring);
      }),
    );
  });

  it("is empty if the stored text isn't a ring", () => {
    for (const text of [
      '',
      'sk-or-v1-abc',
      '[]',
      '{"keys":[{"name":"A"},7,{"id":"","name":"B","key":"c"}]}',
    ]) {
      assert.deepEqual(parseKeyRing(text), emptyKeyRing, text);
    }
  });
});

describe('the name of a key', () => {
  const ring = ringOf('Home', 'Work');

  it('is neither empty nor too long nor taken', () => {
    assert.equal(keyNameFault(ring, ''), 'empty');
    assert.equal(keyNameFault(ring, 'x'.repeat(61)), 'tooLong');
    assert.equal(keyNameFault(ring, 'wORK'), 'taken');
    assert.equal(keyNameFault(ring, 'Client'), undefined);
  });

  it('may be its own present one', () => {
    assert.equal(keyNameFault(ring, 'WORK', 'Work'), undefined);
    assert.equal(keyNameFault(ring, 'Home', 'Work'), 'taken');
  });

  it('is never a key, because names are kept where keys must not be', () => {
    assert.equal(keyNameFault(ring, 'sk-or-v1-0123456789abcdef'), 'key');
    assert.equal(keyNameFault(ring, 'my key of Home'), 'key');
  });

  it('that is offered is free', () => {
    assert.equal(freeKeyName(emptyKeyRing), 'Default');
    assert.equal(freeKeyName(ringOf('Default')), 'Key 2');
    assert.equal(freeKeyName(ringOf('Default', 'Key 3')), 'Key 2');
    assert.equal(freeKeyName(ringOf('Default', 'Key 2')), 'Key 3');
  });
});
