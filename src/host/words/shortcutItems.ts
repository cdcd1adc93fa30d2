import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import * as z from 'zod/mini';

/** What our manifest says about commands and keybindings. */
const manifest = z.object({
  contributes: z.object({
    commands: z.array(z.object({ command: z.string(), title: z.string() })),
    keybindings: z.array(z.object({ command: z.string(), key: z.string(), mac: z.string() })),
  }),
});

/** A row in the list of shortcuts. */
export interface ShortcutItem extends vscode.QuickPickItem {
  /** Opens the keybinding editor. */
  readonly change?: true;
}

/** The keys of the chat and those of our commands, as the manifest has them. */
export function shortcutItems(packageJson: unknown): readonly ShortcutItem[] {
  return [
    separator(t('In the chat')),
    ...chatKeys().map(toItem),
    separator(t('In the chat list')),
    toItem(['Tab', t('Pin, rename, or delete the focused chat')]),
    separator(t('In an editor with proposed changes')),
    ...commandKeys(packageJson),
    separator(t('Commands')),
    { label: `$(gear) ${t('Change keyboard shortcuts…')}`, change: true },
  ];
}

type Shortcut = readonly [keys: string, does: string];

function toItem([description, label]: Shortcut): ShortcutItem {
  return { label, description };
}

/** The keys that the panel handles itself. */
const chatKeys = (): readonly Shortcut[] => [
  ['Enter', t('Send the question')],
  ['Shift+Enter', t('Insert a line break')],
  ['Escape', t('Stop the answer')],
  ['@', t('Attach a file, the selection, problems, changes, and more')],
  ['/', t('Run a command or a prompt file')],
  ['↑ ↓', t('Navigate suggestions')],
  ['Enter, Tab', t('Accept the selected suggestion')],
  ['Escape', t('Close suggestions, or cancel editing a question')],
  ['Tab, Shift+Tab', t('Go to the next or previous message, button, or code block')],
];

function commandKeys(packageJson: unknown): readonly ShortcutItem[] {
  const { commands, keybindings } = manifest.parse(packageJson).contributes;
  return keybindings.map(({ command, key, mac }) =>
    toItem([
      t('{0} (macOS: {1})', keyName(key), keyName(mac)),
      commands.find((each) => each.command === command)?.title ?? command,
    ]),
  );
}

/** `ctrl+k y` as VS Code shows it: `Ctrl+K Y`. */
function keyName(key: string): string {
  return key.replace(
    /(^|[+ ])([a-z])/g,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

function separator(label: string): ShortcutItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
