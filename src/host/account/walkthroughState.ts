import * as vscode from 'vscode';
import type { Credit } from '../../core/account/credit.ts';
import type { CreditMonitor } from '../../core/account/creditMonitor.ts';
import { setContext } from '../platform/commands.ts';
import { contextKeys } from '../platform/contributions.ts';

/**
 * Offers the walkthrough, and ticks its step of the key once there is one. It is offered by a running extension only, so
 * that VS Code does not open it by itself after the installation.
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
