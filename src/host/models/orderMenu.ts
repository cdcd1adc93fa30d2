import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { modelOrders, type ModelOrder } from '../../core/model/modelOrder.ts';
import { mark } from './filterMenu.ts';

/** A sort order in words. */
function orderWords(order: ModelOrder): string {
  switch (order) {
    case 'listed':
      return t("OpenRouter's order");
    case 'name':
      return t('By name');
    case 'promptPrice':
      return t('By input price');
    case 'completionPrice':
      return t('By output price');
    case 'context':
      return t('By context, longest first');
    case 'newest':
      return t('Newest first');
    case 'throughput':
      return t('Fastest first');
    case 'coding':
      return t('By coding benchmark, best first');
    case 'agentic':
      return t('By agentic benchmark, best first');
    case 'intelligence':
      return t('By intelligence benchmark, best first');
    default:
      return order satisfies never;
  }
}

/** Chooses the sort order; absent if the user cancels. */
export async function chooseOrder(present: ModelOrder): Promise<ModelOrder | undefined> {
  const picked = await vscode.window.showQuickPick(
    modelOrders.map((order) => ({
      label: `${mark(order === present)} ${orderWords(order)}`,
      order,
    })),
    { title: t('Sort Models') },
  );
  return picked?.order;
}
