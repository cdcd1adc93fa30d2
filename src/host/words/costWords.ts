import type { Usage } from '../../core/conversation/message.ts';
import { formatCost } from '../../core/money/money.ts';

/** ` ($0.001234)`: what an answer cost, behind a sentence; nothing where that is not known. */
export function costWords(usage: Usage | undefined): string {
  return usage?.cost === undefined ? '' : ` (${formatCost(usage.cost)})`;
}
