import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds, settingsSection } from '../platform/contributions.ts';
import { links } from '../platform/links.ts';
import type { CreditView, CreditWay } from './creditView.ts';

/** VS Code's own command; it takes a search text. */
const openSettings = 'workbench.action.openSettings';

/** The credit item's hidden parts: tooltip, click, and screen reader text. */
export function drawDetails(item: vscode.StatusBarItem, view: CreditView): void {
  item.tooltip = tooltipOf(view);
  item.accessibilityInformation = { label: view.label, role: 'button' };
  item.command = commandOf(view.action);
}

/** What a click does; web pages open only by links. */
function commandOf(action: CreditWay): string {
  switch (action) {
    case 'setApiKey':
      return commandIds.setApiKey;
    case 'usage':
      return commandIds.showUsage;
    default:
      return commandIds.refreshCredit;
  }
}

function tooltipOf(view: CreditView): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(undefined, true);
  // Only these commands may run from it, and nothing from the service is treated as Markdown.
  tooltip.isTrusted = {
    enabledCommands: [
      commandIds.refreshCredit,
      commandIds.setApiKey,
      commandIds.showUsage,
      commandIds.signIn,
      commandIds.switchKey,
      openSettings,
    ],
  };
  tooltip.appendMarkdown(`**${t('OpenRouter credit')}**\n\n`);
  const icon = view.level === 'normal' ? '' : `$(${view.level}) `;
  for (const notice of view.notices) {
    tooltip.appendMarkdown(icon).appendText(notice).appendMarkdown('\n\n');
  }
  for (const line of view.keyLines) {
    tooltip.appendText(line).appendMarkdown('\n\n');
  }
  appendRows(tooltip, view);
  if (view.note !== undefined) {
    tooltip.appendText(view.note).appendMarkdown('\n\n');
  }
  // First what happens here, then what opens the website, on two lines.
  const parts = view.ways.map(partsOf);
  const [here, pages] = [parts.filter((each) => !isPage(each)), parts.filter(isPage)];
  return tooltip.appendMarkdown([here, pages].map(lineOf).filter(Boolean).join('\n\n'));
}

function appendRows(tooltip: vscode.MarkdownString, { rows }: CreditView): void {
  if (rows.length === 0) {
    return;
  }
  tooltip.appendMarkdown('| | |\n|:---|---:|\n');
  for (const row of rows) {
    const [name, value] = row.map((cell) => cell.replaceAll(/[|\s]+/g, ' '));
    tooltip
      .appendMarkdown('| ')
      .appendText(name ?? '')
      .appendMarkdown(' | ')
      .appendText(value ?? '')
      .appendMarkdown(' |\n');
  }
  tooltip.appendMarkdown('\n');
}

/** A tooltip link. */
interface LinkParts {
  readonly icon: string;
  readonly words: string;
  readonly to: string;
}

function lineOf(parts: readonly LinkParts[]): string {
  return parts.map(({ icon, words, to }) => `[$(${icon}) ${words}](${to})`).join(' &nbsp; ');
}

function isPage({ to }: LinkParts): boolean {
  return to.startsWith('https:');
}

function partsOf(way: CreditWay): LinkParts {
  switch (way) {
    case 'signIn':
      return { icon: 'sign-in', words: t('Sign in'), to: `command:${commandIds.signIn}` };
    case 'setApiKey':
      return { icon: 'key', words: t('Set API key'), to: `command:${commandIds.setApiKey}` };
    case 'switchKey':
      return { icon: 'arrow-swap', words: t('Switch key'), to: `command:${commandIds.switchKey}` };
    case 'refresh':
      return { icon: 'refresh', words: t('Refresh'), to: `command:${commandIds.refreshCredit}` };
    case 'usage':
      return { icon: 'graph', words: t('Usage'), to: `command:${commandIds.showUsage}` };
    case 'credits':
      return { icon: 'link-external', words: t('Add credits'), to: links.credits };
    case 'keyPage':
      return { icon: 'link-external', words: t('Keys'), to: links.keys };
    case 'activity':
      return { icon: 'link-external', words: t('Activity'), to: links.activity };
    case 'threshold':
      return { icon: 'gear', words: t('Low-Credit Warning'), to: settingLink('credit.warnBelow') };
    case 'server':
      return { icon: 'gear', words: t('Server'), to: settingLink('baseUrl') };
    default:
      return way satisfies never;
  }
}

function settingLink(name: 'credit.warnBelow' | 'baseUrl'): string {
  const query = encodeURIComponent(JSON.stringify(`${settingsSection}.${name}`));
  return `command:${openSettings}?${query}`;
}
