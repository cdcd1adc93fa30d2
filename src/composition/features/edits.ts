import type * as vscode from 'vscode';
import { registerFixAction } from '../../host/edits/fixAction.ts';
import { commandIds } from '../../host/platform/contributions.ts';
import type { Feature } from '../commandTable.ts';
import type { LazyServices } from '../lazyServices.ts';

/** The changes that are proposed in the editor, each to be accepted or rejected. */
export function editsFeature({ review }: LazyServices) {
  return {
    disposables: [registerFixAction()],
    commands: {
      [commandIds.acceptChange]: async (uri?: vscode.Uri, index?: number) =>
        (await review()).accept(uri, index),
      [commandIds.rejectChange]: async (uri?: vscode.Uri, index?: number) => {
        (await review()).reject(uri, index);
      },
      [commandIds.acceptAllChanges]: async (uri?: vscode.Uri) => (await review()).acceptAll(uri),
      [commandIds.rejectAllChanges]: async (uri?: vscode.Uri) => {
        (await review()).rejectAll(uri);
      },
      [commandIds.nextChange]: async () => (await review()).go(1),
      [commandIds.previousChange]: async () => (await review()).go(-1),
    },
  } satisfies Feature;
}
