import * as vscode from 'vscode';
import { newFileDiff, type FileDiff } from '../../../core/prompts/diffSummary.ts';
import type { Change, Repository } from './git.ts';

/** What the next commit of a repository holds, or would hold. */
export interface CommitChanges {
  readonly staged: boolean;
  readonly files: readonly FileDiff[];
  /** The names of the files that must not be sent. */
  readonly leftOut: readonly string[];
}

/** Of more files than this the differences are not read. */
const maxRead = 100;

/** A longer difference is data rather than something to read; it is counted only. In characters. */
const maxReadLength = 200_000;

/** How the Git extension marks a file that Git does not know yet. */
const untracked = 7;

/** The staged changes, or else those that are not staged, new files included. */
export async function commitChanges(
  repository: Repository,
  isExcluded: (uri: vscode.Uri) => Promise<boolean>,
): Promise<CommitChanges> {
  const inIndex = await repository.diffIndexWithHEAD();
  if (inIndex.length > 0) {
    const read = ({ uri }: Change): Promise<string> => repository.diffIndexWithHEAD(uri.fsPath);
    return { staged: true, ...(await readChanges(inIndex, isExcluded, read)) };
  }
  await repository.status();
  const changed = await repository.diffWithHEAD();
  const fresh = repository.state.workingTreeChanges.filter(({ status }) => status === untracked);
  const read = (change: Change): Promise<string | undefined> =>
    fresh.includes(change) ? readNewFile(change.uri) : repository.diffWithHEAD(change.uri.fsPath);
  return { staged: false, ...(await readChanges([...changed, ...fresh], isExcluded, read)) };
}

async function readChanges(
  changes: readonly Change[],
  isExcluded: (uri: vscode.Uri) => Promise<boolean>,
  read: (change: Change) => Promise<string | undefined>,
): Promise<Pick<CommitChanges, 'files' | 'leftOut'>> {
  const files: FileDiff[] = [];
  const leftOut: string[] = [];
  for (const change of changes) {
    const path = vscode.workspace.asRelativePath(change.uri);
    if ((await isExcluded(change.uri)) || (change.originalUri && (await isExcluded(change.originalUri)))) {
      leftOut.push(path);
      continue;
    }
    const diff = files.length < maxRead ? await read(change) : undefined;
    files.push({ path, ...(diff !== undefined && { diff, isHidden: diff.length > maxReadLength }) });
  }
  return { files, leftOut };
}

/** A new file as a difference; nothing for one that is too large, or no text. */
async function readNewFile(uri: vscode.Uri): Promise<string | undefined> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > maxReadLength) {
      return undefined;
    }
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return text.includes('\0') ? undefined : newFileDiff(vscode.workspace.asRelativePath(uri), text);
  } catch {
    // A link that leads nowhere, or a file that has gone since.
    return undefined;
  }
}
