import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalogue } from '../../core/model/catalogue.ts';
import type { Model } from '../../core/model/model.ts';
import { describeModel } from '../models/describeModel.ts';
import { reportOfError } from '../report.ts';
import type { Settings } from '../settings.ts';

interface ModelItem extends vscode.QuickPickItem {
  readonly id: string;
}

/** Chooses the model from the live catalogue: what is known is shown at once, and refreshed behind. */
export async function selectModel(catalogue: ModelCatalogue, settings: Settings): Promise<void> {
  const picked = await chooseModel(catalogue, settings);
  if (picked !== undefined) {
    await settings.setModel(picked);
  }
}

/** Asks for a model, without setting it. */
export async function chooseModel(
  catalogue: ModelCatalogue,
  settings: Settings,
): Promise<string | undefined> {
  await catalogue.load();
  return pickModel(catalogue, settings.model());
}

function pickModel(catalogue: ModelCatalogue, current: string): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<ModelItem>();
  const closing = new AbortController();
  pick.title = t('Switch Model');
  pick.placeholder = t('Search by name, id, price or capability');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  const show = (): void => {
    showModels(pick, catalogue.models, current);
  };
  show();
  const subscription = catalogue.onDidChange(show);
  pick.busy = true;
  void refresh(catalogue, pick, closing.signal);
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const id = pick.selectedItems[0]?.id;
      if (id !== undefined) {
        resolve(id);
        pick.hide();
      }
    });
    pick.onDidHide(() => {
      closing.abort();
      subscription.dispose();
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

/** The list that was shown stays usable when the service cannot be asked; the title says so. */
async function refresh(
  catalogue: ModelCatalogue,
  pick: vscode.QuickPick<ModelItem>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await catalogue.refresh(signal);
  } catch (error) {
    if (!signal.aborted) {
      pick.title = t('Switch Model (the list could not be refreshed: {0})', reportOfError(error).message);
    }
  }
  if (!signal.aborted) {
    pick.busy = false;
  }
}

function showModels(pick: vscode.QuickPick<ModelItem>, models: readonly Model[], current: string): void {
  const active = pick.activeItems[0]?.id;
  const items = models.map((model) => toItem(model, model.id === current));
  const chosen = items.filter((item) => item.id === current);
  pick.items = [
    ...(chosen.length > 0 ? chosen : [unlisted(current)]),
    ...items.filter((item) => item.id !== current),
  ];
  // A refresh must not move the selection away from where the user has got to.
  const again = pick.items.find((item) => item.id === active);
  pick.activeItems = again ? [again] : pick.activeItems;
}

function toItem(model: Model, current: boolean): ModelItem {
  return {
    id: model.id,
    label: current ? `$(check) ${model.name}` : model.name,
    description: model.id,
    detail: describeModel(model),
  };
}

/** The setting may name a model that the list does not hold: a preset, a variant, or a model of another account. */
function unlisted(id: string): ModelItem {
  return { id, label: `$(check) ${id}`, description: t('the model in use') };
}
