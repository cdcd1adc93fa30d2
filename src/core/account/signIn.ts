import type { BaseUrl } from '../model/server.ts';
import { microDollarsFrom, type MicroDollars } from '../money/money.ts';
import { withoutKeys } from '../util/withoutKeys.ts';

/** What can go wrong with a sign-in besides what can go wrong with any request. */
export type SignInFault =
  /** The user, or the service, said no on the page. */
  | 'denied'
  /** The service does not know the code, or it was used before. */
  | 'invalidCode'
  | 'expiredCode'
  /** The code belongs to another sign-in. */
  | 'wrongVerifier'
  /** The service did not understand the request. */
  | 'malformed'
  /** Ours: the sign-in took longer than a code lives. */
  | 'expired'
  /** Ours: a sign-in gives one key. */
  | 'used'
  /** The editor, or who sits before it, did not open the page. */
  | 'notOpened'
  /** The server is not OpenRouter. */
  | 'unavailable'
  /** The setting of the server changed on the way. */
  | 'serverChanged';

/** A sign-in that failed: why, and the service's own words. */
export class SignInError extends Error {
  readonly fault: SignInFault;
  readonly detail?: string;

  constructor(fault: SignInFault, detail = '') {
    super(`sign-in failed: ${fault}`);
    this.name = 'SignInError';
    this.fault = fault;
    if (detail !== '') {
      this.detail = withoutKeys(detail);
    }
  }
}

/** How long one sign-in may take: as long as a code of the service lives. */
export const signInLifetimeMs = 10 * 60 * 1_000;

/** What a callback came to; a refused one leaves the sign-in as it was. */
export type Callback =
  | { readonly outcome: 'code'; readonly code: string }
  | { readonly outcome: 'denied'; readonly words: string }
  | { readonly outcome: 'refused' };

/** One sign-in. What comes of it is good once; another try is another attempt. */
export interface SignInAttempt {
  readonly baseUrl: BaseUrl;
  /** Where the service has to come back to. */
  readonly callbackPath: string;
  /** Whether nothing can come of this attempt any more. */
  readonly over: boolean;
  /** The key that was made and waits to be kept. */
  readonly minted: string | undefined;
  /** The page to open. */
  url(options: { readonly callbackUrl?: string; readonly limit?: MicroDollars }): string;
  /** Takes a callback once. */
  receive(path: string, query: string): Callback;
  /** The key for a code, again if it was made already. Throws `SignInError` or `RequestError`. */
  redeem(code: string, signal: AbortSignal): Promise<string>;
  /** Forgets the key, which is kept or given up. */
  close(): void;
}

/** Makes keys for those who sign in. */
export interface SignInService {
  /** Whether keys can be had by signing in there. Throws a `RequestError`. */
  isOffered(baseUrl: BaseUrl, signal: AbortSignal): Promise<boolean>;
  begin(baseUrl: BaseUrl, now: () => number): Promise<SignInAttempt>;
}

/**
 * Whether the service goes back to such an address: https anywhere, http to this machine, and the editor's own
 * scheme, with which other extensions are known to work.
 */
export function isCallbackAcceptable(callback: string, editorScheme: string): boolean {
  const url = URL.parse(callback);
  if (url?.protocol === 'http:') {
    return url.hostname === '127.0.0.1' || url.hostname === 'localhost';
  }
  return url?.protocol === 'https:' || url?.protocol === `${editorScheme}:`;
}

/** A limit as a person types it: nothing for none, or an amount in USD; `invalid` when it is neither. */
export function readLimit(text: string): { readonly limit?: MicroDollars } | 'invalid' {
  const amount = text.trim().replace(/^\$\s*/, '');
  if (amount === '') {
    return {};
  }
  const limit = /^\d{1,9}(\.\d{1,6})?$/.test(amount) ? microDollarsFrom(amount) : undefined;
  return limit === undefined || limit <= 0 ? 'invalid' : { limit };
}
