import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { estimateTokens } from '../../../core/context/contextItem.ts';
import { toOneLine } from '../../../core/util/oneLine.ts';
import { leftOutWords, type Bounds, type Gathered } from '../../workspace/gathered.ts';
import { formatNumber } from '../../platform/formats.ts';

const severities: Readonly<Record<vscode.DiagnosticSeverity, string>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'info',
  [vscode.DiagnosticSeverity.Hint]: 'hint',
};

/** The number of problems in VS Code. */
export function problemCount(): number {
  return vscode.languages.getDiagnostics().reduce((sum, [, list]) => sum + list.length, 0);
}

/** VS Code's problems, worst first, one per line, as far as they fit. */
export async function problemsContext(bounds: Bounds): Promise<Gathered> {
  const counts = { 'in excluded files': 0, 'beyond the limit': 0 };
  const found: { readonly severity: vscode.DiagnosticSeverity; readonly line: string }[] = [];
  for (const [uri, list] of vscode.languages.getDiagnostics()) {
    if (list.length > 0 && (await bounds.isExcluded(uri))) {
      counts['in excluded files'] += list.length;
      continue;
    }
    found.push(...list.map((each) => ({ severity: each.severity, line: describe(uri, each) })));
  }
  const lines: string[] = [];
  let tokens = 0;
  for (const { line } of found.toSorted((one, other) => one.severity - other.severity)) {
    tokens += estimateTokens(line);
    if (tokens > bounds.tokens) {
      counts['beyond the limit'] += 1;
    } else {
      lines.push(line);
    }
  }
  const text = lines.join('\n');
  const item = {
    id: crypto.randomUUID(),
    label: t('Problems ({0})', formatNumber(lines.length)),
    path: 'Problems',
    languageId: 'plaintext',
    text,
    tokens: estimateTokens(text),
  };
  const leftOut = leftOutWords(counts);
  return {
    items: lines.length === 0 ? [] : [item],
    ...(leftOut !== undefined && { leftOut: t('Problems: {0}', leftOut) }),
  };
}

function describe(uri: vscode.Uri, { range, severity, message, source }: vscode.Diagnostic): string {
  const place = `${vscode.workspace.asRelativePath(uri)}:${String(range.start.line + 1)}`;
  const from = source === undefined ? '' : ` (${source})`;
  return `${place}: ${severities[severity]}: ${toOneLine(message)}${from}`;
}
