import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { conversationUsage } from '../../core/conversation/generations.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { formatCost } from '../../core/money/money.ts';
import { costElsewhere } from '../../core/usage/costElsewhere.ts';
import { spentWords } from '../answers/messageView.ts';
import type { ChatSurface } from '../chat/chatSurface.ts';

/** Lists what this chat would have cost on other models; the chosen one answers in this chat from now on. */
export async function costOnOtherModels(surface: ChatSurface, catalog: ModelCatalog): Promise<void> {
  await catalog.load();
  const controller = await surface.controller();
  const { messages } = controller.conversation;
  const [usage, costs] = [conversationUsage(messages), costElsewhere(messages, catalog.models, Date.now())];
  if (!usage || costs.length === 0) {
    void vscode.window.showInformationMessage(t('This chat has used no tokens yet.'));
    return;
  }
  const spent = usage.cost === undefined ? t('unknown') : spentWords(usage.cost, usage);
  const current = catalog.find(controller.model)?.id;
  const picked = await vscode.window.showQuickPick(
    costs.map(({ model, cost }) => ({
      label: model.name,
      description: formatCost(cost),
      detail: model.id === current ? t('{0} (this chat)', model.id) : model.id,
      id: model.id,
    })),
    {
      title: t('Cost of This Chat on Other Models (Actual: {0})', spent),
      placeHolder: t('The same tokens at list prices, cheapest first. Choose a model for this chat.'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (picked && picked.id !== current) {
    controller.setModel(picked.id);
  }
}
