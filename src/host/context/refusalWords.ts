import type { Refusal } from '../../core/context/contextItem.ts';

/** Why a piece of context cannot go with a question, in words. */
export function refusalWords(label: string, refusal: Refusal): string {
  switch (refusal.reason) {
    case 'empty':
      return `There is no text in ${label}, so nothing was sent.`;
    case 'binary':
      return `${label} looks like a binary file, so nothing was sent.`;
    case 'tooLarge':
      return (
        `${label} has about ${count(refusal.tokens)} tokens, and at most ${count(refusal.limit)} fit into a question ` +
        'to this model, so nothing was sent. Select less, or switch to a model with a longer context.'
      );
    default:
      return refusal satisfies never;
  }
}

function count(tokens: number): string {
  return tokens.toLocaleString('en-US');
}
