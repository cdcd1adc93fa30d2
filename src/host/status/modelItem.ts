import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalogue } from '../../core/model/catalogue.ts';
import { commandIds, statusItemIds } from '../contributions.ts';
import { describeModel } from '../models/describeModel.ts';
import type { Settings } from '../settings.ts';

/** Shows which model answers, in the status bar; a click switches it. */
export function registerModelItem(catalogue: ModelCatalogue, settings: Settings): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(statusItemIds.model, vscode.StatusBarAlignment.Right, 100);
  item.name = t('Switchboard: Model');
  item.command = commandIds.selectModel;
  const draw = (): void => {
    const id = settings.model();
    const name = catalogue.nameOf(id);
    const model = catalogue.find(id);
    item.text = `$(hubot) ${name}`;
    item.tooltip = [id, model && describeModel(model), t('Click to switch the model')]
      .filter(Boolean)
      .join('\n');
    item.accessibilityInformation = { label: t('Model: {0}', name), role: 'button' };
  };
  draw();
  item.show();
  return vscode.Disposable.from(
    item,
    catalogue.onDidChange(draw),
    settings.onDidChange(draw),
    // A folder may have a model of its own.
    vscode.window.onDidChangeActiveTextEditor(draw),
  );
}
