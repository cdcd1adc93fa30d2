import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { plainNewText } from '../../core/edits/quoteReadings.ts';
import { endOfLine } from '../../core/edits/placement.ts';
import type { Tests } from '../../core/prompts/writeTests.ts';
import type { WriteGuard } from '../context/writeGuard.ts';
import { placeInWorkspace, typeOf } from '../workspace/workspacePlace.ts';

/** A test file with its place in the workspace. */
export interface TestFile {
  readonly uri: vscode.Uri;
  readonly path: string;
  readonly content: string;
  /** The current document, if the file exists. */
  readonly present?: vscode.TextDocument;
}

/** Files to propose, or why none may be. */
export type PlacedTests =
  | { readonly state: 'placed'; readonly files: readonly TestFile[] }
  | { readonly state: 'refused'; readonly words: string };

/** Finds where an answer's files go. One that must not be written rejects all of them. */
export async function placeTests(
  files: Tests['files'],
  folder: vscode.Uri,
  writes: WriteGuard,
): Promise<PlacedTests> {
  const placed: TestFile[] = [];
  for (const { path: named, content: written } of files) {
    const content = plainNewText(written, named);
    const place = await placeInWorkspace(named, folder, writes);
    if (place.state === 'refused') {
      return refused(place.why);
    }
    const { uri, path } = place;
    if (placed.some((other) => other.path.toLowerCase() === path.toLowerCase())) {
      return refused(t('{0} is listed twice', path));
    }
    const present = place.exists ? await vscode.workspace.openTextDocument(uri) : undefined;
    const allowed = present
      ? await writes.textIn(present, content, (text) => ({ start: 0, end: present.getText().length, text }))
      : await writes.textFor(uri, content);
    if (allowed.state === 'refused') {
      return refused(allowed.why);
    }
    placed.push({ uri, path, content: fitted(allowed.text, present), ...(present && { present }) });
  }
  return { state: 'placed', files: placed };
}

function refused(why: string): PlacedTests {
  return { state: 'refused', words: t("The tests couldn't be applied: {0}. Nothing was written.", why) };
}

/** With one final line ending, and the existing file's line endings. */
function fitted(content: string, present: vscode.TextDocument | undefined): string {
  const text = `${content.replaceAll('\r\n', '\n').trimEnd()}\n`;
  return present && endOfLine(present.getText()) === '\r\n' ? text.replaceAll('\n', '\r\n') : text;
}

/** Whether an answer changes or creates a file. */
export function isChange({ content, present }: TestFile): boolean {
  return present?.getText() !== content;
}

/**
 * Shows the files in VS Code's Refactor Preview, unchecked: nothing is written until the user applies them. Returns
 * those that were written.
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

/** Unchecked files aren't written. */
async function isWritten({ uri, content }: TestFile): Promise<boolean> {
  return (
    (await typeOf(uri)) !== undefined && (await vscode.workspace.openTextDocument(uri)).getText() === content
  );
}
