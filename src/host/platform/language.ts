import { t } from '@vscode/l10n';

/** The language tag of our words, for dates and pages: the translation of this word names it. */
export function language(): string {
  return t('en');
}
