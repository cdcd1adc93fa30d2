import type { BaseUrl } from '../model/server.ts';
import { microDollarsFrom, type MicroDollars } from '../money/money.ts';
import { withoutKeys } from '../util/withoutKeys.ts';

/** Sign-in failures, besides those of any request. */
export type SignInFault =
  /** The user or the service declined. */
  | 'denied'
  /** The service doesn't know the code, or it was already used. */
  | 'invalidCode'
  | 'expiredCode'
  /** The code belongs to another sign-in. */
  | 'wrongVerifier'
  /** The service didn't understand the request. */
  | 'malformed'
  /** Ours: the sign-in outlived its code. */
  | 'expired'
  /** Ours: a sign-in gives only one key. */
  | 'used'
  /** The editor or the user didn't open the page. */
  | 'notOpened'
  /** The server isn't OpenRouter. */
  | 'unavailable'
  /** The server setting changed during sign-in. */
  | 'serverChanged';

/** A failed sign-in: why, and the service's words. */
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

/** How long a sign-in may take: as long as the service's codes live. */
export const signInLifetimeMs = 10 * 60 * 1_000;

/** The result of a callback; a rejected one leaves the sign-in unchanged. */
export type Callback =
  | { readonly outcome: 'code'; readonly code: string }
  | { readonly outcome: 'denied'; readonly words: string }
  | { readonly outcome: 'refused' };

/** One sign-in. What comes of it is good once; another try is another attempt. */
export interface SignInAttempt {
  readonly baseUrl: BaseUrl;
  /** Where the service has to come back to. */
  readonly callbackPath: string;
  /** Whether this attempt is used up. */
  readonly over: boolean;
  /** The issued key, waiting to be stored. */
  readonly minted: string | undefined;
  /** The page to open. */
  url(options: { readonly callbackUrl?: string; readonly limit?: MicroDollars }): string;
  /** Takes a callback once. */
  receive(path: string, query: string): Callback;
  /** The key for a code, again if it was made already. Throws `SignInError` or `RequestError`. */
  redeem(code: string, signal: AbortSignal): Promise<string>;
  /** Forgets the key, which is stored or given up. */
  close(): void;
}

/** Makes keys for those who sign in. */
export interface SignInService {
  /** Whether keys can be had by signing in there. Throws a `RequestError`. */
  isOffered(baseUrl: BaseUrl, signal: AbortSignal): Promise<boolean>;
  begin(baseUrl: BaseUrl, now: () => number): Promise<SignInAttempt>;
}

/**
 * Whether the service accepts this callback address: any https, http on this machine, and the editor's own scheme,
 * which is known to work for other extensions.
 */
export function isCallbackAcceptable(callback: string, editorScheme: string): boolean {
  const url = URL.parse(callback);
  if (url?.protocol === 'http:') {
    return url.hostname === '127.0.0.1' || url.hostname === 'localhost';
  }
  return url?.protocol === 'https:' || url?.protocol === `${editorScheme}:`;
}

/** Parses a typed limit: absent for none, an amount in USD, or `invalid`. */
export function readLimit(text: string): { readonly limit?: MicroDollars } | 'invalid' {
  const amount = text.trim().replace(/^\$\s*/, '');
  if (amount === '') {
    return {};
  }
  const limit = /^\d{1,9}(\.\d{1,6})?$/.test(amount) ? microDollarsFrom(amount) : undefined;
  return limit === undefined || limit <= 0 ? 'invalid' : { limit };
}
