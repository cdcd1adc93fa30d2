import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanItem } from '../../core/context/clean.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { activeEditor, fileContext, rangeContext, selectionItems } from '../workspace/selection.ts';
import { enclosingSymbols } from '../context/sources/symbols.ts';
import { DocumentWatch } from '../workspace/documentWatch.ts';
import type { PromptSurface } from './promptSurface.ts';
import { formatNumber } from '../platform/formats.ts';

/** A command's code: what the model is shown, and where it is from. */
export interface GivenCode {
  readonly document: vscode.TextDocument;
  /** What the model is shown, redacted: one item per selection. */
  readonly items: readonly CleanItem[];
  readonly ranges: readonly vscode.Range[];
  readonly tokens: number;
  /** The document as the model was shown it, and typing since. Must be disposed. */
  readonly watch: DocumentWatch;
}

/** Where code is taken from. */
export interface CodeSource {
  readonly editor?: vscode.TextEditor | undefined;
  /** Takes the whole file or these lines, whatever is selected. */
  readonly lines?: 'all' | vscode.Range | undefined;
}

/**
 * An editor's selected code, by default the active one's; without a selection, the user may choose surrounding code.
 * Says why code can't be sent, then returns nothing.
 */
export async function gatherCode(
  surface: PromptSurface,
  title: string,
  { editor = activeEditor(), lines }: CodeSource = {},
): Promise<GivenCode | undefined> {
  const controller = await surface.controller();
  if (!editor) {
    void vscode.window.showWarningMessage(t('Open a file and select some code, then run the command again.'));
    return undefined;
  }
  const { document } = editor;
  if (await controller.questions.refuseFile(document.uri)) {
    await surface.reveal();
    return undefined;
  }
  const selected = lines ? [pieceOf(document, lines)] : selectionItems(editor);
  const chosen = selected.length > 0 ? selected : await widen(editor, title);
  if (!chosen) {
    return undefined;
  }
  const items = chosen.map(({ item }) => item);
  if (controller.questions.refuse(items)) {
    await surface.reveal();
    return undefined;
  }
  const watch = new DocumentWatch(document);
  return {
    document,
    items: await controller.questions.cleanItems(items),
    ranges: chosen.map(({ range }) => range),
    tokens: items.reduce((sum, { tokens }) => sum + tokens, 0),
    watch,
  };
}

interface Piece {
  readonly item: ContextItem;
  readonly range: vscode.Range;
}

function pieceOf(document: vscode.TextDocument, lines: 'all' | vscode.Range): Piece {
  return lines === 'all' ? wholeFile(document).piece : { item: rangeContext(document, lines), range: lines };
}

/** Without a selection: the symbols around the cursor, innermost first, and the whole file. */
async function widen(editor: vscode.TextEditor, title: string): Promise<readonly Piece[] | undefined> {
  const { document, selection } = editor;
  const around = await enclosingSymbols(document, selection.active);
  const choices = [
    ...around.map(({ name, range }) => {
      const piece = pieceOf(document, range);
      return { label: `$(symbol-method) ${name}`, description: wordsOf(piece.item), piece };
    }),
    wholeFile(document),
  ];
  const choice = await vscode.window.showQuickPick(choices, {
    title,
    placeHolder: t('Nothing is selected. What should be used?'),
  });
  return choice && [choice.piece];
}

function wholeFile(document: vscode.TextDocument): vscode.QuickPickItem & { readonly piece: Piece } {
  const item = fileContext(document);
  const last = document.lineAt(document.lineCount - 1).range.end;
  const range = new vscode.Range(new vscode.Position(0, 0), last);
  return { label: `$(file-code) ${t('The whole file')}`, description: wordsOf(item), piece: { item, range } };
}

function wordsOf({ label, tokens }: ContextItem): string {
  return t('{0}, about {1} tokens', label, formatNumber(tokens));
}
