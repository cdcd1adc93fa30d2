import * as vscode from 'vscode';
import type { Remedy } from '../../protocol/chatView.ts';
import { runCommand } from '../platform/commands.ts';
import { commandIds, settingsSection } from '../platform/contributions.ts';
import { links } from '../platform/links.ts';
import type { Whereabouts } from '../platform/restoreFocusAfter.ts';

/** The ways on that lead away from what has failed: to a command, to settings, or to a page of the web. */
export type OutsideRemedy = Extract<
  Remedy['kind'],
  'signIn' | 'setApiKey' | 'addCredits' | 'privacySettings' | 'switchModel' | 'openSettings' | 'raiseLimit'
>;

/** Goes one of those ways; resolves when the user has done there what there is to do, with where that has led. */
export async function runRemedyCommand(kind: OutsideRemedy): Promise<Whereabouts> {
  switch (kind) {
    case 'signIn':
      return runCommand(commandIds.signIn);
    case 'setApiKey':
      return runCommand(commandIds.setApiKey);
    case 'addCredits':
      return open(links.credits);
    case 'privacySettings':
      return open(links.privacy);
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

/** Who does not want the page after all has just closed the dialog that asks. */
async function open(link: string): Promise<Whereabouts> {
  return (await vscode.env.openExternal(vscode.Uri.parse(link))) ? 'arrived' : undefined;
}
