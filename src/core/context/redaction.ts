/** A secret value in a text. */
export interface Secret {
  readonly start: number;
  readonly end: number;
  /** The kind of secret, for example `github`. */
  readonly kind: string;
}

/** The kind of what may be a secret or not: the user decides with one click. */
export function possibly(kind: string): string {
  return `possible ${kind}`;
}

/** Whether all that was redacted in a text may be no secret. */
export function hasOnlyPossible(text: string): boolean {
  return countRedacted(text) > 0 && countRedacted(text.replaceAll('[redacted: possible ', '')) === 0;
}

/** Finds secrets in a text. */
export type FindSecrets = (text: string) => readonly Secret[];

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
  return text.match(/\[redacted: [^[\]\n]+\]/g)?.length ?? 0;
}
