import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RequestEstimate } from '../core/conversation/requestEstimate.ts';
import { formatBalance, formatCost } from '../core/model/money.ts';
import type { Settings } from './settings.ts';

/**
 * Asks before a request is sent that may cost more than the user wants to spend unasked. One whose price cannot be told
 * is not asked about: the setting would mean nothing for it.
 */
export async function confirmCost({ cost, tokens }: RequestEstimate, settings: Settings): Promise<boolean> {
  const limit = settings.budgetPerRequest();
  if (limit === undefined || cost === undefined || cost === 'variable' || cost.most <= limit) {
    return true;
  }
  const send = t('Send');
  const choice = await vscode.window.showWarningMessage(
    t('This request may cost up to {0}. Send it?', formatCost(cost.most)),
    {
      modal: true,
      detail: t(
        'It has about {0} tokens and costs from {1}, with a short answer, to {2}, with the longest one that is asked ' +
          'for. Requests above {3} are asked about ("switchboard.budget.perRequest"). Nothing was sent yet.',
        tokens.toLocaleString('en-US'),
        formatCost(cost.least),
        formatCost(cost.most),
        formatBalance(limit),
      ),
    },
    send,
  );
  return choice === send;
}
