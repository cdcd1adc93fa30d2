import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { verbatim } from '../../core/context/clean.ts';
import { estimateTokens, type ContextItem } from '../../core/context/contextItem.ts';
import {
  fileDocument,
  fileEdits,
  fileReview,
  fileSnippet,
  type FilePromptInput,
} from '../../core/prompts/files/filePrompts.ts';
import { readPromptFile, type PromptFile } from '../../core/prompts/files/promptFile.ts';
import { variablesIn } from '../../core/prompts/files/promptVariables.ts';
import type {
  AnyStructuredPrompt,
  StructuredPrompt,
} from '../../core/prompts/structured/structuredPrompt.ts';
import type { ChatController } from '../chat/chatController.ts';
import { runCommand } from '../platform/commands.ts';
import { commandIds, promptCommandIds } from '../platform/contributions.ts';
import { costWords } from '../words/costWords.ts';
import { currentText } from '../workspace/currentText.ts';
import { gatherCode } from '../prompts/givenCode.ts';
import type { PromptParts } from '../prompts/promptParts.ts';
import type { PromptAnswer } from '../prompts/promptRunner.ts';
import { isPromptFile, promptFilesHere, promptFolder } from '../workspace/promptFiles.ts';
import { openJson, outputHandlers, type OutputHandler } from './promptOutputs.ts';
import { fillPrompt, showsText, subjectEditor, tellNoCode } from './promptSubject.ts';
import { readSchemaFile } from './schemaFile.ts';
import { placeSnippet } from '../snippets/placeSnippet.ts';
import { newFile } from '../answers/newFile.ts';

const example = `---
description: Explains a file to a newcomer
# What becomes of the answer: chat, document, problems, edits or snippet.
output: chat
---

Explain \${file} to \${input:reader:Who is to understand it?}.
Begin with what it is for, then say how its parts work together.
`;

/** Everything that one run works with. */
interface Run {
  readonly parts: PromptParts;
  readonly controller: ChatController;
  readonly uri: vscode.Uri;
  readonly file: PromptFile;
  readonly editor: vscode.TextEditor | undefined;
}

/** Runs a prompt file: the given one, else the one in the active editor, else one that the user chooses. */
export async function runPromptFile(
  parts: PromptParts,
  given?: vscode.Uri,
  isTrusted = vscode.workspace.isTrusted,
): Promise<void> {
  if (!isTrusted) {
    await tellUntrusted();
    return;
  }
  const editor = subjectEditor();
  const uri = await promptFileToRun(given);
  if (!uri) {
    return;
  }
  const controller = await parts.surface.controller();
  if (await controller.questions.refuseFile(uri)) {
    await parts.surface.reveal();
    return;
  }
  const reading = readPromptFile(await currentText(uri));
  if (reading.state === 'broken') {
    await tellBroken(uri, t('line {0}: {1}', reading.line, reading.problem), reading.line);
    return;
  }
  await runFile({ parts, controller, uri, file: reading.file, editor });
}

async function tellUntrusted(): Promise<void> {
  const manage = t('Manage Workspace Trust');
  const words = t('Prompt files run only in trusted workspaces, because they decide what is sent.');
  if ((await vscode.window.showWarningMessage(words, manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}

async function promptFileToRun(given: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const known = given ?? active;
  return known && isPromptFile(known) ? known : choose();
}

async function choose(): Promise<vscode.Uri | undefined> {
  const files = await promptFilesHere();
  if (files.length === 0) {
    const create = t('Create Prompt File');
    const words = t('This workspace has no prompt files. Create one as {0}.', `${promptFolder}/*.prompt.md`);
    if ((await vscode.window.showInformationMessage(words, create)) === create) {
      const fileName = `${promptFolder}/example.prompt.md`;
      await newFile({ text: example, language: 'markdown', fileName });
    }
    return undefined;
  }
  const choices = files.map(({ name, description, uri }) => ({ label: name, description, uri }));
  const choice = await vscode.window.showQuickPick(choices, {
    title: t('Run Prompt File'),
    placeHolder: t('Choose a prompt'),
    matchOnDescription: true,
  });
  return choice?.uri;
}

/** Says what cannot be read, with a way to the place. */
async function tellBroken(uri: vscode.Uri, problem: string, line = 1): Promise<void> {
  const open = t('Open File');
  const words = `${vscode.workspace.asRelativePath(uri)}, ${problem}`;
  if ((await vscode.window.showWarningMessage(words, open)) === open) {
    const position = new vscode.Position(line - 1, 0);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
  }
}

async function runFile(run: Run): Promise<void> {
  const { controller, editor, file, parts } = run;
  const shown = showsText(file.body) ? editor?.document.uri : undefined;
  if (shown && (await controller.questions.refuseFile(shown))) {
    await parts.surface.reveal();
    return;
  }
  const filled = await fillPrompt({ title: nameOf(run), body: file.body, editor });
  if (!filled) {
    return;
  }
  const { text, items } = filled;
  if (controller.questions.refuse([promptItem(run, text), ...items])) {
    await parts.surface.reveal();
    return;
  }
  switch (file.output) {
    case 'chat':
      await parts.surface.reveal();
      await controller.ask(text, {
        context: items,
        ...(file.model !== undefined && { settings: { model: file.model, fallbackModels: [] } }),
        answer: (request, chat, signal) =>
          chat.stream({ ...request, feature: promptCommandIds.runPromptFile }, signal),
      });
      break;
    case 'document':
      await makeDocument(run, await cleaned(run, text, items));
      break;
    case 'snippet':
      await makeSnippet(run, await cleaned(run, text, items));
      break;
    case 'edits':
      await workOnCode(run, text, fileEdits, outputHandlers(parts).edits);
      break;
    case 'problems':
      await workOnCode(run, text, fileReview, outputHandlers(parts).problems);
      break;
    default:
      file.output satisfies never;
  }
}

/** What is sent, without its secrets. */
async function cleaned(
  { controller: { questions } }: Run,
  text: string,
  items: readonly ContextItem[],
): Promise<FilePromptInput> {
  return {
    text: await questions.cleanText(text),
    items: await questions.cleanItems(items),
  };
}

async function makeDocument(run: Run, input: FilePromptInput): Promise<void> {
  const { uri, file, controller, parts } = run;
  const path = file.schema ?? '';
  const reading = await readSchemaFile(uri, path, controller.questions);
  if (!reading) {
    await parts.surface.reveal();
    return;
  }
  if (reading.state === 'broken') {
    await tellBroken(uri, t('the schema "{0}" can\'t be used. {1}', path, reading.problem));
    return;
  }
  await ask(run, fileDocument(reading.schema), input, async ({ value, usage }) => {
    await openJson(value);
    void vscode.window.showInformationMessage(t('{0} finished{1}.', nameOf(run), costWords(usage)));
  });
}

async function makeSnippet(run: Run, { text, items }: FilePromptInput): Promise<void> {
  const document = run.editor?.document;
  const languageId = document?.languageId ?? 'plaintext';
  const language = await run.controller.questions.cleanText(languageId);
  const input = { text: verbatim`Language: ${language}\n\n${text}`, items };
  await ask(run, fileSnippet, input, (answer) => placeSnippet(run.parts, answer, { languageId, document }));
}

/** Asks about the selected code, or the whole file where the prompt names that. */
async function workOnCode<Out>(
  run: Run,
  text: string,
  prompt: StructuredPrompt<FilePromptInput, Out>,
  show: OutputHandler<Out>,
): Promise<void> {
  const { parts, editor, file } = run;
  if (!editor) {
    tellNoCode(t('This prompt needs code.'));
    return;
  }
  const given = await gatherCode(parts.surface, nameOf(run), {
    editor,
    lines: variablesIn(file.body).has('file') ? 'all' : undefined,
  });
  if (!given) {
    return;
  }
  const input = { ...(await cleaned(run, text, [])), items: given.items };
  try {
    await ask(run, prompt, input, (answer) =>
      show({ ...answer, title: nameOf(run), again: () => runAgain(run) }, given),
    );
  } finally {
    given.watch.dispose();
  }
}

/** Asks and shows; a failure shows in the panel, and can be tried again. */
async function ask<Out>(
  run: Run,
  prompt: AnyStructuredPrompt<FilePromptInput, Out>,
  input: FilePromptInput,
  show: (answer: PromptAnswer<Out>) => Promise<void>,
): Promise<void> {
  const { parts, controller, file } = run;
  try {
    const answer = await parts.runner.run({
      prompt,
      input,
      command: commandIds.runPromptFile,
      model: file.model,
      title: t('Running {0}', nameOf(run)),
      tokens: estimateTokens(input.text) + input.items.reduce((sum, { tokens }) => sum + tokens, 0),
    });
    if (answer) {
      await show(answer);
    }
  } catch (error) {
    controller.report(error, () => {
      runAgain(run);
    });
    await parts.surface.reveal();
  }
}

function runAgain({ uri }: Run): void {
  void runCommand(commandIds.runPromptFile, uri);
}

function nameOf({ uri }: Run): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** The words of a prompt as a thing that may be too large, like what goes with them. */
function promptItem(run: Run, text: string): ContextItem {
  const name = nameOf(run);
  return { id: name, label: name, path: name, languageId: 'markdown', text, tokens: estimateTokens(text) };
}
