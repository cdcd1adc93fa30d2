import { t } from '@vscode/l10n';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { isFiltering, passes } from '../../core/model/modelFilter.ts';
import { presetId } from '../../core/model/preset.ts';
import { sectionsOf, type ModelSection } from '../../core/model/modelSections.ts';
import type { ModelPurpose } from '../../core/model/recommended.ts';
import type { ModelMemory } from './modelMemory.ts';
import { currentRow, standingRow, type ModelRow, type ModelRows } from './modelRows.ts';
import type { ServiceFacts } from './serviceFacts.ts';

/** The inputs of the model list. */
export interface PickerParts {
  readonly catalog: ModelCatalog;
  readonly memory: ModelMemory;
  readonly facts: ServiceFacts;
  readonly rows: ModelRows;
}

/** The target, as far as it affects the list. */
export interface ListedFor {
  /** The current model's id; empty if none. */
  readonly current: string;
  readonly purpose: ModelPurpose;
  /** What happens without an own model, in words; absent if there must be one. */
  readonly withoutOwn: string | undefined;
}

/** The list while nothing is typed. */
export interface ListedRows {
  readonly rows: readonly ModelRow[];
  /** How many models pass the filter. */
  readonly passing: number;
  /** Whether there is nothing to choose before the service responds. */
  readonly loading: boolean;
}

/** Builds the list; `asking` until the service has responded. */
export function listedRows(parts: PickerParts, listedFor: ListedFor, asking: boolean): ListedRows {
  const { catalog, memory, facts, rows } = parts;
  const { current, purpose, withoutOwn } = listedFor;
  const { filter, order, favorites, recent } = memory;
  const { zeroRetention, fastest } = facts;
  const models = catalog.all;
  rows.models = models;
  rows.zeroRetention = zeroRetention;
  const sections = sectionsOf({
    models,
    current,
    favorites,
    recent,
    purpose,
    filter,
    order,
    zeroRetention,
    fastest,
  });
  const passing = models.filter((model) => passes(model, filter, zeroRetention)).length;
  const loading = passing === 0 && asking;
  const general =
    withoutOwn === undefined ? [] : [standingRow(`$(discard) ${withoutOwn}`, { kind: 'general' })];
  const unlisted = current !== '' && catalog.find(current)?.id !== current ? [currentRow(current)] : [];
  const inUse = sections.filter(({ kind }) => kind === 'current');
  const isMine = ({ kind }: ModelSection): boolean => ['favorites', 'recent', 'recommended'].includes(kind);
  const mine = sections.filter(isMine);
  const others = sections.filter((section) => section.kind !== 'current' && !isMine(section));
  // A filter says nothing about presets.
  const presets = isFiltering(filter) ? [] : facts.presets.filter(({ slug }) => presetId(slug) !== current);
  return {
    rows: [
      // Enter selects the first row at once, so it must change nothing.
      ...unlisted,
      ...rows.of(inUse, favorites),
      ...general,
      ...rows.of(mine, favorites),
      ...rows.presets(presets),
      ...rows.of(others, favorites),
      ...(loading ? [loadingRow()] : lastRows(passing === 0 && isFiltering(filter))),
    ],
    passing,
    loading,
  };
}

function loadingRow(): ModelRow {
  return standingRow(`$(sync~spin) ${t('Loading models…')}`, { kind: 'none' });
}

/** After the models: why there are none, and the way to an unlisted one. */
function lastRows(isFilteredAway: boolean): readonly ModelRow[] {
  const clear = t('No model matches every filter. Clear the filter');
  return [
    ...(isFilteredAway ? [standingRow(`$(clear-all) ${clear}`, { kind: 'clearFilter' })] : []),
    standingRow(
      `$(edit) ${t('Another ID…')}`,
      { kind: 'other' },
      t('a preset, a variant, or an unlisted model'),
    ),
  ];
}
