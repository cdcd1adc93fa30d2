import * as vscode from 'vscode';
import type { ApiKeyStore } from '../apiKey.ts';
import { commandIds, type CommandId } from '../contributions.ts';

interface Way extends vscode.QuickPickItem {
  readonly id: CommandId;
}

const ways: readonly Way[] = [
  {
    id: commandIds.signIn,
    label: '$(sign-in) Sign in with OpenRouter',
    detail: 'Opens a page in the browser and makes a key there',
  },
  { id: commandIds.setApiKey, label: '$(key) Set API key', detail: 'Takes a key that you have' },
];

const switchWay: Way = {
  id: commandIds.switchKey,
  label: '$(arrow-swap) Switch key',
  detail: 'Uses one of the keys that are kept already',
};

/** Lets a command pass when there is a key; else leads to one, and on from there. */
export async function passKeyGate(keys: ApiKeyStore): Promise<boolean> {
  if ((await keys.get()) !== undefined) {
    return true;
  }
  const way = await vscode.window.showQuickPick<Way>(
    keys.summary.names.length === 0 ? ways : [switchWay, ...ways],
    { title: 'No API Key', placeHolder: 'This needs an API key of OpenRouter', ignoreFocusOut: true },
  );
  if (way) {
    await vscode.commands.executeCommand(way.id);
  }
  return (await keys.get()) !== undefined;
}
