import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { KeyRing, NamedKey } from '../../core/account/keyRing.ts';
import { keyNamed } from '../../core/account/keyRing.ts';
import { once } from '../../core/util/lazy.ts';
import { runCommand, windowCaughtUp } from '../platform/commands.ts';
import { commandIds } from '../platform/contributions.ts';
import { PickRows } from '../platform/pickRows.ts';
import { describeKey, type KeyParts } from './keyCheck.ts';
import { askKeyName } from './keyName.ts';
import { reportOfError } from '../words/report.ts';
import { setApiKey } from './setApiKey.ts';
import { removeKey } from './signOut.ts';

/** What the user chose in the list. */
type Decision =
  | { readonly action: 'use' | 'rename' | 'remove' | 'makeDefault'; readonly name: string }
  | { readonly action: 'add' | 'signIn' };

interface Item extends vscode.QuickPickItem {
  readonly decision?: Decision;
}

/** Created once, because buttons are compared by identity. */
const buttons = once(
  () =>
    ({
      makeDefault: {
        iconPath: new vscode.ThemeIcon('globe'),
        tooltip: t('Set as Default'),
      },
      rename: { iconPath: new vscode.ThemeIcon('edit'), tooltip: t('Rename') },
      remove: { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Remove') },
    }) satisfies Readonly<Record<string, vscode.QuickInputButton>>,
);

/** Chooses this workspace's key and manages the keys. */
export async function switchKey(parts: KeyParts): Promise<void> {
  const decision = await decide(parts);
  if (decision) {
    await act(parts, decision);
  }
}

async function act(parts: KeyParts, decision: Decision): Promise<void> {
  const { keys } = parts;
  switch (decision.action) {
    case 'use':
      return keys.use(decision.name);
    case 'makeDefault':
      return keys.setDefault(decision.name);
    case 'rename': {
      const name = await askKeyName(keys, decision.name);
      return name === undefined ? undefined : keys.rename(decision.name, name);
    }
    case 'remove':
      return removeKey(keys, decision.name);
    case 'add':
      await setApiKey(parts, 'add');
      return;
    case 'signIn':
      await runCommand(commandIds.signIn);
      return;
    default:
      decision satisfies never;
  }
}

async function decide(parts: KeyParts): Promise<Decision | undefined> {
  const ring = await parts.keys.ring();
  const inUse = await parts.keys.inUse();
  const pick = vscode.window.createQuickPick<Item>();
  const closing = new AbortController();
  const active = inUse?.origin === 'stored' ? inUse.name : undefined;
  const labels = new Map<string, string>();
  const rows = new PickRows<Item>(pick, (one, other) => one.label === other.label, windowCaughtUp);
  const show = (): void => {
    const items = keyItems(ring, { active, labels, environment: inUse?.origin === 'environment' });
    // The service's replies arrive while the list is open.
    const [focused] = pick.activeItems;
    rows.set(
      items,
      items.find(({ label }) => label === focused?.label),
    );
  };
  pick.title = t('Switch Key');
  pick.placeholder = t('Choose the key for this workspace');
  pick.matchOnDescription = true;
  pick.keepScrollPosition = true;
  show();
  void readLabels(parts, ring, labels, show, closing.signal);
  return new Promise((resolve) => {
    const end = (decision: Decision | undefined): void => {
      resolve(decision);
      pick.hide();
    };
    pick.onDidAccept(() => {
      void rows.accepted(pick.selectedItems[0]).then((row) => {
        if (row) {
          end(row.decision);
        }
      });
    });
    pick.onDidTriggerItemButton(({ button, item }) => {
      end(decisionOf(button, item));
    });
    pick.onDidHide(() => {
      closing.abort();
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function decisionOf(button: vscode.QuickInputButton, { decision }: Item): Decision | undefined {
  const name = decision && 'name' in decision ? decision.name : undefined;
  const action = (['makeDefault', 'rename', 'remove'] as const).find((each) => buttons()[each] === button);
  return name === undefined || action === undefined ? undefined : { action, name };
}

interface Known {
  readonly active: string | undefined;
  /** What the service has said about each key, by name. */
  readonly labels: ReadonlyMap<string, string>;
  readonly environment: boolean;
}

function keyItems(ring: KeyRing, known: Known): readonly Item[] {
  const environment: readonly Item[] = known.environment
    ? [
        {
          label: '$(check) OPENROUTER_API_KEY',
          description: t('from the environment, used while no key is stored'),
        },
      ]
    : [];
  return [
    ...environment,
    ...ring.keys.map((key) => toItem(key, ring, known)),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(add) ${t('Add a key…')}`, decision: { action: 'add' } },
    { label: `$(sign-in) ${t('Sign in to create another key…')}`, decision: { action: 'signIn' } },
    ...managing(known.active),
  ];
}

/** The current row's buttons, for keyboard users. */
function managing(active: string | undefined): readonly Item[] {
  return active === undefined
    ? []
    : [
        { label: `$(edit) ${t('Rename "{0}"…', active)}`, decision: { action: 'rename', name: active } },
        { label: `$(trash) ${t('Remove "{0}"…', active)}`, decision: { action: 'remove', name: active } },
      ];
}

function toItem({ name }: NamedKey, ring: KeyRing, { active, labels }: Known): Item {
  const isDefault = keyNamed(ring, ring.defaultName)?.name === name;
  const facts = [labels.get(name), isDefault && ring.keys.length > 1 ? t('default') : undefined];
  return {
    label: name === active ? `$(check) ${name}` : name,
    description: facts.filter((fact) => fact !== undefined).join(' · '),
    buttons: [...(isDefault ? [] : [buttons().makeDefault]), buttons().rename, buttons().remove],
    decision: { action: 'use', name },
  };
}

/** Asks the service about every key, because only it knows what is left. */
async function readLabels(
  { account }: KeyParts,
  ring: KeyRing,
  labels: Map<string, string>,
  show: () => void,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(
    ring.keys.map(async ({ name, key }) => {
      const label = await account.keyInfo(signal, key).then(describeKey, (error: unknown) => {
        return reportOfError(error).message;
      });
      if (!signal.aborted) {
        labels.set(name, label);
        show();
      }
    }),
  );
}
