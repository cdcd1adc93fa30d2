import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Usage } from '../../core/conversation/message.ts';
import { totalOf, type CostTotal } from '../../core/conversation/generation/costTotal.ts';
import {
  costAbove,
  mostOf,
  type RequestEstimate,
} from '../../core/conversation/generation/requestEstimate.ts';
import {
  formatBalance,
  formatCost,
  toMicroDollars,
  type MicroDollars,
  type PicoDollars,
} from '../../core/money/money.ts';
import type { Settings } from '../platform/settings.ts';
import { formatNumber } from '../platform/formats.ts';

/** Up to what users let requests of unknown price pass in this window. */
const letPass = new WeakMap<Settings, PicoDollars>();

/** One is asked again when such a request may cost so many times what was agreed to: chats grow. */
const headroom = 2;

/**
 * Asks before sending requests that may cost more than the per-request budget, with all that comes on top. One of unknown
 * price counts with what the most expensive model would take; one of which not even that is known is asked about where the server has prices.
 * `returned` is called after the user has answered.
 */
export async function confirmCost(
  estimates: readonly RequestEstimate[],
  settings: Settings,
  returned: () => void = () => undefined,
): Promise<boolean> {
  const limit = settings.budgetPerRequest();
  const total = totalOf(estimates);
  const cost = costAbove(limit, total);
  const isLetPass = total.bound > 0 && total.most <= (letPass.get(settings) ?? 0);
  // Without a server nothing can be sent: the request says why, and nothing needs to be asked.
  if (limit !== undefined && total.isUnlisted && settings.usableBaseUrl() !== undefined) {
    return confirmUnlisted(estimates.length, returned);
  }
  if (limit === undefined || cost === undefined || isLetPass) {
    return true;
  }
  const send = t('Send');
  const always = t('Send, and Ask Again Above {0}', formatBalance(toMicroDollars(total.most * headroom)));
  const choice = await vscode.window.showWarningMessage(
    questionWords(estimates.length, total),
    { modal: true, detail: detailWords(total, limit) },
    send,
    ...(total.bound > 0 ? [always] : []),
  );
  returned();
  if (choice === always) {
    letPass.set(settings, total.most * headroom);
  }
  return choice === send || choice === always;
}

/** Asks before requests that may cost anything. */
async function confirmUnlisted(requests: number, returned: () => void): Promise<boolean> {
  const send = t('Send');
  const choice = await vscode.window.showWarningMessage(
    requests === 1
      ? t("It isn't known what this request may cost. Send it?")
      : t("It isn't known what these {0} requests may cost. Send them?", requests),
    {
      modal: true,
      detail: t(
        'The list of models, which has the prices, couldn\'t be read. You\'re asked because of "switchboard.budget.perRequest". Nothing has been sent yet.',
      ),
    },
    send,
  );
  returned();
  return choice === send;
}

function questionWords(requests: number, { most, bound }: CostTotal): string {
  const amount = formatCost(most);
  if (bound > 0) {
    return requests === 1
      ? t(
          "The price of this request isn't known in advance. With an expensive model, it may cost up to {0}. Send it?",
          amount,
        )
      : t(
          'Not all prices of these {0} requests are known in advance. With expensive models, they may cost up to {1} in total. Send them?',
          requests,
          amount,
        );
  }
  return requests === 1
    ? t('This request may cost up to {0}. Send it?', amount)
    : t('These {0} requests may cost up to {1} in total. Send them?', requests, amount);
}

function detailWords({ tokens, least, most, extra, bound }: CostTotal, limit: MicroDollars): string {
  const asked = formatBalance(limit);
  const about =
    bound > 0
      ? t(
          'About {0} tokens will be sent. You\'re asked to confirm above {1} ("switchboard.budget.perRequest"). Nothing has been sent yet.',
          formatNumber(tokens),
          asked,
        )
      : t(
          'About {0} tokens will be sent, costing {1} (short answer) to {2} (maximum length). You\'re asked to confirm above {3} ("switchboard.budget.perRequest"). Nothing has been sent yet.',
          formatNumber(tokens),
          formatCost(least),
          formatCost(most),
          asked,
        );
  const onTop = t('Attachments and web searches count with the most they may cost: {0}.', formatCost(extra));
  return extra > 0 ? `${about} ${onTop}` : about;
}

/**
 * Asks before an answer is repaired if the total could exceed the approved amount. Only users with a per-request budget
 * are asked.
 */
export async function confirmRepair(
  estimate: RequestEstimate,
  spent: Usage | undefined,
  settings: Settings,
): Promise<boolean> {
  const cost = mostOf(estimate);
  if (cost === undefined) {
    return false;
  }
  const send = t('Send');
  const most = formatCost(cost);
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
              formatCost(spent.cost + cost),
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

/** Asks before one more request that could exceed what was agreed to for several together. */
export async function confirmMore(
  estimate: RequestEstimate,
  spent: PicoDollars,
  settings: Settings,
): Promise<boolean> {
  const send = t('Send');
  const most = mostOf(estimate) ?? 0;
  const choice = await vscode.window.showWarningMessage(
    t('This may cost up to {0} more. Send it?', formatCost(most)),
    {
      modal: true,
      detail: [
        t(
          'The cost so far is {0}, so the total may be up to {1}.',
          formatCost(spent),
          formatCost(spent + most),
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
