import type { Usage } from '../../core/conversation/message.ts';
import { formatCost } from '../../core/money/money.ts';

/** ` ($0.001234)`: an answer's cost after a sentence; empty if unknown. */
export function costWords(usage: Usage | undefined): string {
  return usage?.cost === undefined ? '' : ` (${formatCost(usage.cost)})`;
}
