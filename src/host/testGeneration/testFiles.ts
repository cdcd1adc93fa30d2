import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { countRedacted } from '../../core/context/redaction.ts';
import { endOfLine } from '../../core/edits/placement.ts';
import type { Tests } from '../../core/prompts/writeTests.ts';
import type { Bounds } from '../workspace/gathered.ts';
import { placeInWorkspace, typeOf } from '../workspace/workspacePlace.ts';

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
    const place = await placeInWorkspace(named, folder, isExcluded);
    if (place.state === 'refused') {
      return refused(place.why);
    }
    const { uri, path } = place;
    if (placed.some((other) => other.path.toLowerCase() === path.toLowerCase())) {
      return refused(t('{0} is listed twice', path));
    }
    if (countRedacted(content) > 0) {
      return refused(t('{0} would contain a redaction placeholder ("[redacted: …]")', path));
    }
    const present = place.exists ? await vscode.workspace.openTextDocument(uri) : undefined;
    placed.push({ uri, path, content: fitted(content, present), ...(present && { present }) });
  }
  return { state: 'placed', files: placed };
}

function refused(why: string): PlacedTests {
  return { state: 'refused', words: t("The tests couldn't be applied: {0}. Nothing was written.", why) };
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
