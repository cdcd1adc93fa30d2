import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ApiKeyStore } from './apiKeyStore.ts';

const title = (): string => t('Sign Out');

/** Removes the current key from this editor after confirmation. No other key replaces it; chats and settings stay. */
export async function signOut(keys: ApiKeyStore): Promise<void> {
  const inUse = await keys.inUse();
  switch (inUse?.origin) {
    case 'stored':
      return removeKey(keys, inUse.name);
    case 'environment':
      return leaveEnvironment(keys);
    case undefined:
      void vscode.window.showInformationMessage(t('No API key is in use in this workspace.'));
      return;
    default:
      inUse satisfies never;
  }
}

/** Removes a key after confirmation; workspaces that use it have none afterward. */
export async function removeKey(keys: ApiKeyStore, name: string): Promise<void> {
  const asked = await vscode.window.showWarningMessage(
    t('Remove the API key "{0}" from this editor?', name),
    { modal: true, detail: t('The key stays valid elsewhere. Workspaces that use it will have no key.') },
    title(),
  );
  if (asked === title()) {
    await keys.remove(name);
    void vscode.window.showInformationMessage(
      t('The API key "{0}" was removed from this editor. It\'s still valid elsewhere.', name),
    );
  }
}

async function leaveEnvironment(keys: ApiKeyStore): Promise<void> {
  const asked = await vscode.window.showWarningMessage(
    t('Stop using the API key from the environment?'),
    { modal: true, detail: t("It comes from OPENROUTER_API_KEY, which isn't changed.") },
    title(),
  );
  if (asked === title()) {
    await keys.leaveEnvironment();
    void vscode.window.showInformationMessage(t('The API key from the environment is no longer used.'));
  }
}
