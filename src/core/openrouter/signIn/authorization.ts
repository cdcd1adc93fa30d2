import type { MicroDollars } from '../../money/money.ts';
import type { BaseUrl } from '../../model/server.ts';

/** What the authorization page is told. */
export interface AuthorizationRequest {
  readonly baseUrl: BaseUrl;
  readonly challenge: string;
  /** Where the browser returns with the code; without it, the page shows the code. */
  readonly callbackUrl?: string;
  /** The new key's spending limit; absent means none. */
  readonly limit?: MicroDollars;
}

/** The new key's name at the service; it reveals nothing about the machine. */
const keyLabel = 'Switchboard';

/** The page's address, at the origin of the base URL, so that regional hosts use their own. */
export function authorizationUrl(request: AuthorizationRequest): string {
  const { baseUrl, challenge, callbackUrl, limit } = request;
  const url = new URL('/auth', baseUrl);
  if (callbackUrl !== undefined) {
    url.searchParams.set('callback_url', callbackUrl);
  }
  url.searchParams.set('code_challenge', challenge);
  url.searchParams.set('code_challenge_method', 'S256');
  url.searchParams.set('key_label', keyLabel);
  if (limit !== undefined) {
    url.searchParams.set('limit', String(limit / 1_000_000));
  }
  return url.href;
}
