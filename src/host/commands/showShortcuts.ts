import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { extensionId } from '../platform/contributions.ts';
import { shortcutItems } from '../words/shortcutItems.ts';

/** Lists the shortcuts of the chat and our commands, and opens the keybinding editor. */
export async function showShortcuts(packageJson: unknown): Promise<void> {
  const choice = await vscode.window.showQuickPick(shortcutItems(packageJson), {
    title: t('Switchboard Keyboard Shortcuts'),
    placeHolder: t('Search commands or shortcuts'),
    matchOnDescription: true,
  });
  if (choice?.change) {
    await vscode.commands.executeCommand('workbench.action.openGlobalKeybindings', `@ext:${extensionId}`);
  }
}
