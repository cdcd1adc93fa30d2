import * as vscode from 'vscode';
import type { Remedy } from '../../protocol/chatView.ts';
import { commandIds, settingsSection, type CommandId } from '../contributions.ts';
import { links } from '../links.ts';

/** The ways on that lead away from what has failed: to a command, to settings, or to a page of the web. */
export type OutsideRemedy = Extract<
  Remedy['kind'],
  'signIn' | 'setApiKey' | 'addCredits' | 'privacySettings' | 'switchModel' | 'openSettings' | 'raiseLimit'
>;

/** Goes one of those ways. */
export function goOutside(kind: OutsideRemedy): void {
  switch (kind) {
    case 'signIn':
      run(commandIds.signIn);
      break;
    case 'setApiKey':
      run(commandIds.setApiKey);
      break;
    case 'addCredits':
      open(links.credits);
      break;
    case 'privacySettings':
      open(links.privacy);
      break;
    case 'switchModel':
      run(commandIds.selectModel);
      break;
    case 'openSettings':
      void vscode.commands.executeCommand('workbench.action.openSettings', settingsSection);
      break;
    case 'raiseLimit':
      void vscode.commands.executeCommand('workbench.action.openSettings', `${settingsSection}.budget`);
      break;
    default:
      kind satisfies never;
  }
}

function run(id: CommandId): void {
  void vscode.commands.executeCommand(id);
}

function open(link: string): void {
  void vscode.env.openExternal(vscode.Uri.parse(link));
}
