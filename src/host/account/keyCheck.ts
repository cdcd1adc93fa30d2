import { t } from '@vscode/l10n';
import type { KeyInfo } from '../../core/account/credit.ts';
import { formatBalance } from '../../core/money/money.ts';
import { RequestError } from '../../core/model/requestError.ts';
import type { ServerKind } from '../../core/model/server.ts';
import type { ApiKeyStore } from './apiKeyStore.ts';
import { resetWords } from './resetWords.ts';

/** Who knows the keys: the service. */
export interface KeyService {
  /** The record of the stored key, or of another one. Throws a `RequestError`. */
  keyInfo(signal: AbortSignal, candidate?: string): Promise<KeyInfo>;
  /** The record of a key that is to be kept, or nothing where the server has none. Throws a `RequestError`. */
  checkKey(signal: AbortSignal, candidate: string): Promise<KeyInfo | undefined>;
  /** What kind of server it is; asks it where that is not known yet. */
  serverKind(signal: AbortSignal): Promise<ServerKind>;
}

/** What is needed to check and store keys. */
export interface KeyParts {
  readonly keys: ApiKeyStore;
  readonly account: KeyService;
}

/**
 * Asks the service about a key to be stored; a server that isn't OpenRouter can't say. Throws a `RequestError` unless
 * it may ask models.
 */
export async function checkKey(
  account: KeyService,
  key: string,
  signal: AbortSignal,
): Promise<KeyInfo | undefined> {
  const info = await account.checkKey(signal, key);
  if (info?.management === true) {
    throw new RequestError('managementKey');
  }
  return info;
}

/** A recognizable description of a key: its masked text or label, and what is left. */
export function describeKey(key: KeyInfo): string {
  const facts = [
    limitWords(key),
    ...(key.limit === undefined || key.reset === undefined ? [] : [t('resets {0}', resetWords(key.reset))]),
    ...(key.freeTier ? [t('free tier')] : []),
  ];
  return `${key.label} (${facts.join(', ')})`;
}

function limitWords({ limit, remaining }: KeyInfo): string {
  if (limit === undefined) {
    return t('no limit');
  }
  return remaining === undefined
    ? t('{0}, unknown how much is left', formatBalance(limit))
    : t('{0} of {1} left', formatBalance(remaining), formatBalance(limit));
}

/** What is said after storing a key; names it only if there are several. */
export function keptWords(keys: ApiKeyStore, name: string, info: KeyInfo | undefined): string {
  if (keys.summary.names.length > 1) {
    return info
      ? t('API key "{0}" saved: {1}.', name, describeKey(info))
      : t('API key "{0}" saved for this server.', name);
  }
  return info ? t('API key saved: {0}.', describeKey(info)) : t('API key saved for this server.');
}
