import { isOpenRouterKey, keyFault } from './apiKeyFormat.ts';

/** A key that stands in the environment or an `.env` file. */
export interface FoundKey {
  /** The variable. */
  readonly name: string;
  readonly key: string;
}

/** The keys in the text of an `.env` file: those in OpenRouter's form, or in a variable named after it. */
export function keysInEnv(text: string): readonly FoundKey[] {
  return text.split(/\r\n|\n|\r/).flatMap((line) => {
    const [, name, value] = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : keysIn({ [name]: valueOf(value) });
  });
}

/** The same of variables. */
export function keysIn(variables: Readonly<Record<string, string | undefined>>): readonly FoundKey[] {
  return Object.entries(variables).flatMap(([name, value = '']) => {
    const key = value.trim();
    const isMeant = isOpenRouterKey(key) || /^OPENROUTER(_\w+)?_(API_)?KEY$/i.test(name);
    return isMeant && keyFault(key) === undefined ? [{ name, key }] : [];
  });
}

/** As much of a key as people may see: its end. */
export function maskedKey(key: string): string {
  return `…${key.slice(-4)}`;
}

/** A value without its quotes, or without the comment behind it. */
function valueOf(written: string): string {
  const quoted = /^(["'`])(.*?)\1\s*(?:#.*)?$/.exec(written.trim());
  if (quoted?.[2] !== undefined) {
    return quoted[2];
  }
  const comment = written.search(/\s#/);
  return (comment < 0 ? written : written.slice(0, comment)).trim();
}
