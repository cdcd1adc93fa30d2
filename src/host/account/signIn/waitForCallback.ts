import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { type SignInAttempt, SignInError, signInLifetimeMs } from '../../../core/account/signIn.ts';
import { registerCommand } from '../../platform/commands.ts';
import { signInCommandIds } from '../../platform/contributions.ts';
import type { CallbackSource } from './callbackSource.ts';
import { checkIssuedKey, issuedKeyFor, type IssuedKey, type SignInParts } from './issuedKey.ts';

/** What the user does instead of using the browser. */
export type Instead = 'enterCode' | 'setApiKey' | 'cancel';

/** What the wait needs. */
export interface Wait {
  readonly attempt: SignInAttempt;
  readonly source: CallbackSource;
  /** Opens the page and returns whether it opened. */
  readonly open: () => Promise<boolean>;
}

/** VS Code notifications can run commands linked in their text. */
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
 * Waits, visibly, for the browser to return, and exchanges its code for a key. Throws `SignInError` or `RequestError`.
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

/** Checks an issued key again whose check failed. */
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

/** Fails if the page doesn't open; an open page reports nothing. */
async function opened(open: () => Promise<boolean>): Promise<never> {
  if (!(await open())) {
    throw new SignInError('notOpened');
  }
  return new Promise(() => undefined);
}

/** Whatever ends a wait from our side: the user or a timeout. */
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
    // Nobody may be waiting for it anymore.
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
