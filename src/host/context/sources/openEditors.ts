import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { fileContext } from '../../workspace/selection.ts';
import { leftOutWords, type Bounds, type Gathered } from '../../workspace/gathered.ts';

/** The documents open in tabs, in tab order. */
export function openDocuments(): readonly vscode.Uri[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  const uris = inputs.flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

/** Every document open in a tab, one item each, as far as they fit. */
export async function openEditorsContext(bounds: Bounds): Promise<Gathered> {
  const counts = { excluded: 0, 'beyond the limit': 0 };
  const items = [];
  let tokens = 0;
  for (const uri of openDocuments()) {
    if (await bounds.isExcluded(uri)) {
      counts.excluded += 1;
      continue;
    }
    const item = fileContext(await vscode.workspace.openTextDocument(uri));
    if (tokens + item.tokens > bounds.tokens) {
      counts['beyond the limit'] += 1;
    } else if (item.text.trim() !== '') {
      tokens += item.tokens;
      items.push(item);
    }
  }
  const leftOut = leftOutWords(counts);
  return { items, ...(leftOut !== undefined && { leftOut: t('Open editors: {0}', leftOut) }) };
}
