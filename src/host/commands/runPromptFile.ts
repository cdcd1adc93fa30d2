import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { readPromptFile } from '../../core/prompts/files/promptFile.ts';
import { choosePromptFile, tellBroken, tellUntrusted } from '../promptFiles/choosePromptFile.ts';
import { subjectEditor } from '../promptFiles/promptSubject.ts';
import { runFile, type PromptFileServices } from '../promptFiles/runFile.ts';
import { currentText } from '../workspace/currentText.ts';

/** Runs a prompt file: the given one, else the active editor's, else a chosen one. */
export async function runPromptFile(
  services: PromptFileServices,
  given?: vscode.Uri,
  isTrusted = vscode.workspace.isTrusted,
): Promise<void> {
  if (!isTrusted) {
    await tellUntrusted();
    return;
  }
  const editor = subjectEditor();
  const uri = await choosePromptFile(given, services.writes);
  if (!uri) {
    return;
  }
  const controller = await services.surface.controller();
  if (await controller.questions.refuseFile(uri)) {
    await services.surface.reveal();
    return;
  }
  const reading = readPromptFile(await currentText(uri), await services.runner.modelChooser());
  if (reading.state === 'broken') {
    await tellBroken(uri, t('line {0}: {1}', reading.line, reading.problem), reading.line);
    return;
  }
  await runFile({ services, controller, uri, file: reading.file, editor });
}
