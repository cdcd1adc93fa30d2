import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { costAbove, sumOfEstimates, type RequestEstimate } from '../core/conversation/requestEstimate.ts';
import { formatBalance, formatCost } from '../core/model/money.ts';
import type { Settings } from './settings.ts';

/**
 * Asks before a request is sent that may cost more than the user wants to spend unasked, or several that may together.
 * One whose price cannot be told is not asked about: the setting would mean nothing for it. `returned` hears that the
 * user was asked, and has answered.
 */
export async function confirmCost(
  estimates: readonly RequestEstimate[],
  settings: Settings,
  returned: () => void = () => undefined,
): Promise<boolean> {
  const limit = settings.budgetPerRequest();
  const sum = sumOfEstimates(estimates);
  const cost = costAbove(limit, sum?.cost);
  if (limit === undefined || cost === undefined) {
    return true;
  }
  const tokens = sum?.tokens ?? 0;
  const send = t('Send');
  const most = formatCost(cost.most);
  const choice = await vscode.window.showWarningMessage(
    estimates.length === 1
      ? t('This request may cost up to {0}. Send it?', most)
      : t('These {0} requests may cost up to {1} together. Send them?', estimates.length, most),
    {
      modal: true,
      detail: t(
        'About {0} tokens are sent. That costs from {1}, with short answers, to {2}, with the longest that are asked ' +
          'for. You are asked above {3} ("switchboard.budget.perRequest"). Nothing was sent yet.',
        tokens.toLocaleString('en-US'),
        formatCost(cost.least),
        most,
        formatBalance(limit),
      ),
    },
    send,
  );
  returned();
  return choice === send;
}
