import type * as vscode from 'vscode';
import { isFiltering, noFilter, readFilter, type ModelFilter } from '../../core/model/modelFilter.ts';
import { readOrder, type ModelOrder } from '../../core/model/modelOrder.ts';
import { withRecent, withToggled } from '../../core/model/modelSections.ts';
import { objectIn, textsIn } from '../../core/util/json.ts';

const memoryKey = 'switchboard.models';

/** How many recent models are listed. */
const maxRecent = 5;

/** What the model list remembers across windows: favorites, recent models, filter, and order. */
export class ModelMemory {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get favorites(): readonly string[] {
    return textsIn(this.#saved()['favourites']);
  }

  /** The recent ids, newest first. */
  get recent(): readonly string[] {
    return textsIn(this.#saved()['recent']);
  }

  get filter(): ModelFilter {
    return readFilter(this.#saved()['filter']);
  }

  get order(): ModelOrder {
    return readOrder(this.#saved()['order']);
  }

  async toggleFavorite(id: string): Promise<void> {
    await this.#save({ favourites: withToggled(this.favorites, id) });
  }

  async setFilter(filter: ModelFilter): Promise<void> {
    await this.#save({ filter: isFiltering(filter) ? filter : noFilter });
  }

  async setOrder(order: ModelOrder): Promise<void> {
    await this.#save({ order });
  }

  /** Records that a model was chosen or asked. */
  async used(id: string): Promise<void> {
    if (this.recent[0] !== id) {
      await this.#save({ recent: withRecent(this.recent, id, maxRecent) });
    }
  }

  #saved(): Readonly<Record<string, unknown>> {
    return objectIn(this.#memento.get(memoryKey)) ?? {};
  }

  async #save(changes: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#memento.update(memoryKey, { ...this.#saved(), ...changes });
  }
}
