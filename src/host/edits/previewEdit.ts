import * as vscode from 'vscode';
import { applyEdits, renamesIn, type PlacedEdit } from '../../core/edits/fileEdits.ts';
import type { GivenCode } from '../prompts/givenCode.ts';
import { placedNow, type EditTargets } from './editTargets.ts';

/** One document's changes at their current places. */
interface FileChange {
  readonly document: vscode.TextDocument;
  readonly text: string;
  readonly placements: readonly PlacedEdit[];
}

/** Everything to confirm: changed, created, deleted, and renamed files. */
export function previewEdit(
  { targets, made }: EditTargets,
  given: GivenCode,
  label: string,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const shown = (description = ''): vscode.WorkspaceEditEntryMetadata => ({
    needsConfirmation: true,
    label,
    description,
  });
  const changes = targets.map((target) => {
    const { document } = target;
    return { document, text: document.getText(), placements: placedNow(target, given) };
  });
  const emptied = new Map(
    changes.filter(isEmptied).map((change) => [vscode.workspace.asRelativePath(change.document.uri), change]),
  );
  const renames = renamesIn({ made: textsOf(made), emptied: textsOf(emptied) });
  for (const [path, { document, placements }] of emptied) {
    const to = made.get(renames.get(path) ?? '');
    const reason = placements[0]?.reason;
    if (to) {
      edit.renameFile(document.uri, to.uri, { overwrite: false }, shown(reason));
    } else {
      edit.deleteFile(document.uri, {}, shown(reason));
    }
  }
  const renamed = new Set(renames.values());
  for (const [path, { uri, text, reason }] of made) {
    if (!renamed.has(path)) {
      edit.createFile(uri, { overwrite: false, ignoreIfExists: false }, shown(reason));
      edit.insert(uri, new vscode.Position(0, 0), text, shown(reason));
    }
  }
  for (const change of changes.filter((each) => !isEmptied(each))) {
    const { document, placements } = change;
    for (const { start, end, text, reason } of placements) {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      edit.replace(document.uri, range, text, shown(reason));
    }
  }
  return edit;
}

/** An emptied file on disk is deleted: that is how an answer deletes it. */
function isEmptied({ document: { uri, isUntitled }, text, placements }: FileChange): boolean {
  return (
    applyEdits(text, placements).trim() === '' &&
    !isUntitled &&
    vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true
  );
}

function textsOf(files: ReadonlyMap<string, { readonly text: string }>): ReadonlyMap<string, string> {
  return new Map([...files].map(([path, { text }]) => [path, text]));
}
