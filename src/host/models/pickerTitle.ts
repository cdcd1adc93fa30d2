import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isFiltering, type ModelFilter } from '../../core/model/modelFilter.ts';
import { filterWords } from './filterMenu.ts';
import type { Stopgap } from './fallbackRows.ts';
import { formatNumber, formatTime } from '../platform/formats.ts';

/** A button above the model list. */
export interface TitleButton extends vscode.QuickInputButton {
  readonly act: 'filter' | 'order' | 'target';
}

/** The buttons above the list; with `hasTargets` the target can also be chosen. */
export function titleButtons(filter: ModelFilter, hasTargets: boolean): readonly TitleButton[] {
  const target: TitleButton = {
    iconPath: new vscode.ThemeIcon('target'),
    tooltip: t('For a Workspace, Chat, or Command'),
    act: 'target',
  };
  return [
    {
      iconPath: new vscode.ThemeIcon(isFiltering(filter) ? 'filter-filled' : 'filter'),
      tooltip: t('Filter Models'),
      act: 'filter',
    },
    { iconPath: new vscode.ThemeIcon('sort-precedence'), tooltip: t('Sort Models'), act: 'order' },
    ...(hasTargets ? [target] : []),
  ];
}

/** What the title says besides the target. */
export interface TitleNotes {
  readonly filter: ModelFilter;
  /** How many models pass the filter, and how many there are. */
  readonly passing: number;
  readonly all: number;
  /** Why models without the typed name are shown. */
  readonly instead: Stopgap['kind'] | undefined;
  /** Why the list isn't fresh, in words. */
  readonly problem: string | undefined;
  /** When the list was loaded from the service, in milliseconds since the epoch. */
  readonly updatedAt: number | undefined;
}

/** The title with notes about the list. */
export function titleWith(title: string, notesOf: TitleNotes): string {
  const { filter, passing, all, instead, problem, updatedAt } = notesOf;
  const wanted = filterWords(filter);
  const notes = [
    ...(instead === undefined ? [] : insteadWords(instead)),
    ...(wanted.length > 0
      ? [wanted.join(', '), t('{0} of {1}', formatNumber(passing), formatNumber(all))]
      : []),
    ...(problem === undefined ? [] : [t("the list couldn't be refreshed: {0}", problem)]),
    ...(problem === undefined || updatedAt === undefined
      ? []
      : [t('it is from {0}', formatTime(updatedAt, { dateStyle: 'medium', timeStyle: 'short' }))]),
  ];
  return notes.length === 0 ? title : t('{0} ({1})', title, notes.join('; '));
}

function insteadWords(kind: Stopgap['kind']): readonly string[] {
  switch (kind) {
    case 'described':
      return [t('no model has that name; matching descriptions')];
    case 'alike':
      return [t('no model has that name; similar models')];
    case 'none':
      return [];
    default:
      return kind satisfies never;
  }
}
