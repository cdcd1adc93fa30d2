import * as vscode from 'vscode';
import { estimateTokens } from '../../core/context/contextItem.ts';
import { toMediaPart } from '../../core/conversation/mediaItem.ts';
import type { Attacher } from './attacher.ts';
import { attachUris } from './attachUris.ts';

/** Attaches files and folders by the URIs that the editor provides on drop. */
export async function attachDropped(next: Attacher, uris: readonly string[]): Promise<void> {
  const files = uris
    .map((each) => vscode.Uri.parse(each))
    // A URI without a file system isn't a file, for example a link from a browser.
    .filter(({ scheme }) => vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined);
  await attachUris(next, files);
}

/** Attaches what has no URI: an image from the clipboard, a file from another program. */
export async function attachContent(
  next: Attacher,
  { name, base64 }: { readonly name: string; readonly base64: string },
): Promise<void> {
  // The name may be that of an excluded file, wherever it is.
  if (await next.questions.refuseFile(vscode.Uri.from({ scheme: 'file', path: `/${name}` }))) {
    return;
  }
  const part = toMediaPart(name, await next.questions.cleanText(name), base64);
  const bytes = Buffer.from(base64, 'base64');
  if (part) {
    next.attachMedia({ id: crypto.randomUUID(), part, bytes: bytes.length });
    return;
  }
  const text = bytes.toString('utf8');
  await next.attach({
    id: crypto.randomUUID(),
    label: name,
    path: name,
    languageId: 'plaintext',
    text,
    tokens: estimateTokens(text),
  });
}
