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
  const send = 'Send';
  const choice = await vscode.window.showWarningMessage(
    `This request may cost up to ${formatCost(cost.most)}. Send it?`,
    {
      modal: true,
      detail:
        `It has about ${String(tokens)} tokens and costs from ${formatCost(cost.least)}, with a short answer, ` +
        `to ${formatCost(cost.most)}, with the longest one that is asked for. Requests above ` +
        `${formatBalance(limit)} are asked about ("switchboard.budget.perRequest"). Nothing was sent yet.`,
    },
    send,
  );
  return choice === send;
}
