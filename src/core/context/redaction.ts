/** A secret value in a text. */
export interface Secret {
  readonly start: number;
  readonly end: number;
  /** The kind of secret, for example `github`. */
  readonly kind: string;
}

/** Finds secrets in a text; `path` tells the kind of file. */
export type FindSecrets = (text: string, path: string) => Promise<readonly Secret[]>;

/** Replaces each secret with a placeholder. */
export function redact(text: string, secrets: readonly Secret[]): string {
  let result = '';
  let end = 0;
  for (const secret of secrets.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    // Two finders may report the same value, or overlapping ones.
    if (secret.end > end) {
      result += text.slice(end, Math.max(end, secret.start));
      result += secret.start < end ? '' : `[redacted: ${secret.kind}]`;
      end = secret.end;
    }
  }
  return result + text.slice(end);
}

/** How many secrets were redacted in a text. */
export function countRedacted(text: string): number {
  return text.match(/\[redacted: [^\]\n]+\]/g)?.length ?? 0;
}

const openRouterKey = /\bsk-or-v1-[\w-]{16,}/g;

/** OpenRouter keys in a text, which general finders don't know. */
export function findOpenRouterKeys(text: string): readonly Secret[] {
  return Array.from(text.matchAll(openRouterKey), ({ index, 0: key }) => ({
    start: index,
    end: index + key.length,
    kind: 'openrouter',
  }));
}
