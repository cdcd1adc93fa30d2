import { minKeyLength } from '../util/withoutKeys.ts';

/** Why a text can't be an API key; `undefined` if it can. Nothing is sent to find out. */
export type KeyFault = 'empty' | 'spaces' | 'characters' | 'tooShort';

/** Checks a trimmed key. Gateways have their own formats, so only the impossible is rejected. */
export function keyFault(key: string): KeyFault | undefined {
  if (key === '') {
    return 'empty';
  }
  if (/\s/.test(key)) {
    return 'spaces';
  }
  // A header carries only visible ASCII.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    return 'characters';
  }
  return key.length < minKeyLength ? 'tooShort' : undefined;
}

/** Whether a key looks like OpenRouter's. Others may be a gateway's but are usually a mistake. */
export function isOpenRouterKey(key: string): boolean {
  return /^sk-or-[\w-]{4,}$/.test(key);
}
