import * as vscode from 'vscode';
import type { ApiKeyStore } from '../apiKey.ts';

/** Removes the API key from this editor. Chats and settings stay. */
export async function signOut(keys: ApiKeyStore): Promise<void> {
  await keys.remove();
  void vscode.window.showInformationMessage(
    'The API key was removed from this editor. It is still valid elsewhere.',
  );
}
