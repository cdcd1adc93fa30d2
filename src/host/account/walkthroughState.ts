import * as vscode from 'vscode';
import type { Credit } from '../../core/account/credit.ts';
import type { CreditMonitor } from '../../core/account/creditMonitor.ts';
import { setContext } from '../platform/commands.ts';
import { contextKeys } from '../platform/contributions.ts';

/**
 * Offers the walkthrough and completes its key step. Only the running extension offers it, so that VS Code doesn't open
 * it right after installation.
 */
export function followWalkthrough(credit: CreditMonitor): vscode.Disposable {
  setContext(contextKeys.active, true);
  return vscode.Disposable.from(
    credit.onDidChange((now) => {
      setContext(contextKeys.keyIsSet, hasKey(now));
    }),
  );
}

function hasKey({ state }: Credit): boolean {
  return state === 'known' || state === 'none';
}
