import { setTimeout as delay } from 'node:timers/promises';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ContextItem } from '../../../core/context/contextItem.ts';
import { rangeContext } from '../../workspace/selection.ts';
import { formatNumber } from '../../platform/formats.ts';

/** A symbol with more lines than this is mostly left out. */
const maxLines = 400;

/** If no symbol is known, this many lines on each side of a place. */
const linesAround = 80;

/** How long a command waits for surrounding symbols, in milliseconds. */
const maxWaitMs = 3_000;

interface SymbolChoice extends vscode.QuickPickItem {
  readonly item: ContextItem;
}

/** Asks for one of a document's symbols; absent if the user picks none or there is no provider. */
export async function pickSymbol(document: vscode.TextDocument): Promise<ContextItem | 'none' | undefined> {
  const symbols = await symbolsOf(document);
  if (symbols.length === 0) {
    return 'none';
  }
  const choices = flatten(symbols).map(({ symbol, depth }) => choiceOf(document, symbol, depth));
  const choice = await vscode.window.showQuickPick(choices, {
    title: t('Attach Symbol'),
    placeHolder: t('Type the name of a function, class, or other symbol'),
    matchOnDescription: true,
  });
  return choice?.item;
}

/** The symbols around a place, innermost first; empty if the language is slow, for example at startup. */
export async function enclosingSymbols(
  document: vscode.TextDocument,
  place: vscode.Position,
): Promise<readonly vscode.DocumentSymbol[]> {
  const all = await Promise.race([symbolsOf(document), delay(maxWaitMs, [], { ref: false })]);
  return flatten(all)
    .map(({ symbol }) => symbol)
    .filter(({ range }) => range.contains(place))
    .toReversed();
}

/** The innermost multi-line symbol around a place, or else the lines around it. */
export async function codeAround(
  document: vscode.TextDocument,
  place: vscode.Position,
): Promise<vscode.Range> {
  const around = await enclosingSymbols(document, place);
  const shown = around.find(
    ({ range }) => !range.isSingleLine && range.end.line - range.start.line < maxLines,
  );
  const lines = new vscode.Range(
    Math.max(0, place.line - linesAround),
    0,
    Math.min(document.lineCount - 1, place.line + linesAround),
    0,
  );
  return shown?.range ?? lines;
}

async function symbolsOf(document: vscode.TextDocument): Promise<readonly vscode.DocumentSymbol[]> {
  const found: unknown = await vscode.commands.executeCommand(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  return Array.isArray(found) ? found.filter(isDocumentSymbol) : [];
}

function isDocumentSymbol(value: unknown): value is vscode.DocumentSymbol {
  return value instanceof vscode.DocumentSymbol || (value instanceof Object && 'children' in value);
}

interface Nested {
  readonly symbol: vscode.DocumentSymbol;
  readonly depth: number;
}

function flatten(symbols: readonly vscode.DocumentSymbol[], depth = 0): readonly Nested[] {
  return symbols.flatMap((symbol) => [{ symbol, depth }, ...flatten(symbol.children, depth + 1)]);
}

function choiceOf(
  document: vscode.TextDocument,
  { name, range, kind }: vscode.DocumentSymbol,
  depth: number,
): SymbolChoice {
  const item = rangeContext(document, range);
  const icon = vscode.SymbolKind[kind].replace(/[A-Z]/g, (letter, at: number) =>
    at === 0 ? letter.toLowerCase() : `-${letter.toLowerCase()}`,
  );
  return {
    label: `${'  '.repeat(depth)}$(symbol-${icon}) ${name}`,
    description: t('line {0}, about {1} tokens', range.start.line + 1, formatNumber(item.tokens)),
    item: { ...item, label: `${name} (${item.label})` },
  };
}
