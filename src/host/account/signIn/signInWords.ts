import { t } from '@vscode/l10n';
import { SignInError, type SignInFault } from '../../../core/account/signIn.ts';
import { RequestError } from '../../../core/model/requestError.ts';
import { reportOfError, type Report } from '../../words/report.ts';

/** One sentence per fault; the buttons beside it offer remedies. */
const words = (): Readonly<Record<SignInFault, string>> => ({
  denied: t('The sign-in was declined, and no key was made.'),
  invalidCode: t("The service doesn't recognize this code. It may be mistyped or already used."),
  expiredCode: t('This code has expired. Open the page again to get a new one.'),
  wrongVerifier: t(
    "This code belongs to another sign-in and can't be used again. Open the page again to get a new one.",
  ),
  malformed: t("The service can't read this code. Check that you copied all of it."),
  expired: t('The sign-in took longer than ten minutes. Open the page again.'),
  used: t('This sign-in was already used. Open the page again to start a new one.'),
  notOpened: t("The page didn't open in the browser."),
  unavailable: t("This server doesn't issue keys through sign-in. Set an API key instead."),
  serverChanged: t(
    'The setting "switchboard.baseUrl" changed during sign-in, so the new key wasn\'t sent anywhere. ' +
      'Sign in again.',
  ),
});

/** Why a sign-in failed, in words. */
export function signInWords(error: unknown): Pick<Report, 'message' | 'detail'> {
  if (!(error instanceof SignInError)) {
    const report = reportOfError(error);
    // No model is asked, so no model's provider can have failed.
    return error instanceof RequestError && error.kind === 'provider'
      ? { ...report, message: t('The service failed. Try again later.') }
      : report;
  }
  return {
    message: words()[error.fault],
    ...(error.detail === undefined ? {} : { detail: error.detail }),
  };
}

/** The same on one line. */
export function signInLine(error: unknown): string {
  const { message, detail } = signInWords(error);
  return detail === undefined ? message : `${message} (${detail})`;
}
