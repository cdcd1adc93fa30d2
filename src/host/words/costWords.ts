import type { Usage } from '../../core/conversation/message.ts';
import { formatCost } from '../../core/money/money.ts';

/** What is told of a command's answer. */
export interface AnsweredFor {
  readonly usage?: Usage | undefined;
  /** The name of the model that answered, as far as the service says which. */
  readonly answeredBy?: string | undefined;
}

/** What an answer cost, and which model gave it; empty if unknown. */
export function answerFacts({ usage, answeredBy }: AnsweredFor): string {
  const cost = usage?.cost === undefined ? undefined : formatCost(usage.cost);
  return [cost, answeredBy].filter((each) => each !== undefined).join(', ');
}

/** ` ($0.001234, Claude Sonnet 4.6)`: the same after a sentence. */
export function costWords(answer: AnsweredFor): string {
  const facts = answerFacts(answer);
  return facts === '' ? '' : ` (${facts})`;
}
