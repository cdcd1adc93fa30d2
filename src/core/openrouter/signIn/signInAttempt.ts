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

/**
 * One sign-in. Its state, its verifier and its result are good once and for ten minutes; another try is another
 * attempt.
 */
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

  /** Where the service has to come back to. The state is in the path, because the service may not repeat a query. */
  get callbackPath(): string {
    return `${callbackFolder}/${this.#state}`;
  }

  /** Whether nothing can come of this attempt any more. */
  get over(): boolean {
    return this.#minted === undefined && (this.#spent || this.#now() >= this.#expiresAt);
  }

  /** The key that was made and waits to be kept. */
  get minted(): string | undefined {
    return this.#minted;
  }

  /** The page to open. */
  url(options: { readonly callbackUrl?: string; readonly limit?: MicroDollars }): string {
    return authorizationUrl({ baseUrl: this.baseUrl, challenge: this.#pkce.challenge, ...options });
  }

  /** Takes a callback once, and only with the right state. */
  receive(path: string, query: string): Callback {
    if (path !== this.callbackPath || this.#called || this.over) {
      return { outcome: 'refused' };
    }
    // A service that does not expect a query in a callback may begin a second one.
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
   * The key for a code. Once it is made it is given again, because a key that could not be checked must not be lost.
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
      // The service has seen the verifier with a code that it knows: neither is good any more.
      this.#spent = error instanceof SignInError && isFinal(error);
      throw error;
    }
  }

  /** Forgets the key, which is kept or given up. */
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
