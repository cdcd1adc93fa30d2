import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isOpenRouterKey, keyFault, type KeyFault } from '../../core/account/apiKeyFormat.ts';
import type { KeyInfo } from '../../core/account/credit.ts';
import { RequestError } from '../../core/model/requestError.ts';
import { runCommand, windowCaughtUp } from '../platform/commands.ts';
import { commandIds } from '../platform/contributions.ts';
import { checkKey, type KeyParts } from './keyCheck.ts';
import { reportOf, reportOfError } from '../words/report.ts';

/** Where an accepted key goes: to the first place, replacing the current one, or under a new name. */
export type KeyPlace =
  { readonly kind: 'first' } | { readonly kind: 'replace'; readonly name: string } | { readonly kind: 'add' };

/**
 * The result of the input box: an accepted key, the wish to add instead of replace, or, if something else replaced the
 * box, a rejected key.
 */
type Answer = AcceptedKey | 'add' | 'refusedLate' | undefined;

/** A key that the service accepts. */
export interface AcceptedKey {
  readonly key: string;
  readonly info: KeyInfo | undefined;
  /** Something else replaced the box before the result was known. */
  readonly late?: boolean;
}

const faultWords = (): Readonly<Record<KeyFault, string>> => ({
  empty: t('Enter an API key.'),
  spaces: t("An API key can't contain spaces or line breaks."),
  characters: t('An API key contains only letters, digits, and basic symbols.'),
  tooShort: t('This is too short to be an API key.'),
});

const unusualKey = (): vscode.InputBoxValidationMessage => ({
  message: t(
    'OpenRouter keys start with "sk-or-", so this one wasn\'t sent. If it\'s the key of a gateway, press Enter again.',
  ),
  severity: vscode.InputBoxValidationSeverity.Warning,
});

const keeping = (): string =>
  t("The key is kept in the editor's secret storage and sent only to the server you use.");

const addButton = (): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon('add'),
  tooltip: t('Add Under a New Name'),
});

/** An entered key and its pending check. */
interface Check {
  readonly key: string;
  readonly info: Promise<KeyInfo | undefined>;
  readonly stop: AbortController;
}

function beginCheck({ account }: KeyParts, key: string): Check {
  const stop = new AbortController();
  return { key, info: checkKey(account, key, stop.signal), stop };
}

/** Asks for a key until the service accepts one, or the user gives up. */
export function askKey(parts: KeyParts, place: KeyPlace): Promise<Answer> {
  const box = vscode.window.createInputBox();
  let confirmed: string | undefined;
  let check: Check | undefined;
  box.title = place.kind === 'add' ? t('Add API Key') : t('Set API Key');
  box.prompt = promptFor(place);
  box.placeholder = 'sk-or-v1-…';
  box.password = true;
  box.ignoreFocusOut = true;
  box.buttons = place.kind === 'replace' ? [addButton()] : [];
  box.onDidChangeValue(() => {
    confirmed = undefined;
    box.validationMessage = undefined;
  });
  return new Promise((resolve) => {
    const end = (answer: Answer): void => {
      check = undefined;
      resolve(answer);
      box.hide();
    };
    box.onDidAccept(() => {
      const key = box.value.trim();
      const fault = keyFault(key);
      if (fault) {
        box.validationMessage = faultWords()[fault];
      } else if (!isOpenRouterKey(key) && confirmed !== key) {
        confirmed = key;
        box.validationMessage = unusualKey();
      } else {
        const begun = beginCheck(parts, key);
        check = begun;
        void showCheck(box, begun).then(async (answer) => {
          // Something else may have replaced the box just before.
          await windowCaughtUp();
          if (check === begun) {
            check = undefined;
            if (answer) {
              end(answer);
            }
          }
        });
      }
    });
    box.onDidTriggerButton(() => {
      end('add');
    });
    box.onDidHide(() => {
      // Something else replaced the box; the input isn't lost.
      const unfinished = check;
      check = undefined;
      resolve(unfinished && finishCheck(unfinished));
      // This hides it once more.
      box.dispose();
    });
    box.show();
  });
}

function promptFor(place: KeyPlace): string {
  switch (place.kind) {
    case 'first':
      return keeping();
    case 'replace':
      return t(
        'This replaces the key "{0}". To keep both, use the + button above. {1}',
        place.name,
        keeping(),
      );
    case 'add':
      return t('This adds a key and keeps your existing ones. {0}', keeping());
    default:
      return place satisfies never;
  }
}

/** Returns the key if the service accepts it; otherwise the box says why. */
async function showCheck(box: vscode.InputBox, { key, info }: Check): Promise<Answer> {
  box.busy = true;
  box.enabled = false;
  try {
    return { key, info: await info };
  } catch (error) {
    box.validationMessage = refusal(error);
    box.busy = false;
    box.enabled = true;
    return undefined;
  }
}

/** Continues without the box, in a cancelable notification; problems are reported in another one. */
async function finishCheck({ key, info, stop }: Check): Promise<Answer> {
  const location = vscode.ProgressLocation.Notification;
  const title = t('Checking the API key');
  return vscode.window.withProgress({ location, title, cancellable: true }, async (_progress, token) => {
    const subscription = token.onCancellationRequested(() => {
      stop.abort();
    });
    try {
      return { key, info: await info, late: true };
    } catch (error) {
      if (!stop.signal.aborted) {
        tellRefusal(error);
      }
      return 'refusedLate';
    } finally {
      subscription.dispose();
    }
  });
}

function tellRefusal(error: unknown): void {
  const again = t('Set API Key');
  void vscode.window.showErrorMessage(refusal(error), again).then((choice) => {
    if (choice === again) {
      void runCommand(commandIds.setApiKey);
    }
  });
}

function refusal(error: unknown): string {
  const { message, detail } = error instanceof RequestError ? reportOf(error) : reportOfError(error);
  return detail === undefined
    ? t("{0} The key wasn't saved.", message)
    : t("{0} The key wasn't saved. ({1})", message, detail);
}
