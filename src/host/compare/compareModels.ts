import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { ChatSurface } from '../chat/chatSurface.ts';
import type { Comparisons } from './comparisons.ts';
import { pickModels } from './pickModels.ts';
import { selectionContext } from '../workspace/selection.ts';
import type { Settings } from '../platform/settings.ts';
import { formatNumber } from '../platform/formats.ts';

interface CompareParts {
  readonly comparisons: Comparisons;
  /** Where refusals are reported. */
  readonly surface: ChatSurface;
  readonly catalog: ModelCatalog;
  readonly settings: Settings;
}

/** Sends one question, with the selection if any, to several models; their answers stream side by side. */
export async function compareModels({
  comparisons,
  surface,
  catalog,
  settings,
}: CompareParts): Promise<void> {
  const { questions } = await surface.controller();
  const editor = vscode.window.activeTextEditor;
  const selected = editor && selectionContext(editor);
  if (
    editor &&
    selected &&
    ((await questions.refuseFile(editor.document.uri)) || questions.refuse([selected]))
  ) {
    await surface.reveal();
    return;
  }
  await catalog.load();
  const models = await pickModels(catalog, settings.model());
  if (!models) {
    return;
  }
  const item = selected && (await questions.cleanItem(selected));
  const question = await vscode.window.showInputBox({
    title: t('Compare Models'),
    prompt: promptWords(models.length, item),
    placeHolder: t('What do you want to know?'),
    ignoreFocusOut: true,
  });
  if (question === undefined || question.trim() === '') {
    return;
  }
  await comparisons.open(models, await questions.clean(question, item ? [item] : [], []));
}

function promptWords(models: number, item: ContextItem | undefined): string {
  return item
    ? t(
        'Sends the question to {0} models at once, with {1}, about {2} tokens',
        models,
        item.label,
        formatNumber(item.tokens),
      )
    : t('Sends the question to {0} models at once; each answer is billed', models);
}
