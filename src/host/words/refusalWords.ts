import { t } from '@vscode/l10n';
import type { Refusal } from '../../core/context/contextItem.ts';
import { formatNumber } from '../platform/formats.ts';

/** Why an item can't be sent, in words. */
export function refusalWords(label: string, refusal: Refusal): string {
  switch (refusal.reason) {
    case 'empty':
      return t('{0} has no text, so nothing was sent.', label);
    case 'binary':
      return t('{0} looks like a binary file, so nothing was sent.', label);
    case 'tooLarge':
      return t(
        '{0} has about {1} tokens, but at most {2} fit in a request to this model, so nothing was ' +
          'sent. Select less code, or switch to a model with a longer context.',
        label,
        formatNumber(refusal.tokens),
        formatNumber(refusal.limit),
      );
    default:
      return refusal satisfies never;
  }
}
