import { objectIn, objectsIn, arrayIn, parseJson, textIn } from '../util/json.ts';
import { withoutKeys } from '../util/withoutKeys.ts';

/** A key under the name that its owner gave it. */
export interface NamedKey {
  /** Another one for every value, so that a change of the key is seen without comparing keys. */
  readonly id: string;
  readonly name: string;
  readonly key: string;
  /** The names it had before, by which a workspace may still know it. */
  readonly former: readonly string[];
}

/** All keys of the user, and the one that a workspace without a choice of its own uses. */
export interface KeyRing {
  readonly keys: readonly NamedKey[];
  readonly defaultName: string;
}

/** The name of the first key, for which nobody is asked. */
export const firstKeyName = 'Default';

export const emptyKeyRing: KeyRing = { keys: [], defaultName: firstKeyName };

/** Reads a ring from its stored text; what is not a ring is an empty one. */
export function parseKeyRing(text: string): KeyRing {
  const stored = objectIn(parseJson(text));
  const keys = objectsIn(stored?.['keys']).flatMap((item) => {
    const [id, name, key] = [textIn(item['id']), textIn(item['name']), textIn(item['key'])];
    const former = arrayIn(item['former']).filter((each) => typeof each === 'string');
    return id === undefined || name === undefined || key === undefined ? [] : [{ id, name, key, former }];
  });
  return { keys, defaultName: textIn(stored?.['defaultName']) ?? firstKeyName };
}

/** The ring as it is stored. */
export function formatKeyRing(ring: KeyRing): string {
  return JSON.stringify(ring);
}

/** The key of this name, or else the one that once had it. */
export function keyNamed(ring: KeyRing, name: string): NamedKey | undefined {
  return (
    ring.keys.find((each) => isSameName(each.name, name)) ??
    ring.keys.find(({ former }) => former.some((each) => isSameName(each, name)))
  );
}

/**
 * The key that a workspace uses. A name whose key is gone means none: another key would spend somebody else's money
 * without a word.
 */
export function activeKey(ring: KeyRing, choice: string | undefined): NamedKey | undefined {
  return keyNamed(ring, choice ?? ring.defaultName);
}

/** Keeps a key under a name, in place of the one that has it. */
export function withKey(ring: KeyRing, { name, key, id }: Omit<NamedKey, 'former'>): KeyRing {
  const at = ring.keys.findIndex((each) => isSameName(each.name, name));
  const present = ring.keys[at];
  if (present) {
    return { ...ring, keys: ring.keys.with(at, { ...present, key, id }) };
  }
  // Workspaces that follow the default must not be left without a key when there is one.
  const defaultName = keyNamed(ring, ring.defaultName) ? ring.defaultName : name;
  return { keys: [...withoutFormer(ring.keys, name), { id, name, key, former: [] }], defaultName };
}

/** Takes a key out. */
export function withoutKey(ring: KeyRing, name: string): KeyRing {
  return { ...ring, keys: ring.keys.filter((each) => !isSameName(each.name, name)) };
}

/** Gives a key another name; workspaces that know the old one still find it. */
export function renamed(ring: KeyRing, from: string, to: string): KeyRing {
  const keys = withoutFormer(ring.keys, to).map((each) =>
    isSameName(each.name, from) ? { ...each, name: to, former: [...each.former, each.name] } : each,
  );
  return { keys, defaultName: isSameName(ring.defaultName, from) ? to : ring.defaultName };
}

/** Makes a key the one of every workspace that has chosen none. */
export function withDefault(ring: KeyRing, name: string): KeyRing {
  return { ...ring, defaultName: name };
}

/** Why a text cannot be the name of a key; `undefined` when it can. */
export type KeyNameFault = 'empty' | 'tooLong' | 'taken' | 'key';

const maxNameLength = 60;

/** Checks a name, already trimmed. A key in the place of a name would be kept where names are. */
export function keyNameFault(ring: KeyRing, name: string, present?: string): KeyNameFault | undefined {
  if (name === '') {
    return 'empty';
  }
  if (withoutKeys(name) !== name || ring.keys.some(({ key }) => name.includes(key))) {
    return 'key';
  }
  if (name.length > maxNameLength) {
    return 'tooLong';
  }
  const others = ring.keys.filter((each) => present === undefined || !isSameName(each.name, present));
  return others.some((each) => isSameName(each.name, name)) ? 'taken' : undefined;
}

/** A name that is still free, to begin with. */
export function freeKeyName(ring: KeyRing): string {
  const names = [firstKeyName, ...ring.keys.map((_, index) => `Key ${String(index + 2)}`)];
  return names.find((name) => keyNameFault(ring, name) === undefined) ?? '';
}

/** "Work" and "work" would be told apart by nobody. */
function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** A name that is given again no longer leads to the key that had it once. */
function withoutFormer(keys: readonly NamedKey[], name: string): readonly NamedKey[] {
  return keys.map((each) => ({ ...each, former: each.former.filter((past) => !isSameName(past, name)) }));
}
