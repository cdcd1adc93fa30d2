/** Shorter than this no API key is; in characters. */
export const minKeyLength = 8;

/**
 * Removes the current key, and anything that looks like an OpenRouter key, from words to show, save, or log: a server
 * may repeat a rejected key.
 */
export function withoutKeys(words: string, key = ''): string {
  // Removing a text too short to be a key would only damage the words.
  const others = key.length < minKeyLength ? words : words.replaceAll(key, '…');
  return others.replace(/sk-or-[\w-]{8,}/g, 'sk-or-…');
}
