import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { StructuredAnswer } from '../../core/prompts/structured/structuredPrompt.ts';
import { testCommand } from '../../core/prompts/testFramework.ts';
import type { Tests } from '../../core/prompts/writeTests.ts';
import { shellQuote } from '../../core/util/shellQuote.ts';
import { costWords, type AnsweredFor } from '../words/costWords.ts';
import type { WriteGuard } from '../context/writeGuard.ts';
import type { ProjectTests } from './projectTests.ts';
import { isChange, placeTests, proposeTests, type TestFile } from './testFiles.ts';

/** Code to write tests for. */
export interface TestedCode {
  /** The workspace folder for the tests. */
  readonly folder: vscode.Uri;
  readonly label: string;
  readonly project: ProjectTests | undefined;
}

/** Shows the tests of an answer in the Refactor Preview, and offers to run what was written. */
export async function showTests(
  writes: WriteGuard,
  code: TestedCode,
  { value, ...answer }: StructuredAnswer<Tests> & AnsweredFor,
): Promise<void> {
  const cost = costWords(answer);
  const placed = await placeTests(value.files, code.folder, writes);
  if (placed.state === 'refused') {
    void vscode.window.showWarningMessage(`${placed.words}${cost}`);
    return;
  }
  const changes = placed.files.filter(isChange);
  if (changes.length === 0) {
    void vscode.window.showInformationMessage(t('These tests already exist{0}.', cost));
    return;
  }
  const written = await proposeTests(changes, t('Tests for {0}', code.label));
  const [first] = written;
  if (!first) {
    void vscode.window.showInformationMessage(t('No tests were written{0}.', cost));
    return;
  }
  await vscode.window.showTextDocument(first.uri, { preview: false });
  const count = value.cases.length;
  const place = written.length === 1 ? first.path : t('{0} files', written.length);
  const words =
    count === 1 ? t('1 test in {0}{1}', place, cost) : t('{0} tests in {1}{2}', count, place, cost);
  await offerToRun(words, first, code);
}

/** Nothing runs without the user's consent, and nothing in an untrusted workspace. */
async function offerToRun(words: string, file: TestFile, { project }: TestedCode): Promise<void> {
  const line = project && vscode.workspace.isTrusted ? commandLine(project, file) : undefined;
  const run = t('Run Tests');
  const choice = await vscode.window.showInformationMessage(words, ...(line === undefined ? [] : [run]));
  if (choice !== run || line === undefined || !project) {
    return;
  }
  await (await vscode.workspace.openTextDocument(file.uri)).save();
  const terminal = vscode.window.createTerminal({ name: t('Tests'), cwd: project.folder });
  terminal.show(true);
  terminal.sendText(line, true);
}

/** The command for a file below the manifest's folder, quoted for the user's shell. */
function commandLine({ framework, folder }: ProjectTests, { uri }: TestFile): string | undefined {
  const root = `${folder.path.replace(/\/$/, '')}/`;
  if (folder.scheme !== 'file' || !uri.path.startsWith(root)) {
    return undefined;
  }
  const words = testCommand(framework, uri.path.slice(root.length));
  const quoted = words?.map((word) => shellQuote(word, vscode.env.shell));
  return quoted?.every((word) => word !== undefined) === true ? quoted.join(' ') : undefined;
}
