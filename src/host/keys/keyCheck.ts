import type { KeyInfo } from '../../core/model/credit.ts';
import { formatBalance } from '../../core/model/money.ts';
import { RequestError } from '../../core/model/requestError.ts';
import type { OpenRouterAccount } from '../../core/openrouter/account.ts';
import type { ApiKeyStore } from '../apiKey.ts';

/** What is needed to check keys and to keep them. */
export interface KeyParts {
  readonly keys: ApiKeyStore;
  readonly account: OpenRouterAccount;
}

/**
 * Asks the service about a key that is to be kept; a server that is not OpenRouter has nothing to say of it. Throws a
 * `RequestError` unless it may ask models.
 */
export async function checkKey(
  account: OpenRouterAccount,
  key: string,
  signal: AbortSignal,
): Promise<KeyInfo | undefined> {
  const info = await account.checkKey(signal, key);
  if (info?.management === true) {
    throw new RequestError('managementKey');
  }
  return info;
}

/** A key as people know it again: its masked text or label, and what it may still spend. */
export function describeKey(key: KeyInfo): string {
  const limit =
    key.limit === undefined
      ? 'without a limit'
      : `${formatBalance(key.remaining ?? key.limit)} left of ${formatBalance(key.limit)}` +
        (key.reset === undefined ? '' : `, resets ${key.reset}`);
  return `${key.label} (${limit}${key.freeTier ? ', free tier' : ''})`;
}

/** What is said when a key was kept; its name only where there are several. */
export function keptWords(keys: ApiKeyStore, name: string, info: KeyInfo | undefined): string {
  const as = keys.summary.names.length > 1 ? ` as "${name}"` : '';
  return info ? `The API key is set${as}: ${describeKey(info)}.` : `The API key is set${as} for this server.`;
}
