import * as vscode from 'vscode';
import { estimateTokens } from '../../core/context/contextItem.ts';
import { toMediaPart } from '../../core/conversation/mediaItem.ts';
import type { Attacher } from './attacher.ts';
import { attachUris } from './attachUris.ts';

/** Attaches files and folders by their addresses, as the editor gives them to whoever drops them. */
export async function attachDropped(next: Attacher, uris: readonly string[]): Promise<void> {
  const files = uris
    .map((each) => vscode.Uri.parse(each))
    // An address that no file system of the editor reads is no file: a link from a browser, for example.
    .filter(({ scheme }) => vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined);
  await attachUris(next, files);
}

/** Attaches what came without an address: a picture from the clipboard, a file from another program. */
export async function attachContent(
  next: Attacher,
  { name, base64 }: { readonly name: string; readonly base64: string },
): Promise<void> {
  const part = toMediaPart(name, await next.questions.cleanText(name), base64);
  const bytes = Buffer.from(base64, 'base64');
  if (part) {
    next.attachMedia({ id: crypto.randomUUID(), part, bytes: bytes.length });
    return;
  }
  // The name may be that of an excluded file, wherever it lies.
  if (await next.questions.refuseFile(vscode.Uri.from({ scheme: 'file', path: `/${name}` }))) {
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
