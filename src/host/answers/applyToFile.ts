import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isPartial, newFileText, placeCode, replaceSelected } from '../../core/edits/placeCode.ts';
import { plainNewText } from '../../core/edits/quoteReadings.ts';
import { endOfLine, type Placement } from '../../core/edits/placement.ts';
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
    const text = newFileText(code.text, { language: code.language, file: code.fileName });
    if (text === undefined) {
      tellUnclear();
    } else {
      await newFile({ ...code, text }, writes);
    }
    return;
  }
  const editor = activeEditor();
  const document = named ? await vscode.workspace.openTextDocument(named) : editor?.document;
  if (!document) {
    void vscode.window.showWarningMessage(t('Open the file this code belongs to, then apply it again.'));
    return;
  }
  const inEditor = editor?.document === document ? editor : undefined;
  const place = (text: string): Placement | undefined => placeIn(document, { ...code, text }, inEditor);
  if (!place(code.text)) {
    tellUnclear();
    return;
  }
  const allowed = await writes.textIn(document, code.text, (text) => place(text) ?? nowhere);
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

function tellUnclear(): void {
  void vscode.window.showWarningMessage(
    t(
      "It isn't clear where this code belongs, or what it leaves out, so nothing was written. Ask for the complete code.",
    ),
  );
}

/** Changes nothing. */
const nowhere: Placement = { start: 0, end: 0, text: '' };

/** Where the code goes; absent if it isn't meant to be written as it stands, and it is unclear what is. */
function placeIn(
  document: vscode.TextDocument,
  { text: code, language }: CodeToPlace,
  editor: vscode.TextEditor | undefined,
): Placement | undefined {
  const before = document.getText();
  const facts = { language, file: vscode.workspace.asRelativePath(document.uri) };
  const at = (start: number, end: number, text: string): Placement => ({
    start,
    end,
    text: text.replace(/\r?\n/g, endOfLine(before)),
  });
  if (editor && !editor.selection.isEmpty) {
    const text = replaceSelected(document.getText(editor.selection), code, facts);
    if (text !== undefined) {
      return at(document.offsetAt(editor.selection.start), document.offsetAt(editor.selection.end), text);
    }
  }
  const known = placeCode(before, code, facts);
  if (known || isPartial(code, facts)) {
    return known;
  }
  const offset = editor ? document.offsetAt(editor.selection.active) : before.length;
  return at(offset, offset, plainNewText(code, facts.file));
}
