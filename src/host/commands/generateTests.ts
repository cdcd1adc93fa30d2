import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { writeTests as prompt, type TestsInput } from '../../core/prompts/writeTests.ts';
import { commandIds } from '../platform/contributions.ts';
import { gatherCode } from '../prompts/givenCode.ts';
import { reportFailure, type WritingServices } from '../prompts/promptSurface.ts';
import { findProjectTests, testsInput } from '../testGeneration/projectTests.ts';
import { showTests, type TestedCode } from '../testGeneration/showTests.ts';

/** Writes tests for the selected code in the project's style, and proposes them. */
export async function generateTests(services: WritingServices): Promise<void> {
  const given = await gatherCode(services.surface, t('Generate Tests'));
  if (!given) {
    return;
  }
  const { document, items, watch } = given;
  watch.dispose();
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  if (!folder) {
    void vscode.window.showWarningMessage(
      t('Tests need a workspace folder. Open the folder that contains this file.'),
    );
    return;
  }
  const { questions } = await services.surface.controller();
  const project = await findProjectTests(document, folder);
  const input = await testsInput({ document, items }, { folder, project, questions });
  if (questions.refuse(input.items)) {
    await services.surface.reveal();
    return;
  }
  await ask(services, { folder, label: items[0]?.label ?? '', project }, input);
}

async function ask(services: WritingServices, code: TestedCode, input: TestsInput): Promise<void> {
  const again = (): void => void ask(services, code, input);
  await reportFailure(services.surface, again, async () => {
    const answer = await services.runner.run({
      prompt,
      input,
      command: commandIds.generateTests,
      title: t('Writing tests for {0}', code.label),
      tokens: input.items.reduce((sum, { tokens }) => sum + tokens, 0),
    });
    if (answer) {
      await showTests(services.writes, code, answer);
    }
  });
}
