import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isOpenRouterKey, keyFault, type KeyFault } from '../../core/model/apiKeyFormat.ts';
import { firstKeyName } from '../../core/model/keyRing.ts';
import type { KeyInfo } from '../../core/model/credit.ts';
import { RequestError } from '../../core/model/requestError.ts';
import type { ApiKeyStore } from '../apiKey.ts';
import { checkKey, keptWords, type KeyParts } from '../keys/keyCheck.ts';
import { askKeyName } from '../keys/keyName.ts';
import { reportOf, reportOfError } from '../report.ts';

const faultWords = (): Readonly<Record<KeyFault, string>> => ({
  empty: t('Enter an API key.'),
  spaces: t('An API key has no spaces or line breaks in it.'),
  characters: t('An API key consists of letters, digits and simple signs.'),
  tooShort: t('This is too short to be an API key.'),
});

const unusualKey = (): vscode.InputBoxValidationMessage => ({
  message: t(
    'An OpenRouter key begins with "sk-or-", so this was not sent. If it is the key of a gateway, press Enter again.',
  ),
  severity: vscode.InputBoxValidationSeverity.Warning,
});

const keeping = (): string =>
  t('The key is kept in the secret storage of the editor and sent to the service only.');

/**
 * Where an accepted key goes: into the ring's first place, in place of the one in use, or beside the others under a
 * name that is asked for.
 */
type Place =
  { readonly kind: 'first' } | { readonly kind: 'replace'; readonly name: string } | { readonly kind: 'add' };

/** What the input box came to: a key that the service accepts, or the wish to add it rather than to replace. */
type Answer = { readonly key: string; readonly info: KeyInfo | undefined } | 'add' | undefined;

/** Asks for a key, checks it with the service, and keeps it only when the service accepts it for asking models. */
export async function setApiKey(parts: KeyParts, wish?: 'add'): Promise<void> {
  const place = await placeFor(parts, wish);
  const answer = await askKey(parts, place);
  if (answer === 'add') {
    await setApiKey(parts, 'add');
  } else if (answer) {
    await keep(parts, place, answer);
  }
}

async function keep(
  { keys }: KeyParts,
  place: Place,
  { key, info }: Exclude<Answer, 'add' | undefined>,
): Promise<void> {
  const name = await nameFor(keys, place);
  if (name !== undefined) {
    await keys.set(name, key);
    void vscode.window.showInformationMessage(keptWords(keys, name, info));
  }
}

async function placeFor({ keys }: KeyParts, wish: 'add' | undefined): Promise<Place> {
  const [ring, active] = [await keys.ring(), await keys.active()];
  if (ring.keys.length === 0) {
    return { kind: 'first' };
  }
  return wish === 'add' || !active ? { kind: 'add' } : { kind: 'replace', name: active.name };
}

const addButton = (): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon('add'),
  tooltip: t('Add Under a New Name'),
});

function askKey(parts: KeyParts, place: Place): Promise<Answer> {
  const box = vscode.window.createInputBox();
  const closing = new AbortController();
  let confirmed: string | undefined;
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
        void accept(box, key, parts, closing.signal).then((answer) => answer && end(answer));
      }
    });
    box.onDidTriggerButton(() => {
      end('add');
    });
    box.onDidHide(() => {
      closing.abort();
      box.dispose();
      resolve(undefined);
    });
    box.show();
  });
}

function promptFor(place: Place): string {
  switch (place.kind) {
    case 'first':
      return keeping();
    case 'replace':
      return t(
        'It takes the place of the key "{0}"; the + above adds it under a new name. {1}',
        place.name,
        keeping(),
      );
    case 'add':
      return t('It is added to the keys that are there. {0}', keeping());
    default:
      return place satisfies never;
  }
}

/** Gives the key when the service accepts it; else the box says why not. */
async function accept(
  box: vscode.InputBox,
  key: string,
  { account }: KeyParts,
  signal: AbortSignal,
): Promise<Answer> {
  box.busy = true;
  box.enabled = false;
  try {
    return { key, info: await checkKey(account, key, signal) };
  } catch (error) {
    if (!signal.aborted) {
      box.validationMessage = refusal(error);
      box.busy = false;
      box.enabled = true;
    }
    return undefined;
  }
}

async function nameFor(keys: ApiKeyStore, place: Place): Promise<string | undefined> {
  switch (place.kind) {
    case 'first':
      return firstKeyName;
    case 'replace':
      return place.name;
    case 'add':
      return askKeyName(keys);
    default:
      return place satisfies never;
  }
}

function refusal(error: unknown): string {
  const { message, detail } = error instanceof RequestError ? reportOf(error) : reportOfError(error);
  return detail === undefined
    ? t('{0} It was not kept.', message)
    : t('{0} It was not kept. ({1})', message, detail);
}
