import * as vscode from 'vscode';
import { newFileDiff, type FileDiff } from '../../../core/prompts/diffSummary.ts';
import { isAnyExcluded, type Change, type Repository } from './git.ts';

/** The contents of a repository's next commit. */
export interface CommitChanges {
  readonly staged: boolean;
  readonly files: readonly FileDiff[];
  /** Names of files that must not be sent. */
  readonly leftOut: readonly string[];
}

/** Beyond this many files, diffs aren't read. */
const maxRead = 100;

/** A longer diff, in characters, is data rather than text; it is only counted. */
const maxReadLength = 200_000;

/** How the Git extension marks untracked files. */
const untracked = 7;

/** The staged changes, or else the unstaged ones with new files. */
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
    if (await isAnyExcluded(change, isExcluded)) {
      leftOut.push(path);
      continue;
    }
    const diff = files.length < maxRead ? await read(change) : undefined;
    files.push({ path, ...(diff !== undefined && { diff, isHidden: diff.length > maxReadLength }) });
  }
  return { files, leftOut };
}

/** A new file as a diff; absent if too large or not text. */
async function readNewFile(uri: vscode.Uri): Promise<string | undefined> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > maxReadLength) {
      return undefined;
    }
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return text.includes('\0') ? undefined : newFileDiff(vscode.workspace.asRelativePath(uri), text);
  } catch {
    // A broken link, or a file deleted meanwhile.
    return undefined;
  }
}
