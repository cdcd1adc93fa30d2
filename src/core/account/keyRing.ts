import { objectIn, objectsIn, arrayIn, parseJson, textIn } from '../util/json.ts';
import { withoutKeys } from '../util/withoutKeys.ts';

/** A named key. */
export interface NamedKey {
  /** Changes with the value, so that changes are noticed without comparing keys. */
  readonly id: string;
  readonly name: string;
  readonly key: string;
  /** Earlier names, which workspaces may still use. */
  readonly former: readonly string[];
}

/** All of the user's keys, and the default for workspaces without a choice. */
export interface KeyRing {
  readonly keys: readonly NamedKey[];
  readonly defaultName: string;
}

/** The name of the first key, which isn't asked for. */
export const firstKeyName = 'Default';

export const emptyKeyRing: KeyRing = { keys: [], defaultName: firstKeyName };

/** Reads a ring from stored text; anything invalid is an empty ring. */
export function parseKeyRing(text: string): KeyRing {
  const stored = objectIn(parseJson(text));
  const keys = objectsIn(stored?.['keys']).flatMap((item) => {
    const [id, name, key] = [textIn(item['id']), textIn(item['name']), textIn(item['key'])];
    const former = arrayIn(item['former']).filter((each) => typeof each === 'string');
    return id === undefined || name === undefined || key === undefined ? [] : [{ id, name, key, former }];
  });
  return { keys, defaultName: textIn(stored?.['defaultName']) ?? firstKeyName };
}

/** The ring as stored text. */
export function formatKeyRing(ring: KeyRing): string {
  return JSON.stringify(ring);
}

/** The key with this name, or else one that used to have it. */
export function keyNamed(ring: KeyRing, name: string): NamedKey | undefined {
  return (
    ring.keys.find((each) => isSameName(each.name, name)) ??
    ring.keys.find(({ former }) => former.some((each) => isSameName(each, name)))
  );
}

/** The key a workspace uses. If its key is gone, it has none: another key would silently spend someone else's money. */
export function activeKey(ring: KeyRing, choice: string | undefined): NamedKey | undefined {
  return keyNamed(ring, choice ?? ring.defaultName);
}

/** Stores a key under a name, replacing any key with that name. */
export function withKey(ring: KeyRing, { name, key, id }: Omit<NamedKey, 'former'>): KeyRing {
  const at = ring.keys.findIndex((each) => isSameName(each.name, name));
  const present = ring.keys[at];
  if (present) {
    return { ...ring, keys: ring.keys.with(at, { ...present, key, id }) };
  }
  // Workspaces that follow the default must have a key if there is one.
  const defaultName = keyNamed(ring, ring.defaultName) ? ring.defaultName : name;
  return { keys: [...withoutFormer(ring.keys, name), { id, name, key, former: [] }], defaultName };
}

/** Removes a key. */
export function withoutKey(ring: KeyRing, name: string): KeyRing {
  return { ...ring, keys: ring.keys.filter((each) => !isSameName(each.name, name)) };
}

/** Renames a key; workspaces that use the old name still find it. */
export function renamed(ring: KeyRing, from: string, to: string): KeyRing {
  const keys = withoutFormer(ring.keys, to).map((each) =>
    isSameName(each.name, from) ? { ...each, name: to, former: [...each.former, each.name] } : each,
  );
  return { keys, defaultName: isSameName(ring.defaultName, from) ? to : ring.defaultName };
}

/** Makes a key the default. */
export function withDefault(ring: KeyRing, name: string): KeyRing {
  return { ...ring, defaultName: name };
}

/** Why a text can't be a key's name; `undefined` if it can. */
export type KeyNameFault = 'empty' | 'tooLong' | 'taken' | 'key';

const maxNameLength = 60;

/** Checks a trimmed name. A key pasted as a name would be stored where names are visible. */
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

/** A free name to suggest. */
export function freeKeyName(ring: KeyRing): string {
  const names = [firstKeyName, ...ring.keys.map((_, index) => `Key ${String(index + 2)}`)];
  return names.find((name) => keyNameFault(ring, name) === undefined) ?? '';
}

/** Names that differ only in case would be confused. */
function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** A reused name no longer leads to the key that had it before. */
function withoutFormer(keys: readonly NamedKey[], name: string): readonly NamedKey[] {
  return keys.map((each) => ({ ...each, former: each.former.filter((past) => !isSameName(past, name)) }));
}
