import * as vscode from 'vscode';
import type { CodeProblem } from '../../core/prompts/fixCode.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';
import { codeAround } from '../context/sources/symbols.ts';

/** A place that is to be fixed, and the lines around it, which are worked on in place of the selection. */
export interface FixTarget {
  readonly editor: vscode.TextEditor;
  readonly place: vscode.Range;
  readonly lines: vscode.Range;
}

/** The target that a quick fix names by a document and a place; nothing where that is not in an editor. */
export async function fixTargetAt(uri?: vscode.Uri, place?: vscode.Range): Promise<FixTarget | undefined> {
  if (!uri || !place) {
    return undefined;
  }
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  return editor && { editor, place, lines: (await codeAround(editor.document, place.start)).union(place) };
}

const severities = ['error', 'warning', 'info', 'hint'] as const satisfies CodeProblem['severity'][];

/** A problem in its tool's words: messages may quote code with secrets. */
interface FoundProblem extends Pick<CodeProblem, 'startLine' | 'endLine' | 'severity'> {
  readonly path: string;
  readonly message: string;
  readonly source: string;
}

/** What VS Code lists as problems in these ranges, as the model is told of it. */
export async function problemsIn(
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
  questions: QuestionGuard,
): Promise<readonly CodeProblem[]> {
  return Promise.all(problemsFound(document, ranges).map((each) => cleaned(each, questions)));
}

async function cleaned(
  { path, message, source, ...place }: FoundProblem,
  questions: QuestionGuard,
): Promise<CodeProblem> {
  return {
    ...place,
    path: await questions.cleanText(path),
    message: await questions.cleanText(message),
    ...(source !== '' && { source: await questions.cleanText(source) }),
  };
}

function problemsFound(
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
): readonly FoundProblem[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => ranges.some((each) => each.intersection(range) !== undefined))
    .map(({ range, severity, message, source, code }) => {
      const name = typeof code === 'object' ? code.value : code;
      return {
        path: vscode.workspace.asRelativePath(document.uri),
        startLine: range.start.line + 1,
        endLine: range.end.line + 1,
        severity: severities[severity],
        message,
        source: [source, name].filter((each) => each !== undefined).join(' '),
      };
    });
}
