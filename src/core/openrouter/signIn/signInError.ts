import { withoutKeys } from '../../util/apiKeyFormat.ts';

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
