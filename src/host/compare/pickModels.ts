import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { comparable } from '../../core/conversation/session/comparison.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { describeModel } from '../models/describeModel.ts';
import { reportOfError } from '../words/report.ts';

interface ModelItem extends vscode.QuickPickItem {
  readonly id: string;
}

const { least, most } = comparable;

/** Selects models from the live catalog, starting with the current one; absent if the user cancels. */
export function pickModels(catalog: ModelCatalog, current: string): Promise<readonly string[] | undefined> {
  const pick = vscode.window.createQuickPick<ModelItem>();
  const closing = new AbortController();
  pick.canSelectMany = true;
  pick.placeholder = t('Search by name, ID, price, or capability');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  let chosen: readonly string[] = [current];
  const show = (): void => {
    const ids = chosen;
    pick.items = itemsOf(catalog, current);
    pick.selectedItems = pick.items.filter(({ id }) => ids.includes(id));
    pick.title = titleFor(ids.length);
  };
  show();
  const subscription = catalog.onDidChange(show);
  pick.busy = true;
  void refresh(catalog, pick, closing.signal);
  return new Promise((resolve) => {
    pick.onDidChangeSelection((items) => {
      chosen = items.map(({ id }) => id);
      pick.title = titleFor(chosen.length);
    });
    pick.onDidAccept(() => {
      if (chosen.length >= least && chosen.length <= most) {
        resolve(chosen);
        pick.hide();
      } else {
        void vscode.window.showWarningMessage(
          t('Select {0} to {1} models to compare. {2} selected.', least, most, chosen.length),
        );
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

function titleFor(count: number): string {
  if (count < least) {
    return t('Compare Models: select at least {0}', least);
  }
  return count > most
    ? t('Compare Models: {0} selected, but at most {1} can be compared', count, most)
    : t('Compare Models: {0} selected', count);
}

/** The current model comes first, even if unlisted. */
function itemsOf({ models }: ModelCatalog, current: string): readonly ModelItem[] {
  const items = models.map((model) => ({
    id: model.id,
    label: model.name,
    description: model.id,
    detail: describeModel(model),
  }));
  const inUse = items.find(({ id }) => id === current) ?? {
    id: current,
    label: current,
    description: t('current model'),
  };
  return [inUse, ...items.filter(({ id }) => id !== current)];
}

/** The shown list stays usable if the service can't be reached. */
async function refresh(
  catalog: ModelCatalog,
  pick: vscode.QuickPick<ModelItem>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await catalog.refresh(signal);
  } catch (error) {
    if (!signal.aborted) {
      pick.placeholder = t("The list couldn't be refreshed: {0}", reportOfError(error).message);
    }
  }
  if (!signal.aborted) {
    pick.busy = false;
  }
}
