import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { restoreFocusAfter, type Whereabouts } from '../platform/restoreFocusAfter.ts';
import type { ChatSurface } from './chatSurface.ts';
import { attachGathered } from '../context/attacher.ts';
import { attachUris } from '../context/attachUris.ts';
import { attachablesHere } from '../context/attachables.ts';
import { activeEditor, selectionContext } from '../workspace/selection.ts';
import { terminalContext } from '../context/sources/terminal.ts';
import { remedies } from '../words/report.ts';

/** Asks what to attach to the next question, attaches it, and reports the result. */
export async function attachContext(surface: ChatSurface): Promise<Whereabouts> {
  const { next } = await surface.controller();
  const offers = await attachablesHere();
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
    await restoreFocusAfter(attach(next), () => surface.open());
  } else {
    // Gathering may take a while; the user keeps writing.
    await surface.open();
    await attach(next);
  }
  return 'arrived';
}

/** Attaches files and folders chosen in the Explorer or tabs, or else the active file. */
export async function attachFiles(surface: ChatSurface, uris: readonly vscode.Uri[]): Promise<void> {
  const { next } = await surface.controller();
  const active = activeEditor()?.document.uri;
  const chosen = uris.length > 0 ? uris : active ? [active] : [];
  await surface.reveal();
  // A folder may take a while, and the user may move on to an editor.
  await restoreFocusAfter(attachUris(next, chosen), () => surface.open());
}

/** Attaches the selected code. */
export async function attachSelection(surface: ChatSurface): Promise<void> {
  const { next } = await surface.controller();
  const editor = activeEditor();
  const selected = editor && selectionContext(editor);
  if (!editor || !selected) {
    next.raise({
      severity: 'warning',
      message: t('Nothing is selected. Select some code, then attach it again.'),
      remedies: [remedies.dismiss],
    });
    await surface.reveal();
    return;
  }
  if (!(await next.questions.refuseFile(editor.document.uri))) {
    await next.attach(selected);
  }
  await surface.open();
}

/** Attaches the terminal's selection. */
export async function attachTerminalSelection(surface: ChatSurface): Promise<void> {
  const gathered = await terminalContext();
  const { next } = await surface.controller();
  await attachGathered(next, gathered, t('Nothing is selected in the terminal.'));
  await surface.open();
}
