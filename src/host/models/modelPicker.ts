import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalogue } from '../../core/model/catalogue.ts';
import { isFiltering, noFilter, passes } from '../../core/model/modelFilter.ts';
import { sectionsOf } from '../../core/model/modelSections.ts';
import type { ModelPurpose } from '../../core/model/recommended.ts';
import { reportOfError } from '../report.ts';
import { alikeRows } from './alikeRows.ts';
import { filterWords } from './filterMenu.ts';
import type { ModelMemory } from './modelMemory.ts';
import {
  currentRow,
  holds,
  isSameList,
  isSameRow,
  type ModelRows,
  standingRow,
  type ModelButton,
  type ModelRow,
} from './modelRows.ts';
import type { ServiceFacts } from './serviceFacts.ts';

/** What the list of models is drawn from. */
export interface PickerParts {
  readonly catalogue: ModelCatalogue;
  readonly memory: ModelMemory;
  readonly facts: ServiceFacts;
  readonly rows: ModelRows;
}

/** What is chosen, and what was typed so far. */
export interface Picking {
  readonly title: string;
  /** The id of the model in use; empty where there is none. */
  readonly current: string;
  readonly purpose: ModelPurpose;
  /** What comes of having no model of one's own, in words; absent where there has to be one. */
  readonly withoutOwn: string | undefined;
  /** Whether it can be chosen for what the model is. */
  readonly hasTargets: boolean;
  readonly typed: string;
}

/** How the list was left. */
export type Picked =
  | { readonly kind: 'model'; readonly id: string; readonly excluded: boolean }
  | { readonly kind: 'info'; readonly id: string }
  | { readonly kind: 'general' }
  | { readonly kind: 'other' | 'filter' | 'order' | 'target'; readonly typed: string };

interface TitleButton extends vscode.QuickInputButton {
  readonly act: 'filter' | 'order' | 'target';
}

/** A list that is known is shown before the service is asked, so that neither waits for the other, in milliseconds. */
const shownFirstMs = 150;

/** A list that came while somebody types is shown when nothing was typed for so long, in milliseconds. */
const quietMs = 400;

/** Shows the models; nothing when the user leaves the list. What is known is shown at once, and refreshed behind. */
export function pickModel(parts: PickerParts, picking: Picking): Promise<Picked | undefined> {
  return new ModelPicker(parts, picking).show();
}

/** One showing of the list. */
class ModelPicker {
  readonly #parts: PickerParts;
  readonly #picking: Picking;
  readonly #pick = vscode.window.createQuickPick<ModelRow>();
  readonly #closing = new AbortController();
  readonly #subscription: { dispose(): void };
  /** All rows but those that only an unknown name brings. */
  #listed: readonly ModelRow[] = [];
  #isAlike = false;
  #asking = true;
  #problem: string | undefined;
  /** How many models pass the filter. */
  #passing = 0;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #refreshing: ReturnType<typeof setTimeout> | undefined;
  #resolve: (picked: Picked | undefined) => void = () => undefined;

  constructor(parts: PickerParts, picking: Picking) {
    this.#parts = parts;
    this.#picking = picking;
    this.#pick.placeholder = t('Search by name, id, price or capability');
    this.#pick.matchOnDescription = true;
    this.#pick.matchOnDetail = true;
    this.#pick.keepScrollPosition = true;
    this.#pick.buttons = titleButtons(parts.memory, picking);
    this.#pick.value = picking.typed;
    this.#subscription = parts.catalogue.onDidChange(() => {
      this.#listChanged();
    });
  }

  show(): Promise<Picked | undefined> {
    const pick = this.#pick;
    const { catalogue } = this.#parts;
    pick.busy = true;
    this.#draw();
    this.#refreshing = setTimeout(() => void this.#refresh(), catalogue.all.length === 0 ? 0 : shownFirstMs);
    pick.onDidChangeValue(() => {
      this.#delayDrawing();
      this.#offerAlike();
    });
    pick.onDidChangeActive(() => {
      this.#offerAlike();
    });
    pick.onDidAccept(() => {
      this.#accept(pick.selectedItems[0]);
    });
    pick.onDidTriggerButton((button) => {
      this.#end({ kind: (button as TitleButton).act, typed: pick.value });
    });
    pick.onDidTriggerItemButton(({ item, button }) => {
      this.#press(item, (button as ModelButton).act);
    });
    pick.onDidHide(() => {
      this.#end(undefined);
    });
    pick.show();
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  #end(picked: Picked | undefined): void {
    this.#resolve(picked);
    this.#closing.abort();
    clearTimeout(this.#quiet);
    clearTimeout(this.#refreshing);
    this.#subscription.dispose();
    this.#pick.dispose();
  }

  #accept(row: ModelRow | undefined): void {
    const stands = row?.stands;
    switch (stands?.kind) {
      case 'model':
        this.#end(stands);
        break;
      case 'typed':
        this.#end({ kind: 'model', id: stands.id, excluded: false });
        break;
      case 'general':
        this.#end({ kind: 'general' });
        break;
      case 'other':
        this.#end({ kind: 'other', typed: this.#pick.value.trim() });
        break;
      case 'clearFilter':
        void this.#parts.memory.setFilter(noFilter).then(() => {
          this.#pick.buttons = titleButtons(this.#parts.memory, this.#picking);
          this.#draw();
        });
        break;
      case 'none':
      case undefined:
        break;
      default:
        stands satisfies never;
    }
  }

  #press({ stands }: ModelRow, act: ModelButton['act']): void {
    if (stands.kind !== 'model') {
      return;
    }
    if (act === 'info') {
      this.#end({ kind: 'info', id: stands.id });
    } else {
      void this.#parts.memory.toggleFavourite(stands.id).then(() => {
        this.#draw();
      });
    }
  }

  /** The list that is shown stays usable when the service cannot be asked; the title says so. */
  async #refresh(): Promise<void> {
    const { catalogue, facts, memory } = this.#parts;
    const { signal } = this.#closing;
    const results = await Promise.allSettled([
      catalogue.refresh(signal),
      facts.load(memory.filter, memory.order, signal).then(() => {
        this.#listChanged();
      }),
    ]);
    if (signal.aborted) {
      return;
    }
    const failed = results.find((result) => result.status === 'rejected');
    this.#problem = failed && reportOfError(failed.reason).message;
    this.#asking = false;
    this.#pick.busy = false;
    this.#listChanged();
  }

  /** Rows that arrive must not take the focus away from whoever is typing. */
  #listChanged(): void {
    this.#titleChanged();
    if (this.#pick.value === '' || !this.#listed.some(({ stands }) => stands.kind === 'model')) {
      this.#draw();
    } else {
      this.#quiet ??= setTimeout(this.#drawLate, quietMs);
    }
  }

  #delayDrawing(): void {
    if (this.#quiet !== undefined) {
      clearTimeout(this.#quiet);
      this.#quiet = setTimeout(this.#drawLate, quietMs);
    }
  }

  readonly #drawLate = (): void => {
    this.#quiet = undefined;
    this.#draw();
  };

  #draw(): void {
    const { catalogue, memory, facts, rows } = this.#parts;
    const { current, purpose, withoutOwn } = this.#picking;
    const models = catalogue.all;
    rows.models = models;
    const { filter, order, favourites, recent } = memory;
    const { zeroRetention, fastest } = facts;
    const sections = sectionsOf({
      models,
      current,
      favourites,
      recent,
      purpose,
      filter,
      order,
      zeroRetention,
      fastest,
    });
    this.#passing = models.filter((model) => passes(model, filter, zeroRetention)).length;
    const general =
      withoutOwn === undefined ? [] : [standingRow(`$(discard) ${withoutOwn}`, { kind: 'general' })];
    const unlisted = current !== '' && catalogue.find(current)?.id !== current ? [currentRow(current)] : [];
    this.#isAlike = false;
    this.#titleChanged();
    const inUse = sections.filter(({ kind }) => kind === 'current');
    const others = sections.filter(({ kind }) => kind !== 'current');
    // The first row is the one that Enter takes at once: it must change nothing.
    this.#listed = [
      ...unlisted,
      ...rows.of(inUse, favourites),
      ...general,
      ...rows.of(others, favourites),
      ...this.#lastRows(),
    ];
    this.#set(this.#listed);
    this.#offerAlike();
  }

  /** Whether there is nothing to choose from before the service has answered. */
  get #isLoading(): boolean {
    return this.#passing === 0 && this.#asking;
  }

  /** What follows the models: why there are none, and the way to one that is not listed. */
  #lastRows(): readonly ModelRow[] {
    const { memory } = this.#parts;
    if (this.#isLoading) {
      return [standingRow(`$(sync~spin) ${t('Loading the models…')}`, { kind: 'none' })];
    }
    return [
      ...(this.#passing === 0 && isFiltering(memory.filter)
        ? [
            standingRow(`$(clear-all) ${t('No model has all of that. Clear the filter')}`, {
              kind: 'clearFilter',
            }),
          ]
        : []),
      standingRow(
        `$(edit) ${t('Another id…')}`,
        { kind: 'other' },
        t('a preset, a variant, or a model that is not listed'),
      ),
    ];
  }

  #set(rows: readonly ModelRow[]): void {
    const active = this.#pick.activeItems[0];
    if (isSameList(this.#pick.items, rows)) {
      return;
    }
    this.#pick.items = rows;
    // A refresh must not move the selection away from where the user has got to; a row that does not hold what is
    // typed is not shown at all, and then VS Code goes to the first one that does.
    const again = rows.find(({ stands }) => active !== undefined && isSameRow(stands, active.stands));
    if (again && active?.stands.kind === 'model' && holds(again, this.#pick.value)) {
      this.#pick.activeItems = [again];
    }
  }

  /** Where no model holds what is typed, those that are like it, and the typed id itself. */
  #offerAlike(): void {
    const typed = this.#pick.value.trim();
    const isKnowable = !this.#isLoading && this.#parts.catalogue.all.length > 0;
    const isUnknown = typed !== '' && isKnowable && !this.#anyHolds(typed);
    if (!isUnknown) {
      if (this.#isAlike) {
        this.#draw();
      }
      return;
    }
    const [active] = this.#pick.activeItems;
    // VS Code also finds the first letters of words.
    if (this.#isAlike || active === undefined || active.stands.kind !== 'model') {
      this.#isAlike = true;
      this.#set(alikeRows(typed, this.#parts.catalogue, this.#parts.rows));
      this.#titleChanged();
    }
  }

  #anyHolds(typed: string): boolean {
    return this.#listed.some((row) => row.kind === undefined && holds(row, typed));
  }

  #titleChanged(): void {
    const { memory, catalogue } = this.#parts;
    const wanted = filterWords(memory.filter);
    const [first] = this.#pick.items;
    const isAlike = this.#isAlike && first?.stands.kind === 'model';
    const notes = [
      ...(isAlike ? [t('no model is called so; these are alike')] : []),
      ...(wanted.length > 0 ? [wanted.join(', '), t('{0} of {1}', this.#passing, catalogue.all.length)] : []),
      ...(this.#problem === undefined ? [] : [t('the list could not be refreshed: {0}', this.#problem)]),
    ];
    const { title } = this.#picking;
    this.#pick.title = notes.length === 0 ? title : t('{0} ({1})', title, notes.join('; '));
  }
}

function titleButtons({ filter }: ModelMemory, { hasTargets }: Picking): readonly TitleButton[] {
  const target: TitleButton = {
    iconPath: new vscode.ThemeIcon('target'),
    tooltip: t('For a Workspace, a Chat or a Command'),
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
