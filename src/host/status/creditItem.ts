import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { creditLevel, type Credit, type KeyInfo } from '../../core/model/credit.ts';
import type { CreditMonitor } from '../../core/model/creditMonitor.ts';
import { formatBalance } from '../../core/model/money.ts';
import type { ApiKeyStore, KeySummary } from '../apiKey.ts';
import { commandIds, statusItemIds } from '../contributions.ts';
import { links } from '../links.ts';
import { resetWords } from '../keys/resetWords.ts';
import type { Settings } from '../settings.ts';
import { creditText } from './creditText.ts';

/** Shows what is left of the credit, in the status bar. */
export function registerCreditItem(
  monitor: CreditMonitor,
  settings: Settings,
  keys: ApiKeyStore,
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(statusItemIds.credit, vscode.StatusBarAlignment.Right, 101);
  item.name = t('Switchboard: Credit');
  const draw = (): void => {
    drawCredit(item, monitor.credit, settings, keys.summary);
  };
  draw();
  item.show();
  return vscode.Disposable.from(
    item,
    monitor.onDidChange(draw),
    settings.onDidChange(draw),
    keys.onDidChangeNames(draw),
  );
}

function drawCredit(item: vscode.StatusBarItem, credit: Credit, settings: Settings, keys: KeySummary): void {
  const text = creditText(credit);
  const level = creditLevel(credit, settings.creditWarnBelow());
  item.text = `$(credit-card) ${text}`;
  item.tooltip = tooltipOf(credit, keys);
  item.backgroundColor =
    level === 'normal' ? undefined : new vscode.ThemeColor(`statusBarItem.${level}Background`);
  item.accessibilityInformation = { label: t('OpenRouter credit: {0}', text), role: 'button' };
  item.command =
    credit.state === 'missing' || credit.state === 'rejected'
      ? commandIds.setApiKey
      : commandIds.refreshCredit;
}

function tooltipOf(credit: Credit, keys: KeySummary): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(undefined, true);
  // Only our own commands may be run from it, and nothing from the service is read as Markdown.
  tooltip.isTrusted = {
    enabledCommands: [
      commandIds.refreshCredit,
      commandIds.setApiKey,
      commandIds.signIn,
      commandIds.switchKey,
    ],
  };
  tooltip.appendMarkdown(`**${t('OpenRouter credit')}**\n\n`);
  appendName(tooltip, keys);
  switch (credit.state) {
    case 'unknown':
      tooltip.appendText(t('The credit has not been read yet.'));
      break;
    case 'missing':
      tooltip.appendText(t('There is no API key yet.'));
      break;
    case 'rejected':
      tooltip.appendText(t('The service does not accept the API key.'));
      break;
    case 'none':
      tooltip.appendText(
        t(
          'This server has no credit to read: it is not OpenRouter. Chat works; what only OpenRouter has is left out.',
        ),
      );
      break;
    case 'known':
      appendKey(tooltip, credit.key);
      break;
    case 'offline':
      tooltip.appendText(offlineWords(credit.last?.readAt));
      tooltip.appendMarkdown('\n\n');
      if (credit.last) {
        appendKey(tooltip, credit.last.key);
      }
      break;
    default:
      credit satisfies never;
  }
  appendLinks(tooltip, credit, keys);
  return tooltip;
}

/** Which of several keys the numbers are about. */
function appendName(tooltip: vscode.MarkdownString, { names, inUse }: KeySummary): void {
  if (inUse?.origin === 'stored' && names.length > 1) {
    tooltip.appendText(t('The key in use is "{0}".', inUse.name)).appendMarkdown('\n\n');
  }
}

function offlineWords(readAt: number | undefined): string {
  if (readAt === undefined) {
    return t('The service cannot be reached.');
  }
  const at = new Date(readAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return t('The service cannot be reached. This was read at {0}.', at);
}

function appendKey(tooltip: vscode.MarkdownString, key: KeyInfo): void {
  tooltip.appendText(t('Key: {0}', key.label));
  const rows: [string, string][] = [];
  if (key.limit !== undefined && key.remaining !== undefined) {
    rows.push([
      t("Left of this key's limit"),
      t('{0} of {1}', formatBalance(key.remaining), formatBalance(key.limit)),
    ]);
    rows.push([t('Limit resets'), key.reset === undefined ? t('never') : resetWords(key.reset)]);
  }
  rows.push(
    [t('Spent today (UTC)'), formatBalance(key.spentToday)],
    [t('This week'), formatBalance(key.spentThisWeek)],
    [t('This month'), formatBalance(key.spentThisMonth)],
    [t('In all'), formatBalance(key.spent)],
  );
  if (key.freeRequests) {
    rows.push([
      t('Free requests today'),
      t('{0} of {1}', key.freeRequests.remaining, key.freeRequests.limit),
    ]);
  }
  tooltip.appendMarkdown('\n\n| | |\n|:---|---:|\n');
  for (const [name, value] of rows) {
    tooltip
      .appendMarkdown('| ')
      .appendText(name)
      .appendMarkdown(' | ')
      .appendText(value)
      .appendMarkdown(' |\n');
  }
  if (key.limit === undefined) {
    tooltip.appendMarkdown('\n');
    tooltip.appendText(t('This key has no limit. The balance of the account cannot be read with it.'));
  }
}

function appendLinks(tooltip: vscode.MarkdownString, { state }: Credit, { names }: KeySummary): void {
  if (state === 'none') {
    return;
  }
  const ways =
    state === 'missing' || state === 'rejected'
      ? [
          `[$(sign-in) ${t('Sign in')}](command:${commandIds.signIn})`,
          `[$(key) ${t('Set API key')}](command:${commandIds.setApiKey})`,
          `[$(link-external) ${t('Keys')}](${links.keys})`,
        ]
      : [
          `[$(refresh) ${t('Refresh')}](command:${commandIds.refreshCredit})`,
          `[$(link-external) ${t('Add credits')}](${links.credits})`,
          `[$(link-external) ${t('Activity')}](${links.activity})`,
        ];
  // With one key there is nothing to switch, unless it is not the one in use.
  const isChoice = names.length > (state === 'missing' ? 0 : 1);
  const all = isChoice
    ? [...ways, `[$(arrow-swap) ${t('Switch key')}](command:${commandIds.switchKey})`]
    : ways;
  tooltip.appendMarkdown(`\n\n${all.join(' &nbsp; ')}`);
}
