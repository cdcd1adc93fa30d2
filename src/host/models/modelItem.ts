import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { Event } from '../../core/util/emitter.ts';
import { commandIds } from '../platform/contributions.ts';
import { describeModel } from './describeModel.ts';
import type { Settings } from '../platform/settings.ts';
import { registerStatusItem } from '../platform/statusItem.ts';

/** The chat of the next question, as far as the item needs it. */
export interface AskedChat {
  /** Its own model; absent if it uses the default. */
  readonly ownModel: string | undefined;
  readonly onDidChange: Event<undefined>;
}

/** How long the list may take to come, in milliseconds. */
const patienceMs = 20_000;

/** Shows in the status bar which model answers next and who set it; a click switches it. */
export function registerModelItem(
  catalog: ModelCatalog,
  settings: Settings,
  chat: AskedChat,
): vscode.Disposable {
  const draw = (item: vscode.StatusBarItem): void => {
    const own = chat.ownModel;
    const id = own ?? settings.model();
    const name = catalog.nameOf(id);
    const model = catalog.find(id);
    const place = placeWords(own === undefined ? settings.modelPlace() : 'chat');
    if (isUnlisted(id, catalog)) {
      // The list may be older than the model. Without a connection, the item says that it isn't listed.
      catalog.seek(id, AbortSignal.timeout(patienceMs)).catch(() => undefined);
    }
    const gone = isUnlisted(id, catalog) ? t("This model isn't in the model list.") : undefined;
    item.text = `$(${gone === undefined ? 'hubot' : 'warning'}) ${name}`;
    item.tooltip = linesOf(id, gone, model && describeModel(model), place, t('Click to switch the model'));
    const label = linesOf(`${t('Model: {0}', name)}.`, gone, place).replaceAll('\n', ' ');
    item.accessibilityInformation = { label, role: 'button' };
    item.command = commandIds.selectModel;
  };
  return registerStatusItem({ id: 'model', name: t('Switchboard: Model'), priority: 100 }, draw, [
    catalog.onDidChange,
    settings.onDidChange,
    chat.onDidChange,
    // A folder may have its own model.
    vscode.window.onDidChangeActiveTextEditor,
  ]);
}

/** Presets are never listed; before the catalog loads we can't tell. */
function isUnlisted(id: string, catalog: ModelCatalog): boolean {
  return catalog.all.length > 0 && !id.startsWith('@') && catalog.find(id) === undefined;
}

function linesOf(...lines: readonly (string | undefined)[]): string {
  return lines.filter((line) => line !== undefined).join('\n');
}

function placeWords(place: 'chat' | 'workspace' | 'user'): string {
  switch (place) {
    case 'chat':
      return t('Set for this chat only.');
    case 'workspace':
      return t('Set for this workspace.');
    case 'user':
      return t('Set for all workspaces.');
    default:
      return place satisfies never;
  }
}
