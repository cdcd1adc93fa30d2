import * as vscode from 'vscode';
import { keyFault, type KeyFault } from '../../core/model/apiKeyFormat.ts';
import type { KeyInfo } from '../../core/model/credit.ts';
import { formatBalance } from '../../core/model/money.ts';
import { RequestError } from '../../core/model/requestError.ts';
import type { OpenRouterAccount } from '../../core/openrouter/account.ts';
import type { ApiKeyStore } from '../apiKey.ts';
import { reportOf, reportOfError } from '../report.ts';

/** What setting a key needs. */
export interface KeyParts {
  readonly keys: ApiKeyStore;
  readonly account: OpenRouterAccount;
}

const faultWords: Readonly<Record<KeyFault, string>> = {
  empty: 'Enter an API key.',
  spaces: 'An API key has no spaces or line breaks in it.',
  characters: 'An API key consists of letters, digits and simple signs.',
  tooShort: 'This is too short to be an API key.',
};

/** Asks for a key, checks it with the service, and keeps it only when the service accepts it for asking models. */
export function setApiKey(parts: KeyParts): Promise<void> {
  const box = vscode.window.createInputBox();
  const closing = new AbortController();
  box.title = 'Set API Key';
  box.prompt = 'The key is kept in the secret storage of the editor and sent to the service only.';
  box.placeholder = 'sk-or-v1-…';
  box.password = true;
  box.ignoreFocusOut = true;
  box.onDidChangeValue(() => {
    box.validationMessage = undefined;
  });
  box.onDidAccept(() => void accept(box, parts, closing.signal));
  return new Promise((resolve) => {
    box.onDidHide(() => {
      closing.abort();
      box.dispose();
      resolve();
    });
    box.show();
  });
}

async function accept(box: vscode.InputBox, parts: KeyParts, signal: AbortSignal): Promise<void> {
  const key = box.value.trim();
  const fault = keyFault(key);
  if (fault) {
    box.validationMessage = faultWords[fault];
    return;
  }
  box.busy = true;
  box.enabled = false;
  try {
    const info = await parts.account.checkKey(signal, key);
    if (info?.management === true) {
      throw new RequestError('managementKey');
    }
    await parts.keys.set(key);
    box.hide();
    void vscode.window.showInformationMessage(
      info ? `The API key is set: ${describeKey(info)}` : 'The API key is set for this server.',
    );
  } catch (error) {
    if (!signal.aborted) {
      box.validationMessage = refusal(error);
    }
  } finally {
    if (!signal.aborted) {
      box.busy = false;
      box.enabled = true;
    }
  }
}

function refusal(error: unknown): string {
  const { message, detail } = error instanceof RequestError ? reportOf(error) : reportOfError(error);
  return detail === undefined ? `${message} It was not kept.` : `${message} It was not kept. (${detail})`;
}

function describeKey(key: KeyInfo): string {
  const limit =
    key.limit === undefined
      ? 'without a limit'
      : `${formatBalance(key.remaining ?? key.limit)} left of ${formatBalance(key.limit)}` +
        (key.reset === undefined ? '' : `, resets ${key.reset}`);
  return `${key.label} (${limit}${key.freeTier ? ', free tier' : ''}).`;
}
