import * as vscode from 'vscode';

/**
 * Opens a page in the browser and returns whether it opened. The address is passed as text, which the editor accepts
 * although its types don't say so: a `Uri` would lose the escaping of the nested URL
 * (https://github.com/microsoft/vscode/issues/85930).
 */
export async function openPage(url: string): Promise<boolean> {
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}
