import * as vscode from 'vscode';
import type { OutsideRemedyKind } from '../../protocol/remedies.ts';
import { runCommand } from '../platform/commands.ts';
import { commandIds, settingsSection } from '../platform/contributions.ts';
import { links } from '../platform/links.ts';
import type { Whereabouts } from '../platform/restoreFocusAfter.ts';

/** Leads to what a remedy names; resolves when the user is done there, with where that has left them. */
export async function runRemedyCommand(kind: OutsideRemedyKind): Promise<Whereabouts> {
  switch (kind) {
    case 'signIn':
      return runCommand(commandIds.signIn);
    case 'setApiKey':
      return runCommand(commandIds.setApiKey);
    case 'addCredits':
      return open(links.credits);
    case 'privacySettings':
      return open(links.privacy);
    case 'serviceStatus':
      return open(links.status);
    case 'switchModel':
      await runCommand(commandIds.selectModel);
      return undefined;
    case 'openSettings':
      return openSettings(settingsSection);
    case 'raiseLimit':
      return openSettings(`${settingsSection}.budget`);
    default:
      return kind satisfies never;
  }
}

async function openSettings(query: string): Promise<'arrived'> {
  await vscode.commands.executeCommand('workbench.action.openSettings', query);
  return 'arrived';
}

/** The user has just dismissed the dialog that asks to open the page. */
async function open(link: string): Promise<Whereabouts> {
  return (await vscode.env.openExternal(vscode.Uri.parse(link))) ? 'arrived' : undefined;
}
