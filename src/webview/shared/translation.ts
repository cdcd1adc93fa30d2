import { config } from '@vscode/l10n';

/** Loads the page's translations, if any. */
export function readTranslation(): void {
  const words = document.getElementById('l10n')?.textContent;
  if (words !== undefined && words !== '') {
    config({ contents: words });
  }
}
