import type { RequestEstimate } from '../../core/conversation/requestEstimate.ts';
import { formatCost } from '../../core/model/money.ts';
import type { EstimateView } from '../../protocol/chatView.ts';

/** An estimate as the panel shows it. */
export function toEstimateView({ tokens, contextLength, cost, uncounted }: RequestEstimate): EstimateView {
  const onTop = uncounted.map((each) => ` plus ${each}`).join('');
  return {
    tokens,
    ...(contextLength !== undefined && { contextLength }),
    cost: `${costWords(cost)}${onTop}`,
  };
}

function costWords(cost: RequestEstimate['cost']): string {
  if (!cost) {
    return 'price not known';
  }
  if (cost === 'variable') {
    return 'price depends on the model that is chosen';
  }
  return cost.most === 0 ? 'free' : `${formatCost(cost.least)} to ${formatCost(cost.most)}`;
}
