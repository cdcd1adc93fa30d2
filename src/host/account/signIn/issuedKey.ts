import { type SignInAttempt, SignInError, type SignInService } from '../../../core/account/signIn.ts';
import type { KeyInfo } from '../../../core/account/credit.ts';
import type { MicroDollars } from '../../../core/money/money.ts';
import { checkKey, type KeyParts } from '../keyCheck.ts';
import type { Settings } from '../../platform/settings.ts';

export interface SignInParts extends KeyParts {
  readonly service: SignInService;
  readonly settings: Pick<Settings, 'baseUrl'>;
  readonly now: () => number;
}

/** What the user wants for the new key. */
export interface KeyOptions {
  readonly limit?: MicroDollars;
}

/** A key that the service issued and accepts; not stored yet. */
export interface IssuedKey {
  readonly key: string;
  readonly info: KeyInfo | undefined;
}

/** Exchanges a code for a key and checks the key. */
export async function issuedKeyFor(
  parts: SignInParts,
  attempt: SignInAttempt,
  code: string,
  signal: AbortSignal,
): Promise<IssuedKey> {
  return checkIssuedKey(parts, attempt, await attempt.redeem(code, signal), signal);
}

/** Checks a key only with the server that issued it. */
export async function checkIssuedKey(
  { account, settings }: SignInParts,
  attempt: SignInAttempt,
  key: string,
  signal: AbortSignal,
): Promise<IssuedKey> {
  if (settings.baseUrl() !== attempt.baseUrl) {
    throw new SignInError('serverChanged');
  }
  return { key, info: await checkKey(account, key, signal) };
}
