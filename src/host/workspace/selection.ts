import * as vscode from 'vscode';
import { estimateTokens, type ContextItem } from '../../core/context/contextItem.ts';

/** The selected code with its place; absent without a selection. Several selections are joined. */
export function selectionContext(editor: vscode.TextEditor): ContextItem | undefined {
  const selections = editor.selections
    .filter((selection) => !selection.isEmpty)
    .toSorted((one, other) => one.start.compareTo(other.start));
  const [first, last] = [selections[0], selections.at(-1)];
  if (!first || !last) {
    return undefined;
  }
  const text = selections.map((selection) => editor.document.getText(selection)).join('\n…\n');
  // A selection that ends at a line start doesn't include that line.
  const endLine =
    last.end.character === 0 && last.end.line > last.start.line ? last.end.line : last.end.line + 1;
  return toItem(editor.document, text, { start: first.start.line + 1, end: endLine });
}

/** Each selection as whole lines, in text order; absent for a bare cursor. */
export function selectionItems(
  editor: vscode.TextEditor,
): readonly { readonly item: ContextItem; readonly range: vscode.Range }[] {
  return editor.selections
    .filter(({ isEmpty }) => !isEmpty)
    .toSorted((one, other) => one.start.compareTo(other.start))
    .map((selection) => {
      // A selection that ends at a line start doesn't include that line.
      const endsBefore = selection.end.character === 0 && selection.end.line > selection.start.line;
      const end = endsBefore ? editor.document.lineAt(selection.end.line - 1).range.end : selection.end;
      const range = new vscode.Range(selection.start, end);
      return { item: rangeContext(editor.document, range), range };
    });
}

/** A range of a document as whole lines. */
export function rangeContext(document: vscode.TextDocument, { start, end }: vscode.Range): ContextItem {
  const whole = new vscode.Range(start.line, 0, end.line, document.lineAt(end.line).text.length);
  return toItem(document, document.getText(whole), { start: start.line + 1, end: end.line + 1 });
}

/** A document's whole text as in the editor, saved or not. */
export function fileContext(document: vscode.TextDocument): ContextItem {
  return toItem(document, document.getText());
}

/** The active editor, or the last one before the panel took the focus. */
export function activeEditor(): vscode.TextEditor | undefined {
  return vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
}

function toItem(document: vscode.TextDocument, text: string, lines?: ContextItem['lines']): ContextItem {
  const path = vscode.workspace.asRelativePath(document.uri);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    // The same place is the same item: attaching it again replaces it.
    id: `${document.uri.toString()}${lines ? `#${lineRange(lines)}` : ''}`,
    label: lines ? `${name}:${lineRange(lines)}` : name,
    path,
    languageId: document.languageId,
    text,
    tokens: estimateTokens(text),
    ...(lines && { lines }),
  };
}

function lineRange({ start, end }: { readonly start: number; readonly end: number }): string {
  return start === end ? String(start) : `${String(start)}-${String(end)}`;
}
