import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { backAfter, type Whereabouts } from '../platform/restoreFocusAfter.ts';
import type { ChatRoom } from './chatSurface.ts';
import { attachGathered } from '../context/attachGathered.ts';
import { attachUris } from '../context/attachUris.ts';
import { offersHere } from '../context/attachables.ts';
import { activeEditor, selectionContext } from '../workspace/selection.ts';
import { terminalContext } from '../context/sources/terminal.ts';
import { remedies } from '../words/report.ts';

/** Asks what is to go with the next question, and attaches it; says where that has left the user. */
export async function attachContext(room: ChatRoom): Promise<Whereabouts> {
  const { next } = await room.controller();
  const offers = await offersHere();
  const choice = await vscode.window.showQuickPick(
    offers.map((offer) => ({
      label: `$(${offer.icon}) ${offer.label}`,
      ...(offer.description !== undefined && { description: offer.description }),
      offer,
    })),
    { title: t('Attach Context'), matchOnDescription: true },
  );
  if (!choice) {
    return undefined;
  }
  const { attach, asks } = choice.offer;
  if (asks === true) {
    await backAfter(attach(next), () => room.open());
  } else {
    // To gather it may take a while; the user goes on writing meanwhile.
    await room.open();
    await attach(next);
  }
  return 'arrived';
}

/** Attaches files and folders that were chosen in the explorer or in the tabs; without any, the active file. */
export async function attachFiles(room: ChatRoom, uris: readonly vscode.Uri[]): Promise<void> {
  const { next } = await room.controller();
  const active = activeEditor()?.document.uri;
  const chosen = uris.length > 0 ? uris : active ? [active] : [];
  await room.reveal();
  // A folder may take a while to read, and the user go on in an editor.
  await backAfter(attachUris(next, chosen), () => room.open());
}

/** The files that a menu hands to its command: the one it was opened on, and all that are selected. */
export function urisIn([one, all]: readonly unknown[]): readonly vscode.Uri[] {
  const several = Array.isArray(all) ? all.filter((each) => each instanceof vscode.Uri) : [];
  return several.length > 0 ? several : one instanceof vscode.Uri ? [one] : [];
}

/** Attaches the selected code. */
export async function attachSelection(room: ChatRoom): Promise<void> {
  const { next } = await room.controller();
  const editor = activeEditor();
  const selected = editor && selectionContext(editor);
  if (!editor || !selected) {
    next.raise({
      severity: 'warning',
      message: t('Nothing is selected. Select some code, and attach it again.'),
      remedies: [remedies.dismiss],
    });
    await room.reveal();
    return;
  }
  if (!(await next.questions.refuseFile(editor.document.uri))) {
    await next.attach(selected);
  }
  await room.open();
}

/** Attaches what is selected in the terminal. */
export async function attachTerminalSelection(room: ChatRoom): Promise<void> {
  const gathered = await terminalContext();
  const { next } = await room.controller();
  await attachGathered(next, gathered, t('Nothing is selected in the terminal.'));
  await room.open();
}
