import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { estimateTokens } from '../../../core/context/contextItem.ts';
import type { Gathered } from '../../workspace/gathered.ts';

/**
 * The terminal's selection. VS Code exposes it only through the clipboard, whose text is restored afterward; extensions
 * see nothing else of it.
 */
export async function terminalContext(): Promise<Gathered> {
  const before = await vscode.env.clipboard.readText();
  await vscode.env.clipboard.writeText('');
  await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
  const text = await vscode.env.clipboard.readText();
  await vscode.env.clipboard.writeText(before);
  const name = vscode.window.activeTerminal?.name ?? 'terminal';
  const item = {
    id: crypto.randomUUID(),
    label: t('Terminal: {0}', name),
    path: `Terminal ${name}`,
    languageId: 'shellscript',
    text,
    tokens: estimateTokens(text),
  };
  return { items: text.trim() === '' ? [] : [item] };
}
