import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { freeKeyName, keyNameFault, type KeyNameFault } from '../../core/account/keyRing.ts';
import type { ApiKeyStore } from './apiKeyStore.ts';

const faultWords = (): Readonly<Record<KeyNameFault, string>> => ({
  empty: t('Enter a name.'),
  tooLong: t('This name is too long.'),
  taken: t('Another key already has this name.'),
  key: t('This is a key, and names are visible. Enter a different name.'),
});

/** Asks for a new key's name, or for a new name for `present`. */
export async function askKeyName(keys: ApiKeyStore, present?: string): Promise<string | undefined> {
  const ring = await keys.ring();
  const name = await vscode.window.showInputBox({
    title: present === undefined ? t('Key Name') : t('Rename "{0}"', present),
    prompt: t("A name that tells this key from your others. The name is visible; the key isn't."),
    value: present ?? freeKeyName(ring),
    ignoreFocusOut: true,
    validateInput: (value) => {
      const fault = keyNameFault(ring, value.trim(), present);
      return fault && faultWords()[fault];
    },
  });
  return name?.trim();
}
