import { t } from '@vscode/l10n';

/** When a limit resets, by the service's interval. */
export function resetWords(reset: string): string {
  switch (reset) {
    case 'daily':
      return t('daily');
    case 'weekly':
      return t('weekly');
    case 'monthly':
      return t('monthly');
    default:
      return reset;
  }
}
