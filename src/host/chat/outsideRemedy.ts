import * as vscode from 'vscode';
import type { Remedy } from '../../protocol/chatView.ts';
import { commandIds, settingsSection } from '../contributions.ts';
import { links } from '../links.ts';

/** The ways on that lead away from what has failed: to a command, to settings, or to a page of the web. */
export type OutsideRemedy = Extract<
  Remedy['kind'],
  'signIn' | 'setApiKey' | 'addCredits' | 'privacySettings' | 'switchModel' | 'openSettings' | 'raiseLimit'
>;

/** Goes one of those ways; resolves when the user has done there what there is to do. */
export async function goOutside(kind: OutsideRemedy): Promise<void> {
  switch (kind) {
    case 'signIn':
      await vscode.commands.executeCommand(commandIds.signIn);
      break;
    case 'setApiKey':
      await vscode.commands.executeCommand(commandIds.setApiKey);
      break;
    case 'addCredits':
      await open(links.credits);
      break;
    case 'privacySettings':
      await open(links.privacy);
      break;
    case 'switchModel':
      await vscode.commands.executeCommand(commandIds.selectModel);
      break;
    case 'openSettings':
      await openSettings(settingsSection);
      break;
    case 'raiseLimit':
      await openSettings(`${settingsSection}.budget`);
      break;
    default:
      kind satisfies never;
  }
}

async function openSettings(query: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', query);
}

async function open(link: string): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(link));
}
