import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { creditLevel } from '../../core/account/credit.ts';
import type { CreditMonitor } from '../../core/account/creditMonitor.ts';
import { lazy } from '../../core/util/lazy.ts';
import type { ApiKeyStore } from './apiKeyStore.ts';
import { statusItemIds } from '../platform/contributions.ts';
import { language } from '../platform/language.ts';
import type { Settings } from '../platform/settings.ts';
import { creditText } from './creditText.ts';

/** Shows the remaining credit in the status bar. */
export function registerCreditItem(
  monitor: CreditMonitor,
  settings: Settings,
  keys: ApiKeyStore,
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(statusItemIds.credit, vscode.StatusBarAlignment.Right, 101);
  item.name = t('Switchboard: Credit');
  // The long tooltip is built lazily, not at startup.
  const details = lazy(async () => {
    const { creditView } = await import('./creditView.ts');
    const { drawDetails } = await import('./creditDetails.ts');
    return () => {
      const place = { language: language() };
      const moment = { now: Date.now(), place, warnBelow: settings.creditWarnBelow(), keys: keys.summary };
      drawDetails(item, creditView(monitor.credit, moment));
    };
  });
  const draw = (): void => {
    drawCredit(item, monitor, settings);
    void details().then((drawNow) => {
      drawNow();
    });
  };
  draw();
  item.show();
  return vscode.Disposable.from(
    item,
    monitor.onDidChange(draw),
    settings.onDidChange(draw),
    keys.onDidChangeNames(draw),
    // Tomorrow has become today.
    vscode.window.onDidChangeWindowState(draw),
  );
}

function drawCredit(item: vscode.StatusBarItem, { credit }: CreditMonitor, settings: Settings): void {
  const level = creditLevel(credit, settings.creditWarnBelow(), Date.now());
  // Not by color alone: dark high contrast has no warning color.
  item.text = `$(${level === 'normal' ? 'credit-card' : level}) ${creditText(credit)}`;
  item.backgroundColor =
    level === 'normal' ? undefined : new vscode.ThemeColor(`statusBarItem.${level}Background`);
}
