import type { Routing } from '../../core/model/routing.ts';
import { ownRouting, setOwnRouting } from '../platform/routingSettings.ts';
import type { Settings } from '../platform/settings.ts';

/** The scope of routing: every request, or one model. */
export type RoutingScope = 'all' | 'model';

/** Routing being edited: nothing applies until saved. */
export class RoutingDraft {
  readonly #settings: Settings;
  #model: string;
  #scope: RoutingScope;
  #drafts: Partial<Record<RoutingScope, Routing>> = {};

  constructor(settings: Settings, model: string) {
    this.#settings = settings;
    this.#model = model;
    this.#scope = Object.keys(ownRouting(settings, model)).length > 0 ? 'model' : 'all';
  }

  get model(): string {
    return this.#model;
  }

  /** Switches to another model and discards unsaved changes for the last one. */
  set model(model: string) {
    this.#model = model;
    const { model: _given, ...others } = this.#drafts;
    this.#drafts = others;
  }

  get scope(): RoutingScope {
    return this.#scope;
  }

  set scope(scope: RoutingScope) {
    this.#scope = scope;
  }

  /** The current scope's routing. */
  get routing(): Routing {
    return this.#drafts[this.#scope] ?? this.#saved(this.#scope);
  }

  set routing(routing: Routing) {
    this.#drafts = { ...this.#drafts, [this.#scope]: routing };
  }

  /** What a request to the model would carry: its own fields over the general ones. */
  get effective(): Routing {
    const of = (scope: RoutingScope): Routing => this.#drafts[scope] ?? this.#saved(scope);
    return { ...of('all'), ...of('model') };
  }

  get changed(): boolean {
    return this.#changedScopes().length > 0;
  }

  discard(): void {
    this.#drafts = {};
  }

  async save(): Promise<void> {
    for (const scope of this.#changedScopes()) {
      const routing = this.#drafts[scope] ?? {};
      await setOwnRouting(this.#settings, routing, scope === 'model' ? this.#model : undefined);
    }
    this.#drafts = {};
  }

  #changedScopes(): readonly RoutingScope[] {
    return (['all', 'model'] as const).filter((scope) => {
      const draft = this.#drafts[scope];
      return draft !== undefined && JSON.stringify(draft) !== JSON.stringify(this.#saved(scope));
    });
  }

  #saved(scope: RoutingScope): Routing {
    return ownRouting(this.#settings, scope === 'model' ? this.#model : undefined);
  }
}
