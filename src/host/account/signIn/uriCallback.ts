import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isCallbackAcceptable, type SignInAttempt } from '../../../core/account/signIn.ts';
import { extensionId } from '../../platform/contributions.ts';
import { callbackPages } from './callbackPage.ts';
import type { CallbackSource, TakenCallback } from './callbackSource.ts';

/** Listens for the browser's return through the editor's own scheme; absent if the service wouldn't redirect there. */
export async function listenForUri(attempt: SignInAttempt): Promise<CallbackSource | undefined> {
  const { uriScheme } = vscode.env;
  const own = vscode.Uri.from({ scheme: uriScheme, authority: extensionId, path: attempt.callbackPath });
  const external = await vscode.env.asExternalUri(own);
  // Encoding it again would break the query that identifies the window.
  const url = external.toString(true);
  if (!isCallbackAcceptable(url, uriScheme)) {
    return undefined;
  }
  let handler: vscode.Disposable | undefined;
  const taken = new Promise<TakenCallback>((resolve) => {
    handler = vscode.window.registerUriHandler({
      handleUri: ({ path, query }) => {
        const callback = attempt.receive(path, query);
        if (callback.outcome === 'refused') {
          const { title } = callbackPages.refused;
          void vscode.window.showWarningMessage(
            t('A sign-in link from the browser was rejected. {0}.', title),
          );
        } else {
          resolve(callback);
        }
      },
    });
  });
  return { url, taken, dispose: () => void handler?.dispose() };
}
