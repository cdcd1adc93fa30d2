import { t } from '@vscode/l10n';
import { language } from '../../platform/language.ts';

/** The final browser page. */
export interface CallbackPage {
  readonly title: string;
  readonly words: string;
}

export const callbackPages = {
  get received() {
    return {
      title: t('Sign-in received'),
      words: t('Return to the editor. You can close this page.'),
    };
  },
  get denied() {
    return {
      title: t('Sign-in declined'),
      words: t('No key was created. You can close this page.'),
    };
  },
  get refused() {
    return {
      title: t('This link matches no sign-in'),
      words: t('It was already used, has expired, or came from somewhere else. You can close this page.'),
    };
  },
} satisfies Readonly<Record<string, CallbackPage>>;

/** The page loads and runs nothing and leaks no referrer, because its address holds the code. */
export const callbackHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  Connection: 'close',
};

/** The page as HTML, from fixed words only. */
export function callbackHtml({ title, words }: CallbackPage): string {
  return `<!DOCTYPE html><html lang="${language()}"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>${words}</p></body></html>`;
}
