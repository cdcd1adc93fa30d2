import { t } from '@vscode/l10n';
import { allowanceOf, type Credit, type KeyInfo } from '../../core/account/credit.ts';
import { formatBalance } from '../../core/money/money.ts';
import { formatNumber } from '../platform/formats.ts';

/** The credit item's text: short, and clear about what the number means. */
export function creditText(credit: Credit): string {
  switch (credit.state) {
    case 'unknown':
      return '…';
    case 'missing':
      return t('Set API key');
    case 'rejected':
      return t('Key rejected');
    case 'expired':
      return t('Key expired');
    case 'none':
      return '–';
    case 'known':
      return keyText(credit.key);
    case 'offline':
      return credit.last ? t('{0} (offline)', keyText(credit.last.key)) : t('(offline)');
    default:
      return credit satisfies never;
  }
}

function keyText(key: KeyInfo): string {
  const allowance = allowanceOf(key);
  if (allowance) {
    return t('{0} left', formatBalance(allowance.remaining));
  }
  if (key.freeTier && key.freeRequests) {
    return t('{0} free left', formatNumber(key.freeRequests.remaining));
  }
  return t('{0} today (UTC)', formatBalance(key.spentToday));
}
