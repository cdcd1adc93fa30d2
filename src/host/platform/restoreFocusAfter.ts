import * as vscode from 'vscode';

/**
 * Where work left the user, if not at the end of a closed list or dialog: at a certain place, or unknown because it
 * continued in the background.
 */
export type Whereabouts = 'arrived' | 'waited' | undefined;

/**
 * Does work that leaves a page for a list, dialog, or file, then restores the focus: VS Code itself doesn't return it
 * to a page. It never takes the user away from where the work led or where they went meanwhile.
 */
export async function restoreFocusAfter(
  work: PromiseLike<unknown>,
  open: () => Promise<void>,
): Promise<void> {
  const tab = activeTab();
  const user = { gone: false };
  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
      // A selection made by an extension has no kind.
      user.gone ||= kind !== undefined;
    }),
    vscode.window.onDidChangeActiveTerminal(() => {
      user.gone = true;
    }),
  );
  try {
    if (canBeBrought((await work) as Whereabouts) && !user.gone && activeTab() === tab) {
      await open();
    }
  } finally {
    subscriptions.dispose();
  }
}

function canBeBrought(where: Whereabouts): boolean {
  switch (where) {
    case undefined:
      return true;
    case 'arrived':
      return false;
    case 'waited':
      // A user in another program has nothing here to be disturbed.
      return !vscode.window.state.focused;
    default:
      return where satisfies never;
  }
}

/** Names the front tab, as far as known. */
function activeTab(): string {
  const { activeTab: tab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
  return tab ? `${String(viewColumn)} ${tab.label} ${String(tab.group.tabs.indexOf(tab))}` : '';
}
