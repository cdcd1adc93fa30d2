import { t } from '@vscode/l10n';

/** The tag of the language that our words are in, for dates and pages: what this word is translated to names it. */
export function language(): string {
  return t('en');
}
