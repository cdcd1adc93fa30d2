import * as vscode from 'vscode';

/**
 * Opens a page in the user's browser, and says whether it was opened. The address goes as text, which the editor takes
 * as it is although its types do not say so: a `Uri` would lose the escaping of the URL within the URL
 * (https://github.com/microsoft/vscode/issues/85930).
 */
export async function openPage(url: string): Promise<boolean> {
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}
