import { setImmediate as nextTurn } from 'node:timers/promises';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { creditLevel } from '../../core/account/credit.ts';
import type { CreditMonitor } from '../../core/account/creditMonitor.ts';
import { lazy } from '../../core/util/lazy.ts';
import type { ApiKeyStore } from './apiKeyStore.ts';
import { language } from '../platform/language.ts';
import type { Settings } from '../platform/settings.ts';
import { registerStatusItem } from '../platform/statusItem.ts';
import { creditText } from './creditText.ts';

/** Shows the remaining credit in the status bar. */
export function registerCreditItem(
  monitor: CreditMonitor,
  settings: Settings,
  keys: ApiKeyStore,
): vscode.Disposable {
  // The long tooltip is built after startup.
  const details = lazy(async () => {
    await nextTurn();
    const { creditView } = await import('./creditView.ts');
    const { drawDetails } = await import('./creditDetails.ts');
    return (item: vscode.StatusBarItem) => {
      const place = { language: language() };
      const moment = { now: Date.now(), place, warnBelow: settings.creditWarnBelow(), keys: keys.summary };
      drawDetails(item, creditView(monitor.credit, moment));
    };
  });
  const draw = (item: vscode.StatusBarItem): void => {
    drawCredit(item, monitor, settings);
    void details().then((drawNow) => {
      drawNow(item);
    });
  };
  return registerStatusItem({ id: 'credit', name: t('Switchboard: Credit'), priority: 101 }, draw, [
    monitor.onDidChange,
    settings.onDidChange,
    keys.onDidChangeNames,
    // Tomorrow has become today.
    vscode.window.onDidChangeWindowState,
  ]);
}

function drawCredit(item: vscode.StatusBarItem, { credit }: CreditMonitor, settings: Settings): void {
  const level = creditLevel(credit, settings.creditWarnBelow(), Date.now());
  // Not by color alone: dark high contrast has no warning color.
  item.text = `$(${level === 'normal' ? 'credit-card' : level}) ${creditText(credit)}`;
  item.backgroundColor =
    level === 'normal' ? undefined : new vscode.ThemeColor(`statusBarItem.${level}Background`);
}
