import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { estimateTokens } from '../../core/context/contextItem.ts';
import { changedText } from '../../core/edits/changedText.ts';
import { rangeContext } from '../workspace/selection.ts';
import type { Bounds } from '../workspace/gathered.ts';
import { isAnyExcluded, type ChangedFile } from '../context/sources/git.ts';
import { DocumentWatch } from '../workspace/documentWatch.ts';
import type { ReviewedFile } from './runReview.ts';

/** What a review of changes shows a model. */
export interface WorkingTree {
  /** Their watches must be disposed. */
  readonly files: readonly ReviewedFile[];
  /** The changed parts of the files as they are now. */
  readonly items: readonly ContextItem[];
  readonly diffs: readonly ContextItem[];
  readonly tokens: number;
  /** Skipped files, each with its reason. */
  readonly leftOut: readonly string[];
}

/** More files than this aren't read. */
const maxFiles = 400;

/** A larger file is data rather than text. */
const maxBytes = 1_000_000;

/** The changed parts of workspace files, as far as they fit. */
export async function gatherChanges(changed: readonly ChangedFile[], bounds: Bounds): Promise<WorkingTree> {
  const files: ReviewedFile[] = [];
  const items: ContextItem[] = [];
  const diffs: ContextItem[] = [];
  const leftOut: string[] = [];
  let tokens = 0;
  for (const [index, file] of changed.entries()) {
    const path = vscode.workspace.asRelativePath(file.uri);
    const found =
      (await refusalOf(file, bounds)) ?? (index < maxFiles ? await read(file) : t('over the limit'));
    if (typeof found === 'string') {
      leftOut.push(`${path} (${found})`);
      continue;
    }
    const { document, before } = found;
    const { regions, diff } = changedText(before, document.getText());
    const parts = regions
      .map(({ start, end }) => rangeContext(document, new vscode.Range(start - 1, 0, end - 1, 0)))
      .filter(({ text }) => text.trim() !== '');
    const [change] = before === '' ? [] : [diffItem(path, diff)];
    const size = [...parts, ...(change ? [change] : [])].reduce((sum, each) => sum + each.tokens, 0);
    if (parts.length === 0) {
      // Without a diff, only line endings or the name changed.
      leftOut.push(...(diff === '' ? [] : [`${path} (${t('empty')})`]));
      continue;
    }
    if (tokens + size > bounds.tokens) {
      leftOut.push(`${path} (${t('over the limit')})`);
      continue;
    }
    tokens += size;
    items.push(...parts);
    diffs.push(...(change ? [change] : []));
    files.push({ uri: file.uri, path, lines: regions, watch: new DocumentWatch(document) });
  }
  return { files, items, diffs, tokens, leftOut };
}

/** Why a file can't be sent, by name alone, before it is read. */
async function refusalOf(file: ChangedFile, bounds: Bounds): Promise<string | undefined> {
  if (!vscode.workspace.getWorkspaceFolder(file.uri)) {
    return t('outside the workspace');
  }
  return (await isAnyExcluded(file, bounds.isExcluded)) ? t('excluded') : undefined;
}

interface ReadFile {
  readonly document: vscode.TextDocument;
  readonly before: string;
}

async function read({ uri, before }: ChangedFile): Promise<ReadFile | string> {
  const stat = await vscode.workspace.fs.stat(uri).then(
    (found) => found,
    () => undefined,
  );
  if (!stat) {
    return t('deleted');
  }
  // A link may lead to an excluded file.
  if (stat.type !== vscode.FileType.File) {
    return t('not a regular file');
  }
  if (stat.size > maxBytes) {
    return t('too large');
  }
  const document = await vscode.workspace.openTextDocument(uri).then(
    (opened) => opened,
    () => undefined,
  );
  const text = await before();
  // VS Code doesn't open files it considers binary.
  return !document || `${document.getText()}${text}`.includes('\0')
    ? t('not text')
    : { document, before: text };
}

function diffItem(path: string, text: string): ContextItem {
  return {
    id: crypto.randomUUID(),
    label: t('{0} (diff)', path),
    // For the model, in English.
    path: `Diff of ${path}`,
    languageId: 'diff',
    text,
    tokens: estimateTokens(text),
  };
}
