/** Why a text can't be an API key; `undefined` if it can. Nothing is sent to find out. */
export type KeyFault = 'empty' | 'spaces' | 'characters' | 'tooShort';

const minKeyLength = 8;

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

/**
 * Removes the current key, and anything that looks like an OpenRouter key, from words to show, save, or log: a server
 * may repeat a rejected key.
 */
export function withoutKeys(words: string, key = ''): string {
  // Removing a text too short to be a key would only damage the words.
  const others = key.length < minKeyLength ? words : words.replaceAll(key, '…');
  return others.replace(/sk-or-[\w-]{8,}/g, 'sk-or-…');
}
