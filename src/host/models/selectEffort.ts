import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { effortsOf } from '../../core/model/requestSettings.ts';
import type { ReasoningEffort } from '../../core/model/requestValues.ts';
import { effortName } from '../words/effortName.ts';
import type { Settings } from '../platform/settings.ts';

/** Chooses the reasoning effort, from those the model supports. */
export async function selectEffort(id: string, catalog: ModelCatalog, settings: Settings): Promise<void> {
  await catalog.load();
  const efforts = effortsOf(catalog.find(id));
  if (efforts.length === 0) {
    void vscode.window.showInformationMessage(
      t("{0} doesn't support setting the reasoning effort.", catalog.nameOf(id)),
    );
    return;
  }
  const current = settings.reasoningEffort();
  const choice = await vscode.window.showQuickPick(
    efforts.map((effort: ReasoningEffort) => ({
      label: effortName(effort),
      ...(effort === current && { description: t('in use') }),
      effort,
    })),
    {
      title: t('Choose Reasoning Effort'),
      placeHolder: t('Reasoning tokens are billed as output'),
    },
  );
  if (choice) {
    await settings.setReasoningEffort(choice.effort);
  }
}
