import { t } from '@vscode/l10n';
import { alikeModels } from '../../core/model/nearest.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { modelIdParts } from '../../core/model/modelId.ts';
import { isModelId } from '../../core/model/modelSections.ts';
import { says, standingRow, type ModelRow, type ModelRows } from './modelRows.ts';

/** What is offered if no model has the typed name. */
export interface Stopgap {
  /** Models with matching descriptions, models with similar names, or none. */
  readonly kind: 'described' | 'alike' | 'none';
  readonly rows: readonly ModelRow[];
}

/** The inputs of the offer. */
export interface StopgapParts {
  readonly catalog: ModelCatalog;
  readonly rows: ModelRows;
  /** The rows listed while nothing is typed. */
  readonly listed: readonly ModelRow[];
}

/** Models with matching descriptions, else similar names; and the typed id itself. */
export function stopgapFor(typed: string, { catalog, rows, listed }: StopgapParts): Stopgap {
  const asTyped = isModelId(typed)
    ? [standingRow(`$(edit) ${t('Use as typed')}`, { kind: 'typed', id: typed }, typed)]
    : [];
  const described = listed.filter((row) => row.stands.kind === 'model' && says(row, typed));
  if (described.length > 0) {
    const standing = described.map((row) => ({ ...row, alwaysShow: true }));
    return { kind: 'described', rows: [...standing, ...asTyped] };
  }
  const alike = rows.alike(alikeModels(typed, catalog.all));
  const words = typed.toLowerCase();
  const isHidden = catalog.all.some(({ id, name }) => `${id}\n${name}`.toLowerCase().includes(words));
  const clear = t('The filter hides matching models. Clear the filter');
  const hidden = isHidden ? [standingRow(`$(clear-all) ${clear}`, { kind: 'clearFilter' })] : [];
  // A variant or preset of a listed model is meant as typed.
  const { base, extra } = modelIdParts(typed);
  const isOfListed = extra !== undefined && catalog.find(base) !== undefined;
  const all = isOfListed ? [...asTyped, ...alike] : [...hidden, ...alike, ...asTyped];
  return all.length > 0
    ? { kind: all[0]?.stands.kind === 'model' ? 'alike' : 'none', rows: all }
    : { kind: 'none', rows: [standingRow(t('No model has that name'), { kind: 'none' })] };
}
