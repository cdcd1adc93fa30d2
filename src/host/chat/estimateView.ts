import { t } from '@vscode/l10n';
import type { RequestEstimate } from '../../core/conversation/generation/requestEstimate.ts';
import { formatCost } from '../../core/money/money.ts';
import type { EstimateView } from '../../protocol/chatView.ts';

/** An estimate as the panel shows it. */
export function toEstimateView({ tokens, contextLength, cost, uncounted }: RequestEstimate): EstimateView {
  return {
    tokens,
    ...(contextLength !== undefined && { contextLength }),
    cost: uncounted.reduce((words, each) => onTopWords(words, each), costWords(cost)),
  };
}

function onTopWords(cost: string, what: RequestEstimate['uncounted'][number]): string {
  switch (what) {
    case 'attachments':
      return t('{0} plus attachments', cost);
    case 'web search':
      return t('{0} plus web search', cost);
    default:
      return what satisfies never;
  }
}

function costWords(cost: RequestEstimate['cost']): string {
  if (!cost) {
    return t('unknown price');
  }
  if (cost === 'variable') {
    return t('price depends on the chosen model');
  }
  return cost.most === 0 ? t('free') : t('{0} to {1}', formatCost(cost.least), formatCost(cost.most));
}
