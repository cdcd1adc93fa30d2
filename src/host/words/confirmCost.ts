import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Usage } from '../../core/conversation/message.ts';
import {
  costAbove,
  sumOfEstimates,
  type RequestEstimate,
} from '../../core/conversation/generation/requestEstimate.ts';
import { formatBalance, formatCost } from '../../core/money/money.ts';
import type { Settings } from '../platform/settings.ts';
import { formatNumber } from '../platform/formats.ts';

/**
 * Asks before sending requests that may cost more than the per-request budget. One with an unknown price isn't asked
 * about: the setting would mean nothing for it. `returned` is called after the user has answered.
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
      : t('These {0} requests may cost up to {1} in total. Send them?', estimates.length, most),
    {
      modal: true,
      detail: t(
        'About {0} tokens will be sent, costing {1} (short answer) to {2} (maximum length). You\'re asked to confirm above {3} ("switchboard.budget.perRequest"). Nothing has been sent yet.',
        formatNumber(tokens),
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

/**
 * Asks before an answer is repaired if the total could exceed the approved amount. Only users with a per-request budget
 * are asked.
 */
export async function confirmRepair(
  { cost }: RequestEstimate,
  spent: Usage | undefined,
  settings: Settings,
): Promise<boolean> {
  if (cost === undefined || cost === 'variable') {
    return false;
  }
  const send = t('Send');
  const most = formatCost(cost.most);
  const choice = await vscode.window.showWarningMessage(
    t(
      "The answer isn't in the expected format. Asking the model to correct it may cost up to {0} " +
        'more. Continue?',
      most,
    ),
    {
      modal: true,
      detail: [
        spent?.cost === undefined
          ? t("The service hasn't reported the cost so far.")
          : t(
              'The cost so far is {0}, so the total may be up to {1}.',
              formatCost(spent.cost),
              formatCost(spent.cost + cost.most),
            ),
        t(
          'The total could exceed {0} ("switchboard.budget.perRequest") or the amount you approved.',
          formatBalance(settings.budgetPerRequest() ?? 0),
        ),
      ].join(' '),
    },
    send,
  );
  return choice === send;
}
