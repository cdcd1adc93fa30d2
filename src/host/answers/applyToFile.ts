import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { endOfLine, placeCode, type Placement } from '../../core/edits/placement.ts';
import { tellRefused, type WriteGuard } from '../context/writeGuard.ts';
import { FileReview } from '../edits/fileReview.ts';
import type { InlineReview } from '../edits/inlineReview.ts';
import { showDocument } from '../workspace/openDocument.ts';
import { findWorkspaceFile } from '../workspace/workspaceFile.ts';
import { activeEditor } from '../workspace/selection.ts';
import { newFile, type CodeToPlace } from './newFile.ts';

/** What applying code works with. */
export interface ApplyServices {
  readonly review: () => Promise<InlineReview>;
  readonly writes: WriteGuard;
}

/**
 * Proposes an answer's code for the file it names, or else for the active one: in place of the selection or the code it
 * is a version of, or at the cursor. Nothing changes until accepted.
 */
export async function applyToFile(code: CodeToPlace, { review, writes }: ApplyServices): Promise<void> {
  const named = code.fileName === undefined ? undefined : await findWorkspaceFile(code.fileName);
  if (code.fileName !== undefined && !named) {
    await newFile(code, writes);
    return;
  }
  const editor = activeEditor();
  const document = named ? await vscode.workspace.openTextDocument(named) : editor?.document;
  if (!document) {
    void vscode.window.showWarningMessage(t('Open the file this code belongs to, then apply it again.'));
    return;
  }
  const inEditor = editor?.document === document ? editor : undefined;
  const allowed = await writes.textIn(document, code.text, (each) => placeIn(document, each, inEditor));
  if (allowed.state === 'refused') {
    tellRefused(allowed);
    return;
  }
  const text = document.getText();
  const { start, end, text: by } = allowed;
  const placement = { start, end, text: by, reason: t('From the chat') };
  if (text.slice(placement.start, placement.end) === placement.text) {
    void vscode.window.showInformationMessage(t('The file already contains this code.'));
    return;
  }
  await (await review()).propose(new FileReview(document, { text, placements: [placement], since: [] }));
  // The button is in the chat; the next step is in the editor.
  await showDocument(document);
}

function placeIn(
  document: vscode.TextDocument,
  code: string,
  editor: vscode.TextEditor | undefined,
): Placement {
  const before = document.getText();
  const text = code.replace(/\r?\n/g, endOfLine(before));
  const selection = editor && !editor.selection.isEmpty ? editor.selection : undefined;
  if (selection) {
    return { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end), text };
  }
  const known = placeCode(before, code);
  if (known) {
    return known;
  }
  const at = editor ? document.offsetAt(editor.selection.active) : before.length;
  return { start: at, end: at, text };
}
