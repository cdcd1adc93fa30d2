import { t } from '@vscode/l10n';
import { alikeModels } from '../../core/model/alikeModels.ts';
import type { ModelCatalogue } from '../../core/model/catalogue.ts';
import { modelIdParts } from '../../core/model/modelId.ts';
import { isModelId } from '../../core/model/modelSections.ts';
import { standingRow, type ModelRow, type ModelRows } from './modelRows.ts';

/** What is offered where no row of the list holds what is typed: models that are like it, and the typed id itself. */
export function alikeRows(typed: string, catalogue: ModelCatalogue, rows: ModelRows): readonly ModelRow[] {
  const alike = rows.alike(alikeModels(typed, catalogue.all));
  const asTyped = isModelId(typed)
    ? [standingRow(`$(edit) ${t('Use it as typed')}`, { kind: 'typed', id: typed }, typed)]
    : [];
  const words = typed.toLowerCase();
  const isHidden = catalogue.all.some(({ id, name }) => `${id}\n${name}`.toLowerCase().includes(words));
  const clear = t('The filter hides what you look for. Clear the filter');
  const hidden = isHidden ? [standingRow(`$(clear-all) ${clear}`, { kind: 'clearFilter' })] : [];
  // A variant or a preset of a model that is listed is meant as it is typed.
  const { base, extra } = modelIdParts(typed);
  const isOfListed = extra !== undefined && catalogue.find(base) !== undefined;
  const all = isOfListed ? [...asTyped, ...alike] : [...hidden, ...alike, ...asTyped];
  return all.length > 0 ? all : [standingRow(t('No model is called so'), { kind: 'none' })];
}
