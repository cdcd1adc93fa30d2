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
import type { PromptFile } from '../../core/prompts/files/promptFile.ts';
import { variablesIn } from '../../core/prompts/files/promptVariables.ts';
import type {
  AnyStructuredPrompt,
  StructuredPrompt,
} from '../../core/prompts/structured/structuredPrompt.ts';
import type { GivenQuestion } from '../chat/askFlow.ts';
import type { EditServices } from '../edits/showEdits.ts';
import { runCommand } from '../platform/commands.ts';
import { commandIds, promptCommandIds } from '../platform/contributions.ts';
import { gatherCode } from '../prompts/givenCode.ts';
import type { PromptAnswer } from '../prompts/promptRunner.ts';
import { reportFailure, type PromptSurface } from '../prompts/promptSurface.ts';
import type { ReviewChat, ReviewServices } from '../review/runReview.ts';
import { placeSnippet } from '../snippets/placeSnippet.ts';
import { costWords } from '../words/costWords.ts';
import { tellBroken } from './choosePromptFile.ts';
import { openJson, outputHandlers, type OutputHandler } from './promptOutputs.ts';
import { fillPrompt, showsText, tellNoCode } from './promptSubject.ts';
import { readSchemaFile } from './schemaFile.ts';

/** The chat that a prompt file may ask its question in. */
export interface PromptFileChat extends ReviewChat {
  ask(text: string, given: GivenQuestion): Promise<unknown>;
}

/** What running prompt files works with: they may edit, review and make snippets. */
export interface PromptFileServices extends EditServices, ReviewServices {
  readonly surface: PromptSurface<PromptFileChat>;
  /** The extension's global storage; the user's snippets are near it. */
  readonly globalStorage: vscode.Uri;
}

/** Everything one run needs. */
export interface PromptFileRun {
  readonly services: PromptFileServices;
  readonly controller: PromptFileChat;
  readonly uri: vscode.Uri;
  readonly file: PromptFile;
  readonly editor: vscode.TextEditor | undefined;
}

/** Fills the prompt in, asks, and shows the answer as the file says. */
export async function runFile(run: PromptFileRun): Promise<void> {
  const { controller, editor, file, services } = run;
  const shown = showsText(file.body) ? editor?.document.uri : undefined;
  if (shown && (await controller.questions.refuseFile(shown))) {
    await services.surface.reveal();
    return;
  }
  const filled = await fillPrompt({ title: nameOf(run), body: file.body, editor });
  if (!filled) {
    return;
  }
  const { text, items } = filled;
  if (controller.questions.refuse([promptItem(run, text), ...items])) {
    await services.surface.reveal();
    return;
  }
  switch (file.output) {
    case 'chat':
      await services.surface.reveal();
      await controller.ask(text, {
        context: items,
        ...chatSettings(run),
        shape: (request) => ({ ...request, feature: promptCommandIds.runPromptFile }),
      });
      break;
    case 'document':
      await makeDocument(run, await cleaned(run, text, items));
      break;
    case 'snippet':
      await makeSnippet(run, await cleaned(run, text, items));
      break;
    case 'edits':
      await workOnCode(run, text, fileEdits, outputHandlers(services).edits);
      break;
    case 'problems':
      await workOnCode(run, text, fileReview, outputHandlers(services).problems);
      break;
    default:
      file.output satisfies never;
  }
}

/** The file's own model, or else the command's; without either, the chat's. */
function chatSettings({ file, services }: PromptFileRun): Pick<GivenQuestion, 'settings'> {
  if (file.model !== undefined) {
    return { settings: { model: file.model, fallbackModels: [] } };
  }
  const own = services.runner.ownModelOf(promptCommandIds.runPromptFile);
  const fallbacks = services.runner.fallbacksOf(promptCommandIds.runPromptFile);
  return { settings: { ...fallbacks, ...(own !== undefined && { model: own }) } };
}

/** What is sent, redacted. */
async function cleaned(
  { controller: { questions } }: PromptFileRun,
  text: string,
  items: readonly ContextItem[],
): Promise<FilePromptInput> {
  return {
    text: await questions.cleanText(text),
    items: await questions.cleanItems(items),
  };
}

async function makeDocument(run: PromptFileRun, input: FilePromptInput): Promise<void> {
  const { uri, file, controller, services } = run;
  const path = file.schema ?? '';
  const reading = await readSchemaFile(uri, path, controller.questions);
  if (!reading) {
    await services.surface.reveal();
    return;
  }
  if (reading.state === 'broken') {
    await tellBroken(uri, t('the schema "{0}" can\'t be used. {1}', path, reading.problem));
    return;
  }
  await ask(run, fileDocument(reading.schema), input, async (answer) => {
    await openJson(answer.value);
    void vscode.window.showInformationMessage(t('{0} finished{1}.', nameOf(run), costWords(answer)));
  });
}

async function makeSnippet(run: PromptFileRun, { text, items }: FilePromptInput): Promise<void> {
  const { globalStorage, writes } = run.services;
  const document = run.editor?.document;
  const languageId = document?.languageId ?? 'plaintext';
  const language = await run.controller.questions.cleanText(languageId);
  const input = { text: verbatim`Language: ${language}\n\n${text}`, items };
  await ask(run, fileSnippet, input, (answer) =>
    placeSnippet(answer, { globalStorage, languageId, document, writes }),
  );
}

/** Asks about the selected code, or the whole file if the prompt uses it. */
async function workOnCode<Out>(
  run: PromptFileRun,
  text: string,
  prompt: StructuredPrompt<FilePromptInput, Out>,
  show: OutputHandler<Out>,
): Promise<void> {
  const { services, editor, file } = run;
  if (!editor) {
    tellNoCode(t('This prompt needs code.'));
    return;
  }
  const given = await gatherCode(services.surface, nameOf(run), {
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

/** Asks and shows; a failure shows in the panel and can be retried. */
async function ask<Out>(
  run: PromptFileRun,
  prompt: AnyStructuredPrompt<FilePromptInput, Out>,
  input: FilePromptInput,
  show: (answer: PromptAnswer<Out>) => Promise<void>,
): Promise<void> {
  const { services, file } = run;
  const again = (): void => {
    runAgain(run);
  };
  await reportFailure(services.surface, again, async () => {
    const answer = await services.runner.run({
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
  });
}

function runAgain({ uri }: PromptFileRun): void {
  void runCommand(commandIds.runPromptFile, uri);
}

function nameOf({ uri }: PromptFileRun): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** The prompt's words as an item whose size is checked like its context. */
function promptItem(run: PromptFileRun, text: string): ContextItem {
  const name = nameOf(run);
  return { id: name, label: name, path: name, languageId: 'markdown', text, tokens: estimateTokens(text) };
}
