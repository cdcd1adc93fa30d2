import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { placeEdits, type Edit, type PlacedEdit, type RefusedEdit } from '../../core/edits/fileEdits.ts';
import { plainNewText } from '../../core/edits/quoteReadings.ts';
import { editPath } from '../../core/edits/editPath.ts';
import { hunksOf, shift } from '../../core/edits/hunks.ts';
import type { GivenCode } from '../prompts/givenCode.ts';
import type { WriteGuard, WriteRefusal } from '../context/writeGuard.ts';
import { placeInWorkspace } from '../workspace/workspacePlace.ts';

/** One file's edits and the text to locate them in. */
export interface FileTarget {
  readonly document: vscode.TextDocument;
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** Why an answer isn't shown for review: one edit per line. */
export class Misfit extends Error {}

function refusalWords(file: string, why: RefusedEdit['why']): string {
  switch (why) {
    case 'missing':
      return t("{0}: the code to replace isn't in the file.", file);
    case 'ambiguous':
      return t('{0}: the code to replace appears more than once.', file);
    case 'elided':
      return t("{0}: the change leaves code out, and it isn't clear which.", file);
    case 'unchanged':
      return t('{0}: the change has no effect.', file);
    case 'empty':
      return t("{0}: the change doesn't say what to replace.", file);
    case 'overlapping':
      return t('{0}: the change overlaps another one.', file);
    default:
      return why satisfies never;
  }
}

/** What an answer changes, file by file. */
export interface EditTargets {
  readonly targets: readonly FileTarget[];
  /** The files it creates, by path. */
  readonly made: ReadonlyMap<string, NewFile>;
}

interface NewFile {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly reason: string;
}

/** The edited files: the one in question, others in the workspace, and new ones. */
export async function editTargets(
  edits: readonly Edit[],
  given: GivenCode,
  writes: WriteGuard,
): Promise<EditTargets> {
  const targets = new Map<vscode.TextDocument, FileTarget>();
  const made = new Map<string, NewFile>();
  for (const edit of edits) {
    const found = await fileOf(edit, given, writes);
    if (found instanceof vscode.Uri) {
      const { text } = allowed(await writes.textFor(found, plainNewText(edit.replace, edit.file)));
      const path = vscode.workspace.asRelativePath(found);
      if (made.has(path)) {
        throw new Misfit(refusalWords(path, 'overlapping'));
      }
      made.set(path, { uri: found, text, reason: edit.reason });
    } else {
      const { search, replace } = allowed(await writes.editFor(found, edit));
      const before = targets.get(found)?.edits ?? [];
      const text = found === given.document ? given.watch.text : found.getText();
      targets.set(found, { document: found, text, edits: [...before, { ...edit, search, replace }] });
    }
  }
  return { targets: [...targets.values()], made };
}

/** What may be written; else the answer isn't shown. */
function allowed<Allowed extends { readonly state: 'allowed' }>(writing: Allowed | WriteRefusal): Allowed {
  if (writing.state === 'refused') {
    throw new Misfit(t('{0}.', writing.why));
  }
  return writing;
}

/** The document an edit belongs to, or where to create its file. */
async function fileOf(
  { file, search }: Edit,
  { document, items }: GivenCode,
  writes: WriteGuard,
): Promise<vscode.TextDocument | vscode.Uri> {
  if (items.some(({ path, label }) => path === file || label === file)) {
    return document;
  }
  const own = vscode.workspace.getWorkspaceFolder(document.uri);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const refusals: string[] = [];
  let free: vscode.Uri | undefined;
  for (const { uri } of [...(own ? [own] : []), ...folders.filter((folder) => folder !== own)]) {
    const place = await placeInWorkspace(file, uri, writes);
    if (place.state === 'refused') {
      refusals.push(place.why);
    } else if (place.exists) {
      return vscode.workspace.openTextDocument(place.uri);
    } else {
      free ??= place.uri;
    }
  }
  // Models shorten paths.
  const place = editPath(file);
  if (place.state === 'allowed' && items.some(({ path }) => path.endsWith(`/${place.path}`))) {
    return document;
  }
  const [why] = refusals;
  if (why !== undefined) {
    throw new Misfit(t('{0}.', why));
  }
  if (!free || search.trim() !== '') {
    throw new Misfit(t('{0}: the workspace has no such file.', file));
  }
  return free;
}

/** A file's edits, located in the text. */
export function placedIn({ text, edits }: FileTarget): readonly PlacedEdit[] {
  const result = placeEdits(text, edits);
  if (result.state === 'refused') {
    throw new Misfit(result.refusals.map(({ edit, why }) => refusalWords(edit.file, why)).join('\n'));
  }
  return result.placements;
}

/** The same in the document's current text. */
export function placedNow(target: FileTarget, { document, watch }: GivenCode): readonly PlacedEdit[] {
  const placements = placedIn(target);
  if (target.document !== document) {
    return placements;
  }
  const hunks = watch.changes.reduce(shift, hunksOf(target.text, placements));
  if (hunks.some(({ state }) => state === 'stale')) {
    throw new Misfit(
      t('{0}: the code changed in the meantime.', vscode.workspace.asRelativePath(document.uri)),
    );
  }
  return hunks;
}
