/** Why a text cannot be an API key; `undefined` when it may be one. Nothing is sent to find out. */
export type KeyFault = 'empty' | 'spaces' | 'characters' | 'tooShort';

const minKeyLength = 8;

/** Checks the form of a key, already trimmed. Gateways have keys of their own form, so only the impossible is refused. */
export function keyFault(key: string): KeyFault | undefined {
  if (key === '') {
    return 'empty';
  }
  if (/\s/.test(key)) {
    return 'spaces';
  }
  // A header carries visible ASCII only.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    return 'characters';
  }
  return key.length < minKeyLength ? 'tooShort' : undefined;
}

/** Whether a key has the form of OpenRouter's own. Others may be a gateway's, but are more often a slip. */
export function isOpenRouterKey(key: string): boolean {
  return /^sk-or-[\w-]{4,}$/.test(key);
}

/**
 * Removes the key in use, and anything that looks like a key of OpenRouter, from words that will be shown, saved or
 * logged: a server may repeat the key that it refuses.
 */
export function withoutKeys(words: string, key = ''): string {
  // A key too short to be one would only make holes in the words.
  const others = key.length < minKeyLength ? words : words.replaceAll(key, '…');
  return others.replace(/sk-or-[\w-]{8,}/g, 'sk-or-…');
}
