import { config } from '@vscode/l10n';

/** Takes the words of the page in another language, where it came with some. */
export function readTranslation(): void {
  const words = document.getElementById('l10n')?.textContent;
  if (words !== undefined && words !== '') {
    config({ contents: words });
  }
}
