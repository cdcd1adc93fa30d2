import type { MicroDollars } from '../../money/money.ts';
import { authorizationUrl } from './authorization.ts';
import { exchangeCode, offersSignIn } from './keyExchange.ts';
import {
  SignInError,
  signInLifetimeMs,
  type Callback,
  type SignInAttempt,
  type SignInService,
} from '../../account/signIn.ts';
import type { BaseUrl } from '../../model/server.ts';

const callbackFolder = '/signed-in';

/** One sign-in. Its state, verifier, and result are valid once, for ten minutes; another try is another attempt. */
export class OpenRouterSignIn implements SignInAttempt {
  readonly baseUrl: BaseUrl;
  readonly #pkce: Pkce;
  readonly #state = randomToken();
  readonly #now: () => number;
  readonly #expiresAt: number;
  #called = false;
  #spent = false;
  #minted: string | undefined;

  private constructor(baseUrl: BaseUrl, pkce: Pkce, now: () => number) {
    this.baseUrl = baseUrl;
    this.#pkce = pkce;
    this.#now = now;
    this.#expiresAt = now() + signInLifetimeMs;
  }

  static async begin(baseUrl: BaseUrl, now: () => number): Promise<OpenRouterSignIn> {
    return new OpenRouterSignIn(baseUrl, await newPkce(), now);
  }

  /** The callback address. The state is in the path, because the service may drop a query. */
  get callbackPath(): string {
    return `${callbackFolder}/${this.#state}`;
  }

  /** Whether this attempt is used up. */
  get over(): boolean {
    return this.#minted === undefined && (this.#spent || this.#now() >= this.#expiresAt);
  }

  /** The issued key, waiting to be stored. */
  get minted(): string | undefined {
    return this.#minted;
  }

  /** The page to open. */
  url(options: { readonly callbackUrl?: string; readonly limit?: MicroDollars }): string {
    return authorizationUrl({ baseUrl: this.baseUrl, challenge: this.#pkce.challenge, ...options });
  }

  /** Accepts one callback with the right state. */
  receive(path: string, query: string): Callback {
    if (path !== this.callbackPath || this.#called || this.over) {
      return { outcome: 'refused' };
    }
    // A service that doesn't expect a query in a callback may append a second one.
    const parameters = new URLSearchParams(query.replaceAll('?', '&'));
    const [code, error] = [parameters.get('code') ?? '', parameters.get('error') ?? ''];
    if (code === '' && error === '') {
      return { outcome: 'refused' };
    }
    this.#called = true;
    return error === ''
      ? { outcome: 'code', code }
      : { outcome: 'denied', words: parameters.get('error_description') ?? error };
  }

  /**
   * Returns the key for a code. An issued key is returned again, because one that couldn't be checked must not be lost.
   * Throws `SignInError` or `RequestError`.
   */
  async redeem(code: string, signal: AbortSignal): Promise<string> {
    if (this.#minted !== undefined) {
      return this.#minted;
    }
    if (this.#spent) {
      throw new SignInError('used');
    }
    if (this.over) {
      throw new SignInError('expired');
    }
    try {
      const proof = { baseUrl: this.baseUrl, code, verifier: this.#pkce.verifier };
      this.#minted = await exchangeCode(proof, signal);
      return this.#minted;
    } catch (error) {
      // The service has seen the verifier with a valid code, so both are used up.
      this.#spent = error instanceof SignInError && isFinal(error);
      throw error;
    }
  }

  /** Forgets the key, which is stored or given up. */
  close(): void {
    this.#spent = true;
    this.#minted = undefined;
  }
}

/** Signing in at OpenRouter, for whoever offers it to the user. */
export const openRouterSignIn: SignInService = {
  isOffered: offersSignIn,
  begin: (baseUrl, now) => OpenRouterSignIn.begin(baseUrl, now),
};

function isFinal({ fault }: SignInError): boolean {
  return fault === 'expiredCode' || fault === 'wrongVerifier' || fault === 'unavailable';
}

const verifierBytes = 32;

/** A secret shared by a sign-in's two requests, and its public challenge. */
export interface Pkce {
  readonly verifier: string;
  /** The verifier's SHA-256, for method `S256`. */
  readonly challenge: string;
}

/** Creates a verifier and its challenge (RFC 7636). */
export async function newPkce(): Promise<Pkce> {
  const verifier = randomToken();
  return { verifier, challenge: await challengeOf(verifier) };
}

/** A verifier's challenge. */
export async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return toBase64Url(new Uint8Array(digest));
}

/** An unguessable text of 43 URL-safe characters. */
export function randomToken(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(verifierBytes)));
}

function toBase64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/(?<!=)=+$/, '');
}
