import { setApiKey, type KeyParts } from './setApiKey.ts';

/** Lets a command pass when there is a key; else leads to setting one, and on from there. */
export async function passKeyGate(parts: KeyParts): Promise<boolean> {
  if ((await parts.keys.get()) === undefined) {
    await setApiKey(parts);
  }
  return (await parts.keys.get()) !== undefined;
}
