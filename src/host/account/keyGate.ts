import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { RequestError } from '../../core/model/requestError.ts';
import { runCommand } from '../platform/commands.ts';
import { commandIds, type CommandId } from '../platform/contributions.ts';
import type { KeyParts, KeyService } from './keyCheck.ts';

interface Way extends vscode.QuickPickItem {
  readonly id: CommandId;
}

const ways = (): readonly Way[] => [
  {
    id: commandIds.signIn,
    label: `$(sign-in) ${t('Sign in with OpenRouter')}`,
    detail: t('Opens OpenRouter in the browser and creates a key'),
  },
  { id: commandIds.setApiKey, label: `$(key) ${t('Set API key')}`, detail: t('Uses a key you already have') },
];

const switchWay = (): Way => ({
  id: commandIds.switchKey,
  label: `$(arrow-swap) ${t('Switch key')}`,
  detail: t('Uses one of your stored keys'),
});

/** Lets a command run if there is a key or the server needs none; otherwise helps to set one, then continues. */
export async function passKeyGate({ keys, account }: KeyParts): Promise<boolean> {
  if ((await keys.get()) !== undefined || (await wantsNoKey(account))) {
    return true;
  }
  const way = await vscode.window.showQuickPick<Way>(
    keys.summary.names.length === 0 ? ways() : [switchWay(), ...ways()],
    { title: t('No API Key'), placeHolder: t('This needs an OpenRouter API key'), ignoreFocusOut: true },
  );
  if (way) {
    await runCommand(way.id);
  }
  return (await keys.get()) !== undefined;
}

/** Servers other than OpenRouter may work without a key; if not, they say so. */
async function wantsNoKey(account: KeyService): Promise<boolean> {
  try {
    return (await account.serverKind(new AbortController().signal)) === 'other';
  } catch (error) {
    // An invalid base URL is reported by whatever uses it next.
    if (error instanceof RequestError) {
      return false;
    }
    throw error;
  }
}
