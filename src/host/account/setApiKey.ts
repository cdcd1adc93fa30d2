import * as vscode from 'vscode';
import { firstKeyName } from '../../core/account/keyRing.ts';
import type { ApiKeyStore } from './apiKeyStore.ts';
import type { Whereabouts } from '../platform/restoreFocusAfter.ts';
import { askKey, type AcceptedKey, type KeyPlace } from './keyBox.ts';
import { keptWords, type KeyParts } from './keyCheck.ts';
import { askKeyName } from './keyName.ts';

/** Asks for a key, checks it with the service, stores it only if it may ask models, and reports the result. */
export async function setApiKey(parts: KeyParts, wish?: 'add'): Promise<Whereabouts> {
  const place = await placeFor(parts, wish);
  const answer = await askKey(parts, place);
  if (answer === 'add') {
    return setApiKey(parts, 'add');
  }
  if (answer === 'refusedLate' || answer === undefined) {
    return answer && 'arrived';
  }
  await keep(parts, place, answer);
  // What replaced the box is where the user is.
  return answer.late === true ? 'arrived' : undefined;
}

/** Stores an accepted key beside those that are there, and says so. */
export async function keepNewKey(parts: KeyParts, accepted: AcceptedKey): Promise<void> {
  await keep(parts, await placeFor(parts, 'add'), accepted);
}

async function keep({ keys }: KeyParts, place: KeyPlace, { key, info }: AcceptedKey): Promise<void> {
  const name = await nameFor(keys, place);
  if (name !== undefined) {
    await keys.set(name, key);
    void vscode.window.showInformationMessage(keptWords(keys, name, info));
  }
}

async function placeFor({ keys }: KeyParts, wish: 'add' | undefined): Promise<KeyPlace> {
  const [ring, active] = [await keys.ring(), await keys.active()];
  if (ring.keys.length === 0) {
    return { kind: 'first' };
  }
  return wish === 'add' || !active ? { kind: 'add' } : { kind: 'replace', name: active.name };
}

async function nameFor(keys: ApiKeyStore, place: KeyPlace): Promise<string | undefined> {
  switch (place.kind) {
    case 'first':
      return firstKeyName;
    case 'replace':
      return place.name;
    case 'add':
      return askKeyName(keys);
    default:
      return place satisfies never;
  }
}
