import { t } from '@vscode/l10n';
import type { ReasoningEffort } from '../../core/model/requestValues.ts';

/** The reasoning effort in words. */
export function effortName(effort: ReasoningEffort): string {
  switch (effort) {
    case 'default':
      return t('Model default');
    case 'none':
      return t('None');
    case 'minimal':
      return t('Minimal');
    case 'low':
      return t('Low');
    case 'medium':
      return t('Medium');
    case 'high':
      return t('High');
    case 'xhigh':
      return t('Extra high');
    default:
      return effort satisfies never;
  }
}
