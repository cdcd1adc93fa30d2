import * as vscode from 'vscode';

/**
 * Where some work has left the user, when that is not at the end of a list or a dialog that has just been closed: at a
 * place of its own, or nobody knows where, because it went on without the user.
 */
export type Whereabouts = 'arrived' | 'waited' | undefined;

/**
 * Does work that takes the user out of a page, into a list, a dialog or a file, and then brings the user back: VS Code
 * itself does not bring the focus back into a page. Nobody is taken away from another place, though: not from where the
 * work has led to, nor from where one has gone meanwhile.
 */
export async function restoreFocusAfter(
  work: PromiseLike<unknown>,
  open: () => Promise<void>,
): Promise<void> {
  const tab = activeTab();
  const user = { gone: false };
  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
      // What an extension selects has no kind.
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
      // Whoever is in another program has begun nothing here that would be disturbed.
      return !vscode.window.state.focused;
    default:
      return where satisfies never;
  }
}

/** Names the tab that is in front, as far as that can be told. */
function activeTab(): string {
  const { activeTab: tab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
  return tab ? `${String(viewColumn)} ${tab.label} ${String(tab.group.tabs.indexOf(tab))}` : '';
}
