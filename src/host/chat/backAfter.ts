import * as vscode from 'vscode';

/** Where some work has left the user, when that is not at the end of a list or a dialog that has just been closed. */
export type Whereabouts = 'arrived' | undefined;

/**
 * Does work that takes the user out of a page, into a list, a dialog or a file, and then brings the user back: VS Code
 * itself does not bring the focus back into a page. Nobody is taken away from another place, though: not from where the
 * work has led to, nor from where one has gone meanwhile.
 */
export async function backAfter(work: PromiseLike<unknown>, open: () => Promise<void>): Promise<void> {
  const tab = activeTab();
  const user = { gone: false, away: !vscode.window.state.focused, returned: false };
  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
      // What an extension selects has no kind.
      user.gone ||= kind !== undefined;
    }),
    vscode.window.onDidChangeActiveTerminal(() => {
      user.gone = true;
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      // Whoever comes back from another program may begin anything; from who is still there, nothing is taken.
      user.returned = focused && (user.away || user.returned);
      user.away = !focused;
    }),
  );
  try {
    const where = (await work) as Whereabouts;
    if (where !== 'arrived' && !user.gone && !user.returned && activeTab() === tab) {
      await open();
    }
  } finally {
    subscriptions.dispose();
  }
}

/** Names the tab that is in front, as far as that can be told. */
function activeTab(): string {
  const { activeTab: tab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
  return tab ? `${String(viewColumn)} ${tab.label} ${String(tab.group.tabs.indexOf(tab))}` : '';
}
