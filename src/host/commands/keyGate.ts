import { RequestError } from '../../core/model/requestError.ts';
import { setApiKey, type KeyParts } from './setApiKey.ts';

/** Lets a command pass when there is a key, or the server wants none; else leads to setting one, and on from there. */
export async function passKeyGate(parts: KeyParts): Promise<boolean> {
  if ((await parts.keys.get()) === undefined && (await wantsNoKey(parts))) {
    return true;
  }
  if ((await parts.keys.get()) === undefined) {
    await setApiKey(parts);
  }
  return (await parts.keys.get()) !== undefined;
}

/** Another server than OpenRouter may be asked without a key; one that wants one will say so. */
async function wantsNoKey({ account }: KeyParts): Promise<boolean> {
  try {
    return (await account.serverKind(new AbortController().signal)) === 'other';
  } catch (error) {
    // A base URL that cannot be used is told by whatever uses it next.
    if (error instanceof RequestError) {
      return false;
    }
    throw error;
  }
}
