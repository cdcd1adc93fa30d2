import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { readLimit } from '../../../core/account/signIn.ts';
import { firstKeyName } from '../../../core/account/keyRing.ts';
import type { ApiKeyStore } from '../apiKeyStore.ts';
import type { Whereabouts } from '../../platform/restoreFocusAfter.ts';
import { keptWords } from '../keyCheck.ts';
import { askKeyName } from '../keyName.ts';
import type { SignInParts, KeyOptions } from './issuedKey.ts';
import { signInFrom } from './signInFlow.ts';
import { signInMethod } from './signInMethod.ts';
import { setApiKey } from '../setApiKey.ts';

/** Creates a key on OpenRouter's page, checks it, then stores it, and reports the result. */
export async function signIn(parts: SignInParts, signal: AbortSignal): Promise<Whereabouts> {
  const baseUrl = parts.settings.baseUrl();
  if (!(await parts.service.isOffered(baseUrl, signal))) {
    return tellUnavailable(parts, baseUrl);
  }
  const name = await chooseName(parts.keys);
  const keyOptions = name === undefined ? undefined : await askLimit();
  if (name === undefined || !keyOptions || signal.aborted) {
    return undefined;
  }
  const place = { web: vscode.env.uiKind === vscode.UIKind.Web, remoteName: vscode.env.remoteName };
  const issued = await signInFrom(signInMethod(place), { parts, baseUrl, keyOptions }, signal);
  if (issued === 'setApiKey') {
    return setApiKey(parts);
  }
  if (issued) {
    await parts.keys.set(name, issued.key);
    void vscode.window.showInformationMessage(keptWords(parts.keys, name, issued.info));
  }
  return issued?.late === true ? 'waited' : undefined;
}

async function tellUnavailable(parts: SignInParts, baseUrl: string): Promise<Whereabouts> {
  const setInstead = t('Set API Key');
  const words = t(
    'Sign-in works only with OpenRouter, and "switchboard.baseUrl" points to {0}. Set an API key for ' +
      'that server instead.',
    new URL(baseUrl).host,
  );
  if ((await vscode.window.showWarningMessage(words, setInstead)) === setInstead) {
    return setApiKey(parts);
  }
  // A notification can be answered at any time.
  return 'waited';
}

/** The new key's name: not asked for while it is the only one. */
async function chooseName(keys: ApiKeyStore): Promise<string | undefined> {
  const [ring, active] = [await keys.ring(), await keys.active()];
  if (ring.keys.length === 0) {
    return firstKeyName;
  }
  if (!active) {
    return askKeyName(keys);
  }
  const [replace, add] = [
    `$(arrow-swap) ${t('Replace "{0}"', active.name)}`,
    `$(add) ${t('Add under a new name')}`,
  ];
  const picked = await vscode.window.showQuickPick([replace, add], {
    title: t('Sign In with OpenRouter'),
    placeHolder: t('A key already exists'),
    ignoreFocusOut: true,
  });
  if (picked === replace) {
    return active.name;
  }
  return picked === add ? askKeyName(keys) : undefined;
}

async function askLimit(): Promise<KeyOptions | undefined> {
  const text = await vscode.window.showInputBox({
    title: t('Limit of the New Key'),
    prompt: t('Spending limit for the new key, in USD. Leave empty for no limit.'),
    placeHolder: t('No limit'),
    ignoreFocusOut: true,
    validateInput: (value) =>
      readLimit(value) === 'invalid'
        ? t('Enter an amount in USD, such as 5 or 2.50, or leave it empty.')
        : undefined,
  });
  const limit = text === undefined ? 'invalid' : readLimit(text);
  return limit === 'invalid' ? undefined : limit;
}
