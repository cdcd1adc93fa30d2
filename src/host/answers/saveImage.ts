import { t } from '@vscode/l10n';
import * as vscode from 'vscode';

/** Saves an image from a data URL to a file the user chooses. */
export async function saveImage(image: string): Promise<void> {
  const [, type = '', data = ''] = /^data:image\/([a-z]+);base64,(.*)$/is.exec(image) ?? [];
  if (type === '') {
    return;
  }
  const extension = type.toLowerCase() === 'jpeg' ? 'jpg' : type.toLowerCase();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: t('Save Image'),
    filters: { [t('Images')]: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `picture.${extension}`) }),
  });
  if (target) {
    await vscode.workspace.fs.writeFile(target, Buffer.from(data, 'base64'));
  }
}
