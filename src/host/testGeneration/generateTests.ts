import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { joined, verbatim, type CleanItem, type CleanText } from '../../core/context/clean.ts';
import type { StructuredAnswer } from '../../core/prompts/structured/structuredPrompt.ts';
import { testCommand } from '../../core/prompts/testFramework.ts';
import { writeTests as prompt, type Tests, type TestsInput } from '../../core/prompts/writeTests.ts';
import { shellQuote } from '../../core/util/shellQuote.ts';
import { commandIds } from '../platform/contributions.ts';
import { costWords } from '../words/costWords.ts';
import { gatherCode } from '../prompts/givenCode.ts';
import type { PromptParts } from '../prompts/promptParts.ts';
import { exampleTest, findProjectTests, type ProjectTests } from './projectTests.ts';
import { isChange, placeTests, proposeTests, type TestFile } from './testFiles.ts';

/** Code that tests are written for. */
interface TestedCode {
  /** The folder of the workspace that the tests go into. */
  readonly folder: vscode.Uri;
  readonly label: string;
  readonly project: ProjectTests | undefined;
  readonly input: TestsInput;
}

/** Writes tests for the selected code, in the way of the project, and proposes them. */
export async function generateTests(parts: PromptParts): Promise<void> {
  const code = await gatherCode(parts.surface, t('Generate Tests'));
  if (!code) {
    return;
  }
  const { document, items, watch } = code;
  watch.dispose();
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  if (!folder) {
    void vscode.window.showWarningMessage(
      t('Tests need a workspace folder. Open the folder that contains this file.'),
    );
    return;
  }
  const { questions } = await parts.surface.controller();
  const project = await findProjectTests(document, folder);
  const example = project && (await exampleTest(document, project, folder, questions));
  const all = example ? [...items, example] : items;
  if (questions.refuse(all)) {
    await parts.surface.reveal();
    return;
  }
  await ask(parts, {
    folder,
    label: items[0]?.label ?? '',
    project,
    input: {
      items: all,
      ...(project && { framework: await questions.cleanText(project.framework.name) }),
      instruction: instructionFor(items, example),
    },
  });
}

function instructionFor(items: readonly CleanItem[], example: CleanItem | undefined): CleanText {
  const paths = joined([...new Set(items.map(({ path }) => path))], ', ');
  const like = example
    ? verbatim` ${example.path} shows how tests are written here; it is no code to test.`
    : verbatim``;
  return verbatim`Write tests for the code of ${paths}, in new files beside the tests that there are.${like}`;
}

/** A failure shows in the panel, and can be tried again. */
async function ask(parts: PromptParts, code: TestedCode): Promise<void> {
  try {
    const answer = await parts.runner.run({
      prompt,
      input: code.input,
      command: commandIds.generateTests,
      title: t('Writing tests for {0}', code.label),
      tokens: code.input.items.reduce((sum, { tokens }) => sum + tokens, 0),
    });
    if (answer) {
      await propose(parts, code, answer);
    }
  } catch (error) {
    const controller = await parts.surface.controller();
    controller.report(error, () => void ask(parts, code));
    await parts.surface.reveal();
  }
}

async function propose(
  parts: PromptParts,
  code: TestedCode,
  { value, usage }: StructuredAnswer<Tests>,
): Promise<void> {
  const { questions } = await parts.surface.controller();
  const cost = costWords(usage);
  const placed = await placeTests(value.files, code.folder, questions.bounds().isExcluded);
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

/** Nothing runs before the user says so, and nothing in a workspace that is not trusted. */
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

/** The command for a file below the manifests, as the user's shell reads it. */
function commandLine({ framework, folder }: ProjectTests, { uri }: TestFile): string | undefined {
  const root = `${folder.path.replace(/\/$/, '')}/`;
  if (folder.scheme !== 'file' || !uri.path.startsWith(root)) {
    return undefined;
  }
  const words = testCommand(framework, uri.path.slice(root.length));
  const quoted = words?.map((word) => shellQuote(word, vscode.env.shell));
  return quoted?.every((word) => word !== undefined) === true ? quoted.join(' ') : undefined;
}
