/** A value in a text that nobody else should see. */
export interface Secret {
  readonly start: number;
  readonly end: number;
  /** Names what it is, for example `github`. */
  readonly kind: string;
}

/** Finds secrets in a text; `path` tells what kind of file it is from. */
export type FindSecrets = (text: string, path: string) => Promise<readonly Secret[]>;

/** Puts a mark in the place of each secret, so that it can be seen what was taken out. */
export function redact(text: string, secrets: readonly Secret[]): string {
  let result = '';
  let end = 0;
  for (const secret of secrets.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    // Two finders may see the same value, or one inside the other.
    if (secret.end > end) {
      result += text.slice(end, Math.max(end, secret.start));
      result += secret.start < end ? '' : `[redacted: ${secret.kind}]`;
      end = secret.end;
    }
  }
  return result + text.slice(end);
}

/** How many secrets were taken out of a text. */
export function countRedacted(text: string): number {
  return text.match(/\[redacted: [^\]\n]+\]/g)?.length ?? 0;
}

const openRouterKey = /\bsk-or-v1-[\w-]{16,}/g;

/** The keys of OpenRouter in a text, which general finders do not know. */
export function findOpenRouterKeys(text: string): readonly Secret[] {
  return Array.from(text.matchAll(openRouterKey), ({ index, 0: key }) => ({
    start: index,
    end: index + key.length,
    kind: 'openrouter',
  }));
}
