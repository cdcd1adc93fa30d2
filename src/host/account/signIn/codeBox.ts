import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SignInAttempt } from '../../../core/account/signIn.ts';
import { withoutKeys } from '../../../core/util/withoutKeys.ts';
import { once } from '../../../core/util/lazy.ts';
import { issuedKeyFor, type IssuedKey, type SignInParts, type KeyOptions } from './issuedKey.ts';
import { openPage } from './openPage.ts';
import { signInLine } from './signInWords.ts';

export interface CodeBoxParts extends SignInParts {
  readonly begin: () => Promise<SignInAttempt>;
  readonly keyOptions: KeyOptions;
}

/** Created once, because buttons are compared by identity. */
const buttons = once(
  () =>
    ({
      open: { iconPath: new vscode.ThemeIcon('link-external'), tooltip: t('Open Page Again') },
      copy: { iconPath: new vscode.ThemeIcon('copy'), tooltip: t('Copy Page Address') },
      setApiKey: { iconPath: new vscode.ThemeIcon('key'), tooltip: t('Set API Key Instead') },
    }) satisfies Readonly<Record<string, vscode.QuickInputButton>>,
);

/** Opens the page that shows a code and takes the code. A rejected one stays in the box, with the reason. */
export async function askCode(
  parts: CodeBoxParts,
  signal: AbortSignal,
): Promise<IssuedKey | 'setApiKey' | undefined> {
  const session = new CodeSession(parts);
  const box = vscode.window.createInputBox();
  box.title = t('Sign In with OpenRouter');
  box.prompt = t('Approve Switchboard on the page in the browser, then paste the code from that page.');
  box.placeholder = t('Code');
  box.ignoreFocusOut = true;
  box.buttons = Object.values(buttons());
  box.onDidChangeValue(() => {
    box.validationMessage = undefined;
  });
  const closing = new AbortController();
  const either = AbortSignal.any([signal, closing.signal]);
  return new Promise((resolve) => {
    const end = (answer: IssuedKey | 'setApiKey' | undefined): void => {
      resolve(answer);
      box.hide();
    };
    signal.addEventListener('abort', () => {
      end(undefined);
    });
    box.onDidAccept(() => void accept(box, session, either).then((issued) => issued && end(issued)));
    box.onDidTriggerButton((button) => {
      if (button === buttons().setApiKey) {
        end('setApiKey');
      } else {
        void show(box, session, button === buttons().copy ? copy : openPage);
      }
    });
    box.onDidHide(() => {
      closing.abort();
      session.close();
      box.dispose();
      resolve(undefined);
    });
    box.show();
    void show(box, session, openPage);
  });
}

/** The current attempt: a new one when the last is used up. */
class CodeSession {
  readonly #parts: CodeBoxParts;
  #attempt: Promise<SignInAttempt> | undefined;

  constructor(parts: CodeBoxParts) {
    this.#parts = parts;
  }

  async url(): Promise<string> {
    if ((await this.#attempt)?.over !== false) {
      this.#attempt = this.#parts.begin();
    }
    return (await this.#current()).url(this.#parts.keyOptions);
  }

  async redeem(code: string, signal: AbortSignal): Promise<IssuedKey> {
    return issuedKeyFor(this.#parts, await this.#current(), code, signal);
  }

  close(): void {
    void this.#attempt?.then((attempt) => {
      attempt.close();
    });
  }

  #current(): Promise<SignInAttempt> {
    return (this.#attempt ??= this.#parts.begin());
  }
}

async function copy(url: string): Promise<boolean> {
  await vscode.env.clipboard.writeText(url);
  return true;
}

async function show(
  box: vscode.InputBox,
  session: CodeSession,
  to: (url: string) => Promise<boolean>,
): Promise<void> {
  try {
    if (!(await to(await session.url()))) {
      box.validationMessage = t(
        "The page didn't open. Use the buttons above to open it again or copy its address.",
      );
    }
  } catch (error) {
    box.validationMessage = signInLine(error);
  }
}

async function accept(
  box: vscode.InputBox,
  session: CodeSession,
  signal: AbortSignal,
): Promise<IssuedKey | undefined> {
  // A copied code often ends in a line break.
  const code = box.value.replace(/\s+/g, '');
  const fault = codeFault(code);
  if (fault !== undefined) {
    box.validationMessage = fault;
    return undefined;
  }
  box.busy = true;
  box.enabled = false;
  try {
    return await session.redeem(code, signal);
  } catch (error) {
    if (!signal.aborted) {
      box.validationMessage = signInLine(error);
      box.busy = false;
      box.enabled = true;
    }
    return undefined;
  }
}

function codeFault(code: string): string | undefined {
  if (code === '') {
    return t('Paste the code from the page.');
  }
  return withoutKeys(code) === code
    ? undefined
    : t('This is an API key, not a code. To use it, select the key button above.');
}
