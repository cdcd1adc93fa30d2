import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { SourceControlPlace } from '../../platform/contributions.ts';
import { estimateTokens } from '../../../core/context/contextItem.ts';
import type { Bounds, Gathered } from '../../workspace/gathered.ts';

/** A file in a diff, as the Git extension reports it. */
export interface Change {
  readonly uri: vscode.Uri;
  /** The previous name, if renamed. */
  readonly originalUri?: vscode.Uri;
  /** The new name, if renamed. */
  readonly renameUri?: vscode.Uri | undefined;
  readonly status?: number;
}

/** The parts we use of the Git extension's API. */
export interface Repository {
  readonly rootUri: vscode.Uri;
  /** The commit message box. */
  readonly inputBox: { value: string };
  readonly state: {
    readonly HEAD?: { readonly commit?: string | undefined } | undefined;
    readonly workingTreeChanges: readonly Change[];
    /** Untracked files, if listed separately. */
    readonly untrackedChanges?: readonly Change[];
  };
  /** Refreshes the state. */
  status(): Promise<void>;
  diffWith(ref: string): Promise<readonly Change[]>;
  show(ref: string, path: string): Promise<string>;
  /** Unstaged changes: despite the name, the diff is against the index. */
  diffWithHEAD(): Promise<readonly Change[]>;
  diffWithHEAD(path: string): Promise<string>;
  diffIndexWithHEAD(): Promise<readonly Change[]>;
  diffIndexWithHEAD(path: string): Promise<string>;
  diffBetween(one: string, other: string): Promise<readonly Change[]>;
  diffBetween(one: string, other: string, path: string): Promise<string>;
  log(options: { maxEntries: number }): Promise<readonly Commit[]>;
}

interface Commit {
  readonly hash: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly authorName?: string;
}

/** Which diff is meant. */
export type GitDifference = 'staged' | 'unstaged' | 'commit';

/** How many commits are listed. */
const maxCommits = 50;

/** The parent of the first commit: the empty tree, which every repository has. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

interface GitApi {
  readonly repositories: readonly Repository[];
  openRepository(folder: vscode.Uri): Promise<Repository | null>;
}

/** The objects themselves are passed on: copies would lose their internals. */
const gitExtension = z.custom<{ getAPI(version: 1): unknown }>((value) => hasFunction(value, 'getAPI'));
const gitApi = z.custom<GitApi>((value) => hasFunction(value, 'openRepository'));

/** The repository at this root, else the active editor's, else the first one; absent without Git. */
export async function findRepository(root?: vscode.Uri): Promise<Repository | undefined> {
  const repositories = (await loadGit())?.repositories ?? [];
  if (root) {
    return repositories.find(({ rootUri }) => rootUri.toString() === root.toString());
  }
  const active = vscode.window.activeTextEditor?.document.uri.path;
  return repositories.find(({ rootUri }) => active?.startsWith(`${rootUri.path}/`)) ?? repositories[0];
}

/** The repository at the root that a menu of Source Control names, or else as `findRepository` says. */
export async function repositoryOf(source?: SourceControlPlace): Promise<Repository | undefined> {
  return (source?.rootUri && (await findRepository(source.rootUri))) ?? findRepository();
}

/** A folder's repository, opened if necessary; absent without Git. */
export async function openRepository(folder: vscode.Uri): Promise<Repository | undefined> {
  return (await (await loadGit())?.openRepository(folder)) ?? undefined;
}

async function loadGit(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension('vscode.git');
  const exported: unknown = await extension?.activate();
  const git = gitExtension.safeParse(exported);
  return git.success ? gitApi.safeParse(git.data.getAPI(1)).data : undefined;
}

/** A file that changed since the last commit. */
export interface ChangedFile {
  readonly uri: vscode.Uri;
  /** Its name at the last commit. */
  readonly originalUri: vscode.Uri;
  /** Its text at the last commit; empty for a new file. */
  readonly before: () => Promise<string>;
}

/** The Git extension's status for untracked files. */
const untracked = 7;

/** Every file that changed since the last commit, staged or not, tracked or not. */
export async function changedFiles(repository: Repository): Promise<readonly ChangedFile[]> {
  await repository.status();
  const { HEAD, workingTreeChanges, untrackedChanges = [] } = repository.state;
  const base = HEAD?.commit === undefined ? emptyTree : 'HEAD';
  const known = await repository.diffWith(base);
  const unknown = [...untrackedChanges, ...workingTreeChanges.filter(({ status }) => status === untracked)];
  return [
    ...known.map(({ uri, originalUri = uri }) => ({
      uri,
      originalUri,
      before: () => repository.show(base, originalUri.fsPath).catch(() => ''),
    })),
    ...unknown.map(({ uri }) => ({ uri, originalUri: uri, before: () => Promise.resolve('') })),
  ];
}

/** A diff as one item, file by file, as far as it fits; absent if the user picks no commit. */
export async function gitContext(
  repository: Repository,
  which: GitDifference,
  bounds: Bounds,
): Promise<Gathered | undefined> {
  if (which !== 'commit') {
    const read = which === 'staged' ? 'diffIndexWithHEAD' : 'diffWithHEAD';
    return differenceOf({
      label: which === 'staged' ? t('Staged changes') : t('Unstaged changes'),
      path: which === 'staged' ? 'Staged changes' : 'Unstaged changes',
      changes: await repository[read](),
      diff: (path) => repository[read](path),
      bounds,
    });
  }
  const commit = await pickCommit(repository);
  if (!commit) {
    return undefined;
  }
  const parent = commit.parents[0] ?? emptyTree;
  return differenceOf({
    label: t('Commit {0}', commit.hash.slice(0, 8)),
    path: `Commit ${commit.hash.slice(0, 8)}`,
    changes: await repository.diffBetween(parent, commit.hash),
    diff: (path) => repository.diffBetween(parent, commit.hash, path),
    heading: commit.message.trim(),
    bounds,
  });
}

async function pickCommit(repository: Repository): Promise<Commit | undefined> {
  const commits = await repository.log({ maxEntries: maxCommits });
  const choice = await vscode.window.showQuickPick(
    commits.map((commit) => ({
      label: `$(git-commit) ${commit.message.split('\n', 1)[0] ?? ''}`,
      description: commit.hash.slice(0, 8),
      detail: commit.authorName ?? '',
      commit,
    })),
    { title: t('Attach Commit'), matchOnDescription: true, matchOnDetail: true },
  );
  return choice?.commit;
}

interface Difference {
  readonly label: string;
  /** The same for the model, in English. */
  readonly path: string;
  readonly changes: readonly Change[];
  readonly diff: (path: string) => Promise<string>;
  readonly heading?: string;
  readonly bounds: Bounds;
}

async function differenceOf({ label, path, changes, diff, heading, bounds }: Difference): Promise<Gathered> {
  const texts = heading === undefined ? [] : [heading];
  const leftOut: string[] = [];
  let tokens = 0;
  for (const change of changes) {
    const { uri } = change;
    const name = vscode.workspace.asRelativePath(uri);
    const text = (await isAnyExcluded(change, bounds.isExcluded)) ? undefined : await diff(uri.fsPath);
    tokens += estimateTokens(text ?? '');
    if (text === undefined || tokens > bounds.tokens) {
      leftOut.push(name);
    } else {
      texts.push(...(text.trim() === '' ? [] : [text.trimEnd()]));
    }
  }
  const text = texts.join('\n');
  const item = {
    id: crypto.randomUUID(),
    label,
    path,
    languageId: 'diff',
    text,
    tokens: estimateTokens(text),
  };
  return {
    items: text === '' ? [] : [item],
    ...(leftOut.length > 0 && { leftOut: `${label}: ${leftOut.join(', ')}` }),
  };
}

/** Whether a changed file must not be sent under any of its names: a renamed file has the text of the old one. */
export async function isAnyExcluded(
  { uri, originalUri, renameUri }: Pick<Change, 'uri' | 'originalUri' | 'renameUri'>,
  isExcluded: Bounds['isExcluded'],
): Promise<boolean> {
  for (const name of [uri, originalUri, renameUri]) {
    if (name && (await isExcluded(name))) {
      return true;
    }
  }
  return false;
}

function hasFunction(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function';
}
