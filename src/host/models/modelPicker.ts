import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { noFilter } from '../../core/model/modelFilter.ts';
import { windowCaughtUp } from '../platform/commands.ts';
import { PickRows } from '../platform/pickRows.ts';
import { reportOfError } from '../words/report.ts';
import { listedRows, type ListedFor, type ListedRows, type PickerParts } from './listedRows.ts';
import { holds, isSameList, isSameRow, type ModelButton, type ModelRow } from './modelRows.ts';
import { titleButtons, titleWith, type TitleButton } from './pickerTitle.ts';
import { stopgapFor, type Stopgap } from './fallbackRows.ts';

/** The choice and the typed text. */
export interface Picking extends ListedFor {
  readonly title: string;
  /** Whether the target can be chosen. */
  readonly hasTargets: boolean;
  readonly typed: string;
}

/** How the list was left. */
export type Picked =
  | { readonly kind: 'model'; readonly id: string; readonly excluded: boolean }
  | { readonly kind: 'info'; readonly id: string }
  | { readonly kind: 'general' }
  | { readonly kind: 'other' | 'filter' | 'order' | 'target'; readonly typed: string };

/** How long a known list is shown before the service is asked, so that neither delays the other, in milliseconds. */
const shownFirstMs = 150;

/** A list that arrives during typing is shown after this pause, in milliseconds. */
const quietMs = 400;

/** Shows the models; absent if the user cancels. What is known is shown at once and refreshed in the background. */
export function pickModel(parts: PickerParts, picking: Picking): Promise<Picked | undefined> {
  return new ModelPicker(parts, picking).show();
}

/** One display of the list. */
class ModelPicker {
  readonly #parts: PickerParts;
  readonly #picking: Picking;
  readonly #pick = vscode.window.createQuickPick<ModelRow>();
  readonly #rows = new PickRows(
    this.#pick,
    (one, other) => isSameRow(one.stands, other.stands),
    windowCaughtUp,
  );
  readonly #closing = new AbortController();
  readonly #subscription: { dispose(): void };
  #listed: ListedRows = { rows: [], passing: 0, loading: true };
  /** What is offered because no name matches. */
  #instead: Stopgap['kind'] | undefined;
  #asking = true;
  #problem: string | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #refreshing: ReturnType<typeof setTimeout> | undefined;
  #resolve: (picked: Picked | undefined) => void = () => undefined;

  constructor(parts: PickerParts, picking: Picking) {
    this.#parts = parts;
    this.#picking = picking;
    this.#pick.placeholder = t('Search by name, ID, price, or capability');
    this.#pick.matchOnDescription = true;
    // Descriptions are searched here, only if no name matches: VS Code would search them on every keystroke, which
    // doubles its work.
    this.#pick.matchOnDetail = false;
    this.#pick.keepScrollPosition = true;
    this.#pick.value = picking.typed;
    this.#drawButtons();
    this.#subscription = parts.catalog.onDidChange(() => {
      this.#listChanged();
    });
  }

  show(): Promise<Picked | undefined> {
    const pick = this.#pick;
    const { catalog } = this.#parts;
    pick.busy = true;
    this.#draw();
    this.#refreshing = setTimeout(() => void this.#refresh(), catalog.all.length === 0 ? 0 : shownFirstMs);
    pick.onDidChangeValue(() => {
      this.#delayDrawing();
      this.#offerInstead();
    });
    pick.onDidChangeActive(() => {
      this.#offerInstead();
    });
    pick.onDidAccept(() => {
      void this.#rows.accepted(pick.selectedItems[0]).then((row) => {
        this.#accept(row);
      });
    });
    pick.onDidTriggerButton((button) => {
      this.#end({ kind: (button as TitleButton).act, typed: pick.value });
    });
    pick.onDidTriggerItemButton(({ item, button }) => {
      this.#press(this.#rows.meant(item), (button as ModelButton).act);
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
        this.#end({ kind: 'other', typed: this.#typed });
        break;
      case 'clearFilter':
        void this.#parts.memory.setFilter(noFilter).then(() => {
          this.#drawButtons();
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

  #press(row: ModelRow | undefined, act: ModelButton['act']): void {
    const stands = row?.stands;
    if (stands?.kind !== 'model') {
      return;
    }
    if (act === 'info') {
      this.#end({ kind: 'info', id: stands.id });
    } else {
      void this.#parts.memory.toggleFavorite(stands.id).then(() => {
        this.#draw();
      });
    }
  }

  /** The shown list stays usable if the service can't be reached; the title says so. */
  async #refresh(): Promise<void> {
    const { catalog, facts, memory } = this.#parts;
    const { signal } = this.#closing;
    const results = await Promise.allSettled([
      catalog.refresh(signal),
      facts.loadPresets(signal).then(() => {
        this.#listChanged();
      }),
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

  /** New rows must not steal the focus while typing. */
  #listChanged(): void {
    this.#drawTitle();
    if (this.#pick.value === '' || !this.#listed.rows.some(({ stands }) => stands.kind === 'model')) {
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
    this.#listed = listedRows(this.#parts, this.#picking, this.#asking);
    if (this.#instead !== undefined && this.#isUnknown()) {
      this.#drawInstead();
      return;
    }
    this.#instead = undefined;
    this.#drawTitle();
    this.#set(this.#listed.rows);
    this.#offerInstead();
  }

  #set(rows: readonly ModelRow[]): void {
    const active = this.#pick.activeItems[0];
    if (isSameList(this.#pick.items, rows)) {
      return;
    }
    // A refresh must not move the selection; a row that doesn't match the text isn't shown at all, and VS Code then
    // selects the first match.
    const again = rows.find(({ stands }) => active !== undefined && isSameRow(stands, active.stands));
    const first = rows.find(({ kind }) => kind === undefined);
    const isKept =
      again !== first && active?.stands.kind === 'model' && again && holds(again, this.#pick.value);
    this.#rows.set(rows, isKept ? again : undefined);
  }

  /** If no name matches: the closest models and the typed id. */
  #offerInstead(): void {
    if (!this.#isUnknown()) {
      if (this.#instead !== undefined) {
        this.#draw();
      }
      return;
    }
    const [active] = this.#pick.activeItems;
    // VS Code also matches initials.
    if (this.#instead !== undefined || active === undefined || active.stands.kind !== 'model') {
      this.#drawInstead();
    }
  }

  #drawInstead(): void {
    const parts = { ...this.#parts, listed: this.#listed.rows };
    const { kind, rows } = stopgapFor(this.#typed, parts);
    this.#instead = kind;
    this.#set(rows);
    this.#drawTitle();
  }

  get #typed(): string {
    return this.#pick.value.trim();
  }

  #isUnknown(): boolean {
    const isKnowable = !this.#listed.loading && this.#parts.catalog.all.length > 0;
    return this.#typed !== '' && isKnowable && !this.#anyHolds(this.#typed);
  }

  #anyHolds(typed: string): boolean {
    return this.#listed.rows.some((row) => row.kind === undefined && holds(row, typed));
  }

  #drawTitle(): void {
    const { memory, catalog } = this.#parts;
    this.#pick.title = titleWith(this.#picking.title, {
      filter: memory.filter,
      passing: this.#listed.passing,
      all: catalog.all.length,
      instead: this.#instead,
      problem: this.#problem,
      updatedAt: catalog.updatedAt,
    });
  }

  #drawButtons(): void {
    this.#pick.buttons = titleButtons(this.#parts.memory.filter, this.#picking.hasTargets);
  }
}
