import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SignInAttempt } from '../../../core/account/signIn.ts';
import type { CallbackSource } from './callbackSource.ts';
import { askCode } from './codeBox.ts';
import type { IssuedKey, SignInParts, KeyOptions } from './issuedKey.ts';
import { listenOnLoopback } from './loopbackCallback.ts';
import { openPage } from './openPage.ts';
import { signInLine } from './signInWords.ts';
import { listenForUri } from './uriCallback.ts';
import { checkAgain, waitForCallback, type Instead } from './waitForCallback.ts';
import type { SignInMethod } from './signInMethod.ts';
import type { BaseUrl } from '../../../core/model/server.ts';

/** One sign-in, from the first step to a key. */
export interface SignInContext {
  readonly parts: SignInParts;
  readonly baseUrl: BaseUrl;
  readonly keyOptions: KeyOptions;
}

type Result = IssuedKey | Instead | 'tryAgain';

/** An issued key, and whether it came from the browser while the user could do anything here. */
export interface SignedIn extends IssuedKey {
  readonly late: boolean;
}

/** Signs in, starting with the best method; the user may switch to the next at any time. */
export async function signInFrom(
  method: SignInMethod,
  context: SignInContext,
  signal: AbortSignal,
): Promise<SignedIn | 'setApiKey' | undefined> {
  const begin = (): Promise<SignInAttempt> => context.parts.service.begin(context.baseUrl, context.parts.now);
  const { parts, keyOptions } = context;
  const result =
    method === 'code' ? 'enterCode' : await throughBrowser(method, context, await begin(), signal);
  switch (result) {
    case 'cancel':
      return undefined;
    case 'enterCode': {
      const issued = await askCode({ ...parts, begin, keyOptions }, signal);
      return issued === 'setApiKey' || issued === undefined ? issued : { ...issued, late: false };
    }
    case 'tryAgain':
      return signInFrom(method, context, signal);
    case 'setApiKey':
      return result;
    default:
      return { ...result, late: true };
  }
}

/** Waits for the browser's code. A failure is reported with its remedies, and an issued key isn't lost. */
async function throughBrowser(
  method: Exclude<SignInMethod, 'code'>,
  { parts, keyOptions }: SignInContext,
  attempt: SignInAttempt,
  signal: AbortSignal,
): Promise<Result> {
  const source = await listen(method, attempt);
  if (!source) {
    return 'enterCode';
  }
  const open = (): Promise<boolean> => openPage(attempt.url({ ...keyOptions, callbackUrl: source.url }));
  try {
    return await settle(
      () => waitForCallback(parts, { attempt, source, open }, signal),
      { parts, attempt },
      signal,
    );
  } finally {
    attempt.close();
  }
}

async function settle(
  work: () => Promise<IssuedKey | Instead>,
  { parts, attempt }: { readonly parts: SignInParts; readonly attempt: SignInAttempt },
  signal: AbortSignal,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const decided = signal.aborted ? 'cancel' : await offerWaysOn(error);
    const key = attempt.minted;
    return decided === 'tryAgain' && key !== undefined
      ? settle(() => checkAgain(parts, attempt, key, signal), { parts, attempt }, signal)
      : decided;
  }
}

async function listen(
  method: Exclude<SignInMethod, 'code'>,
  attempt: SignInAttempt,
): Promise<CallbackSource | undefined> {
  switch (method) {
    case 'loopback':
      // If no port is available, there is still the code.
      return listenOnLoopback(attempt).catch(() => undefined);
    case 'uri':
      return listenForUri(attempt);
    default:
      return method satisfies never;
  }
}

async function offerWaysOn(error: unknown): Promise<Instead | 'tryAgain'> {
  const ways = [
    { title: t('Try Again'), method: 'tryAgain' },
    { title: t('Enter a Code Instead'), method: 'enterCode' },
    { title: t('Set API Key'), method: 'setApiKey' },
  ] as const;
  const chosen = await vscode.window.showWarningMessage<(typeof ways)[number]>(signInLine(error), ...ways);
  return chosen?.method ?? 'cancel';
}
