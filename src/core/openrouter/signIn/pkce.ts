const verifierBytes = 32;

/** A secret that only the two requests of one sign-in share, and what the first of them shows of it. */
export interface Pkce {
  readonly verifier: string;
  /** The SHA-256 of the verifier, as the method `S256` wants it. */
  readonly challenge: string;
}

/** Makes a new verifier and its challenge (RFC 7636). */
export async function newPkce(): Promise<Pkce> {
  const verifier = randomToken();
  return { verifier, challenge: await challengeOf(verifier) };
}

/** The challenge that belongs to a verifier. */
export async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return toBase64Url(new Uint8Array(digest));
}

/** Something that nobody can guess: 43 characters that need no escaping in a URL. */
export function randomToken(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(verifierBytes)));
}

function toBase64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
