import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { applyEdits } from '../../core/edits/fileEdits.ts';
import { isInPlace, markRemarks, shiftMarks, type LineRange, type Mark } from '../../core/edits/marks.ts';
import type { Placement } from '../../core/edits/placement.ts';
import type { Finding } from '../../core/prompts/reviewCode.ts';
import { registerCommand, toCommand } from '../platform/commands.ts';
import { findingCommandIds } from '../platform/contributions.ts';
import { tellRefused, type WriteGuard } from '../context/writeGuard.ts';
import type { DocumentWatch } from '../workspace/documentWatch.ts';
import { placementsOf } from '../workspace/liveDocument.ts';

/** What a model was shown of a file, and typing since. */
export interface ShownFile {
  readonly uri: vscode.Uri;
  readonly lines: readonly LineRange[];
  readonly watch: Pick<DocumentWatch, 'text' | 'changes'>;
}

interface KnownFinding extends Finding {
  /** Identifies it in commands. */
  readonly id: number;
}

type FindingMark = Mark<KnownFinding>;

interface FileFindings {
  readonly uri: vscode.Uri;
  readonly marks: readonly FindingMark[];
}

const severities: Readonly<Record<Finding['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  // The Problems panel doesn't list VS Code hints.
  hint: vscode.DiagnosticSeverity.Information,
};

/**
 * Review findings as editor problems with quick fixes. A finding moves with its code, and disappears when its code is
 * edited, when dismissed, and when its file is reviewed again.
 */
export class Findings implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('switchboard');
  readonly #writes: WriteGuard;
  readonly #files = new Map<string, FileFindings>();
  readonly #registrations: vscode.Disposable;
  #count = 0;

  constructor(writes: WriteGuard) {
    this.#writes = writes;
    this.#registrations = vscode.Disposable.from(
      this.#collection,
      vscode.languages.registerCodeActionsProvider(
        '*',
        { provideCodeActions: (document, range) => this.#actions(document, range) },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.#follow(event);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#settle(document);
      }),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        files.forEach((uri) => this.#forget(uri));
      }),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        files.forEach(({ oldUri }) => this.#forget(oldUri));
      }),
      registerCommand(findingCommandIds.apply, (uri, id) => this.#apply(vscode.Uri.parse(uri), id)),
      registerCommand(findingCommandIds.dismiss, (uri, id) => this.#dismiss(vscode.Uri.parse(uri), id)),
      registerCommand(findingCommandIds.dismissAll, (uri) => {
        this.#forget(vscode.Uri.parse(uri));
      }),
    );
  }

  /** Shows a file's findings in place of earlier ones; returns those without a place. */
  async show({ uri, lines, watch }: ShownFile, findings: readonly Finding[]): Promise<readonly Finding[]> {
    const known = findings.map((finding) => {
      this.#count += 1;
      return { ...finding, id: this.#count };
    });
    const { marks, unplaced } = markRemarks(watch.text, lines, known);
    // It may have been closed meanwhile, and opening it takes time in which more may be typed.
    const document = await vscode.workspace.openTextDocument(uri);
    this.#put(document, marksNow(watch, marks));
    this.#settle(document);
    return findings.filter((_, index) => unplaced.some((each) => each === known[index]));
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  #put(document: vscode.TextDocument, marks: readonly FindingMark[]): void {
    const { uri } = document;
    if (marks.length === 0) {
      this.#forget(uri);
      return;
    }
    this.#files.set(uri.toString(), { uri, marks });
    this.#collection.set(
      uri,
      marks.map((mark) => diagnosticOf(document, mark)),
    );
  }

  #forget(uri: vscode.Uri): void {
    this.#files.delete(uri.toString());
    this.#collection.delete(uri);
  }

  #marksOf(uri: vscode.Uri): readonly FindingMark[] {
    return this.#files.get(uri.toString())?.marks ?? [];
  }

  #follow(event: vscode.TextDocumentChangeEvent): void {
    const { document, contentChanges } = event;
    const marks = this.#marksOf(document.uri);
    if (marks.length === 0) {
      return;
    }
    if (contentChanges.length > 0) {
      this.#put(document, shiftMarks(document.getText(), marks, placementsOf(event)));
    } else {
      // Possibly only line endings changed.
      this.#settle(document);
    }
  }

  /** A file may be reopened with another text: marks out of place are located again. */
  #settle(document: vscode.TextDocument): void {
    const marks = this.#marksOf(document.uri);
    const text = document.getText();
    if (marks.every((mark) => isInPlace(text, mark))) {
      return;
    }
    const lines = [{ start: 1, end: document.lineCount }];
    const found = markRemarks(
      text,
      lines,
      marks.map(({ remark }) => remark),
    ).marks.filter(({ isQuoted }) => isQuoted);
    this.#put(document, found);
  }

  async #dismiss(uri: vscode.Uri, id: number): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    this.#put(
      document,
      this.#marksOf(uri).filter(({ remark }) => remark.id !== id),
    );
  }

  async #apply(uri: vscode.Uri, id: number): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const fix = this.#marksOf(uri).find(({ remark }) => remark.id === id)?.fix;
    if (!fix || !isInPlace(document.getText(), { at: fix })) {
      void vscode.window.showWarningMessage(
        t('The code this suggestion applies to has changed, so nothing was written. Run the review again.'),
      );
      return;
    }
    const allowed = await this.#writes.textIn(document, fix.text, (text) => ({ ...fix, text }));
    if (allowed.state === 'refused') {
      tellRefused(allowed);
      return;
    }
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, rangeOf(document, fix), allowed.text);
    if (!(await vscode.workspace.applyEdit(edit))) {
      throw new Error(t("The editor didn't accept the change. Nothing was written."));
    }
    await this.#dismiss(uri, id);
  }

  #actions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const uri = document.uri.toString();
    const marks = this.#marksOf(document.uri).filter(({ at }) => rangeOf(document, at).intersection(range));
    const actions = marks.flatMap((mark) => {
      // If there are several, each names its subject.
      const about = marks.length === 1 ? undefined : inShort(mark.remark.message);
      const diagnostics = [diagnosticOf(document, mark)];
      const { id } = mark.remark;
      const dismiss = toCommand(findingCommandIds.dismiss, dismissWords(about), uri, id);
      const apply = toCommand(findingCommandIds.apply, applyWords(about), uri, id);
      return [...(mark.fix ? [apply] : []), dismiss].map((each) => action(each, diagnostics));
    });
    const all = t('Dismiss all Switchboard findings in this file');
    return actions.length === 0
      ? []
      : [
          ...actions,
          action(
            toCommand(findingCommandIds.dismissAll, all, uri),
            marks.map((mark) => diagnosticOf(document, mark)),
          ),
        ];
  }
}

/** The marks after all typing since the text was watched. */
function marksNow(
  { text, changes }: ShownFile['watch'],
  marks: readonly FindingMark[],
): readonly FindingMark[] {
  let [now, moved] = [text, marks];
  for (const each of changes) {
    now = applyEdits(
      now,
      each.toSorted((one, other) => one.start - other.start),
    );
    moved = shiftMarks(now, moved, each);
  }
  return moved;
}

function diagnosticOf(document: vscode.TextDocument, { remark, at }: FindingMark): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    rangeOf(document, at),
    remark.message,
    severities[remark.severity],
  );
  diagnostic.source = 'Switchboard';
  diagnostic.code = remark.category;
  return diagnostic;
}

function rangeOf(document: vscode.TextDocument, { start, end }: Placement): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function action(command: vscode.Command, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction {
  const made = new vscode.CodeAction(command.title, vscode.CodeActionKind.QuickFix);
  made.command = command;
  made.diagnostics = [...diagnostics];
  return made;
}

function applyWords(about: string | undefined): string {
  return about === undefined ? t('Apply suggestion') : t('Apply suggestion: {0}', about);
}

function dismissWords(about: string | undefined): string {
  return about === undefined ? t('Dismiss') : t('Dismiss: {0}', about);
}

/** Titles are one line at most. */
const maxTitleLength = 60;

function inShort(message: string): string {
  const words = message.replace(/\s+/g, ' ');
  return words.length > maxTitleLength ? `${words.slice(0, maxTitleLength)}…` : words;
}
