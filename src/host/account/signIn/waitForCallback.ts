import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { type SignInAttempt, SignInError, signInLifetimeMs } from '../../../core/account/signIn.ts';
import { registerCommand } from '../../platform/commands.ts';
import { signInCommandIds } from '../../platform/contributions.ts';
import type { CallbackSource } from './callbackSource.ts';
import { checkIssuedKey, issuedKeyFor, type IssuedKey, type SignInParts } from './issuedKey.ts';

/** What the user does instead of going on in the browser. */
export type Instead = 'enterCode' | 'setApiKey' | 'cancel';

/** Where the wait has to look. */
export interface Wait {
  readonly attempt: SignInAttempt;
  readonly source: CallbackSource;
  /** Opens the page, and says whether it was opened. */
  readonly open: () => Promise<boolean>;
}

/** A notification of VS Code runs commands that are linked in its words. */
const waiting = (): string =>
  t(
    'waiting for the browser. You can also [enter a code]({0}) or [set an API key]({1}).',
    `command:${signInCommandIds.enterCode}`,
    `command:${signInCommandIds.setApiKey}`,
  );

const progressOptions = (): vscode.ProgressOptions => ({
  location: vscode.ProgressLocation.Notification,
  title: t('Sign In with OpenRouter'),
  cancellable: true,
});

/**
 * Waits, visibly, for the browser to come back, and gets the key for the code that it brings. Throws `SignInError` or
 * `RequestError`.
 */
export async function waitForCallback(
  parts: SignInParts,
  { attempt, source, open }: Wait,
  signal: AbortSignal,
): Promise<IssuedKey | Instead> {
  return vscode.window.withProgress(progressOptions(), async (progress, token) => {
    const closing = new AbortController();
    const turn = new Turn(token, signal);
    try {
      progress.report({ message: waiting() });
      const callback = await Promise.race([turn.instead, turn.expired, opened(open), source.taken]);
      if (typeof callback === 'string') {
        return callback;
      }
      if (callback.outcome === 'denied') {
        throw new SignInError('denied', callback.words);
      }
      progress.report({ message: t('checking the new key.') });
      const granted = issuedKeyFor(parts, attempt, callback.code, closing.signal);
      return await Promise.race([turn.instead, granted]);
    } finally {
      closing.abort();
      source.dispose();
      turn.dispose();
    }
  });
}

/** Checks again the key that was made and could not be checked. */
export async function checkAgain(
  parts: SignInParts,
  attempt: SignInAttempt,
  key: string,
  signal: AbortSignal,
): Promise<IssuedKey | Instead> {
  return vscode.window.withProgress(progressOptions(), async (progress, token) => {
    const turn = new Turn(token, signal);
    const closing = new AbortController();
    try {
      progress.report({ message: t('checking the new key.') });
      return await Promise.race([turn.instead, checkIssuedKey(parts, attempt, key, closing.signal)]);
    } finally {
      closing.abort();
      turn.dispose();
    }
  });
}

/** Fails when the page is not opened; an open page says nothing. */
async function opened(open: () => Promise<boolean>): Promise<never> {
  if (!(await open())) {
    throw new SignInError('notOpened');
  }
  return new Promise(() => undefined);
}

/** Whatever ends a wait from this side: the user, or the time. */
class Turn implements vscode.Disposable {
  readonly instead: Promise<Instead>;
  readonly expired: Promise<never>;
  readonly #subscriptions: vscode.Disposable;

  constructor(token: vscode.CancellationToken, signal: AbortSignal) {
    let decide: (instead: Instead) => void = () => undefined;
    this.instead = new Promise((resolve) => {
      decide = resolve;
    });
    let expire: () => void = () => undefined;
    this.expired = new Promise((_, reject) => {
      expire = () => {
        reject(new SignInError('expired'));
      };
    });
    // Nobody may be waiting for it any more when it comes.
    this.expired.catch(() => undefined);
    const timer = setTimeout(expire, signInLifetimeMs);
    const cancel = (): void => {
      decide('cancel');
    };
    signal.addEventListener('abort', cancel);
    this.#subscriptions = vscode.Disposable.from(
      token.onCancellationRequested(cancel),
      registerCommand(signInCommandIds.enterCode, () => {
        decide('enterCode');
      }),
      registerCommand(signInCommandIds.setApiKey, () => {
        decide('setApiKey');
      }),
      {
        dispose: () => {
          signal.removeEventListener('abort', cancel);
          clearTimeout(timer);
        },
      },
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
