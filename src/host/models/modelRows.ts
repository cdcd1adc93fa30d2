import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Model } from '../../core/model/model.ts';
import { presetId, type Preset } from '../../core/model/preset.ts';
import type { ModelSection, SectionKind } from '../../core/model/modelSections.ts';
import { successorOf } from '../../core/model/successor.ts';
import { dayFormat, dayWords } from '../words/dayWords.ts';
import { describeModel } from './describeModel.ts';

/** What a list row stands for. */
export type ModelRowKind =
  | { readonly kind: 'model'; readonly id: string; readonly excluded: boolean }
  /** The typed id as is, or one to ask for. */
  | { readonly kind: 'typed'; readonly id: string }
  | { readonly kind: 'other' | 'general' | 'clearFilter' | 'none' };

/** A list row. */
export interface ModelRow extends vscode.QuickPickItem {
  readonly stands: ModelRowKind;
}

/** A button on a model's row. */
export interface ModelButton extends vscode.QuickInputButton {
  readonly act: 'star' | 'info';
}

const inert = { kind: 'none' } as const;

/** The section headings. */
function headingOf(kind: SectionKind): string {
  switch (kind) {
    case 'current':
      return t('in use');
    case 'favorites':
      return t('favorites');
    case 'recent':
      return t('recent');
    case 'recommended':
      return t('recommended');
    case 'all':
      return t('all models');
    case 'excluded':
      return t('excluded by account settings');
    default:
      return kind satisfies never;
  }
}

/** Builds model rows. Expensive descriptions are made once per model, however often the list opens. */
export class ModelRows {
  #models: readonly Model[] = [];
  #zeroRetention: ReadonlySet<string> | undefined;
  readonly #days = dayFormat();
  #words = new WeakMap<Model, Pick<ModelRow, 'description' | 'detail'>>();

  /** Takes a new list. */
  set models(models: readonly Model[]) {
    this.#models = models;
  }

  /** Takes the ids of models with an endpoint that retains nothing; absent while that isn't known. */
  set zeroRetention(ids: ReadonlySet<string> | undefined) {
    if (ids !== this.#zeroRetention) {
      this.#zeroRetention = ids;
      this.#words = new WeakMap();
    }
  }

  /** Rows of the account's presets. */
  presets(presets: readonly Preset[]): readonly ModelRow[] {
    return presets.length === 0 ? [] : [heading(t('presets')), ...presets.map((preset) => presetRow(preset))];
  }

  /** All sections' rows under their headings. */
  of(sections: readonly ModelSection[], favorites: readonly string[]): readonly ModelRow[] {
    const starred = new Set(favorites);
    const buttons = { on: buttonsFor(true), off: buttonsFor(false) };
    return sections.flatMap(({ kind, models }) => [
      heading(headingOf(kind)),
      ...models.map((model): ModelRow => ({
        ...this.#row(model, kind === 'current'),
        buttons: starred.has(model.id) ? buttons.on : buttons.off,
      })),
    ]);
  }

  /** Rows of similar models; shown although they don't match the text. */
  alike(models: readonly Model[]): readonly ModelRow[] {
    return models.map((model) => ({ ...this.#row(model, false), alwaysShow: true }));
  }

  #row(model: Model, current: boolean): ModelRow {
    return {
      label: current ? `$(check) ${model.name}` : model.name,
      ...this.#wordsOn(model),
      stands: { kind: 'model', id: model.id, excluded: model.excluded === true },
    };
  }

  #wordsOn(model: Model): Pick<ModelRow, 'description' | 'detail'> {
    const known = this.#words.get(model);
    if (known) {
      return known;
    }
    const words = {
      description: model.id,
      // First, because long lines are cut at the end.
      detail: [
        ...badgesOf(model, this.#models, this.#days),
        ...(this.#zeroRetention?.has(model.id) ? [`$(shield) ${t('ZDR')}`] : []),
        describeModel(model),
      ]
        .filter((each) => each !== '')
        .join(' · '),
    };
    this.#words.set(model, words);
    return words;
  }
}

function presetRow({ slug, name, description = '' }: Preset): ModelRow {
  const id = presetId(slug);
  return {
    label: name,
    description: id,
    detail: description,
    stands: { kind: 'model', id, excluded: false },
  };
}

function heading(label: string): ModelRow {
  return { label, kind: vscode.QuickPickItemKind.Separator, stands: inert };
}

/** An informational row that stays whatever is typed. */
export function standingRow(label: string, stands: ModelRowKind, description = ''): ModelRow {
  return { label, description, stands, alwaysShow: true };
}

function badgesOf(model: Model, models: readonly Model[], days: Intl.DateTimeFormat): readonly string[] {
  const alias = model.aliasOf ? [`$(arrow-small-right) ${model.aliasOf.name}`] : [];
  // Headings disappear when the user types.
  const excluded = model.excluded === true ? [`$(circle-slash) ${t('excluded')}`] : [];
  return [...alias, ...excluded, ...expiryOf(model, models, days)];
}

function expiryOf(model: Model, models: readonly Model[], days: Intl.DateTimeFormat): readonly string[] {
  if (model.expiresOn === undefined) {
    return [];
  }
  const day = dayWords(model.expiresOn, days);
  const successor = successorOf(model, models);
  return [`$(warning) ${successor ? t('until {0}, then {1}', day, successor.name) : t('until {0}', day)}`];
}

function buttonsFor(isStarred: boolean): readonly ModelButton[] {
  return [
    {
      iconPath: new vscode.ThemeIcon(isStarred ? 'star-full' : 'star-empty'),
      tooltip: isStarred ? t('Remove from Favorites') : t('Add to Favorites'),
      act: 'star',
    },
    { iconPath: new vscode.ThemeIcon('info'), tooltip: t('Show Model'), act: 'info' },
  ];
}

/** Whether a row's name matches, by VS Code's rules. */
export function holds({ label, description = '' }: ModelRow, typed: string): boolean {
  const words = typed.trim().toLowerCase();
  return [label, description].some((text) => text.toLowerCase().includes(words));
}

/** Whether every typed word occurs in a row's description. */
export function says({ detail = '' }: ModelRow, typed: string): boolean {
  const said = detail.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

/** Whether two rows stand for the same. */
export function isSameRow(one: ModelRow['stands'], other: ModelRow['stands']): boolean {
  return one.kind === other.kind && (!('id' in one) || ('id' in other && one.id === other.id));
}

/** Unchanged rows stay in place. */
export function isSameList(one: readonly ModelRow[], other: readonly ModelRow[]): boolean {
  return (
    one.length === other.length &&
    one.every((row, at) => {
      const twin = other[at];
      return (
        twin !== undefined &&
        row.label === twin.label &&
        row.description === twin.description &&
        row.detail === twin.detail &&
        row.buttons?.[0]?.tooltip === twin.buttons?.[0]?.tooltip &&
        isSameRow(row.stands, twin.stands)
      );
    })
  );
}

/** The setting may name an unlisted model: a preset, a variant, or a removed one. */
export function currentRow(id: string): ModelRow {
  return {
    label: `$(check) ${id}`,
    description: t('current model'),
    stands: { kind: 'model', id, excluded: false },
  };
}
