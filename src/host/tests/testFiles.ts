import * as vscode from 'vscode';
import { countRedacted } from '../../core/context/redaction.ts';
import { editPath } from '../../core/edits/editPath.ts';
import { endOfLine } from '../../core/edits/placement.ts';
import type { Tests } from '../../core/prompts/writeTests.ts';
import type { Bounds } from '../context/sources/gathered.ts';
import { isInside } from '../edits/insideFolder.ts';

/** A file of tests that has its place in the workspace. */
export interface TestFile {
  readonly uri: vscode.Uri;
  readonly path: string;
  readonly content: string;
  /** The document as it is, for a file that is there already. */
  readonly present?: vscode.TextDocument;
}

/** Files that may be proposed, or in words why none of them may. */
export type PlacedTests =
  | { readonly state: 'placed'; readonly files: readonly TestFile[] }
  | { readonly state: 'refused'; readonly words: string };

/** Finds the places of the files of an answer. One that must not be written is a reason to take none of them. */
export async function placeTests(
  files: Tests['files'],
  folder: vscode.Uri,
  isExcluded: Bounds['isExcluded'],
): Promise<PlacedTests> {
  const placed: TestFile[] = [];
  for (const { path: named, content } of files) {
    const place = editPath(named);
    if (place.state === 'refused') {
      return refused(`the path ${visible(named)} does not name a file of the workspace`);
    }
    const path = withoutFolderName(place.path, folder);
    const uri = vscode.Uri.joinPath(folder, path);
    if (placed.some((other) => other.path.toLowerCase() === path.toLowerCase())) {
      return refused(`${path} is named twice`);
    }
    if (await isExcluded(uri)) {
      return refused(`${path} is excluded by "switchboard.context.exclude"`);
    }
    if (!(await isInside(folder, uri))) {
      return refused(`${path} leads out of the workspace`);
    }
    if (countRedacted(content) > 0) {
      return refused(`${path} would hold the mark of a secret that was taken out ("[redacted: …]")`);
    }
    const type = await typeOf(uri);
    if (type !== undefined && (type & vscode.FileType.Directory) !== 0) {
      return refused(`${path} is a folder`);
    }
    const present = type === undefined ? undefined : await vscode.workspace.openTextDocument(uri);
    placed.push({ uri, path, content: fitted(content, present), ...(present && { present }) });
  }
  return { state: 'placed', files: placed };
}

/** With several folders in the workspace, the paths that a model is shown begin with the name of theirs. */
function withoutFolderName(path: string, folder: vscode.Uri): string {
  const name = vscode.workspace.getWorkspaceFolder(folder)?.name ?? '';
  const isNamed = (vscode.workspace.workspaceFolders?.length ?? 0) > 1 && path.startsWith(`${name}/`);
  return isNamed ? path.slice(name.length + 1) : path;
}

function refused(why: string): PlacedTests {
  return { state: 'refused', words: `The tests were not taken over: ${why}. Nothing was written.` };
}

/** Shows what nobody would see in a name. */
function visible(name: string): string {
  return JSON.stringify(name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD').slice(0, 200));
}

/** With one end of line at its end, and with those of the file that it is for. */
function fitted(content: string, present: vscode.TextDocument | undefined): string {
  const text = `${content.replaceAll('\r\n', '\n').trimEnd()}\n`;
  return present && endOfLine(present.getText()) === '\r\n' ? text.replaceAll('\n', '\r\n') : text;
}

/** Whether an answer would change a file, or make a new one. */
export function isChange({ content, present }: TestFile): boolean {
  return present?.getText() !== content;
}

/**
 * Shows the files in VS Code's own preview, where each is to be ticked: nothing is written before the user applies
 * them there. Gives those that were written.
 */
export async function proposeTests(files: readonly TestFile[], label: string): Promise<readonly TestFile[]> {
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, content, present, path } of files) {
    const metadata = { label, description: path, needsConfirmation: true };
    if (present) {
      const end = present.lineAt(present.lineCount - 1).range.end;
      edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), end), content, metadata);
    } else {
      edit.createFile(uri, { overwrite: false, ignoreIfExists: false }, metadata);
      edit.insert(uri, new vscode.Position(0, 0), content, metadata);
    }
  }
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
    return [];
  }
  const written = await Promise.all(files.map(async (file) => ((await isWritten(file)) ? [file] : [])));
  return written.flat();
}

/** What is not ticked in the preview is not written. */
async function isWritten({ uri, content }: TestFile): Promise<boolean> {
  return (
    (await typeOf(uri)) !== undefined && (await vscode.workspace.openTextDocument(uri)).getText() === content
  );
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => type,
    () => undefined,
  );
}
