import { once } from 'node:events';
import { Accounts } from './accounts.ts';
import { AuthorizationCodes } from './authorization.ts';
import type { Catalog } from './catalog.ts';
import { buildCatalog } from './catalog.ts';
import type { Clock } from './clock.ts';
import { Generations } from './generations.ts';
import { ResponseCache } from './responseCache.ts';
import type { Pace, Refusal, Scenario } from './scenario.ts';
import { copiesOf } from './manyModels.ts';
import { scenarioEntries } from './scenarioModels.ts';
import type { ScenarioName } from './scenarios.ts';
import { scenarioOf } from './scenarios.ts';

/** What a service begins with. */
export interface ServiceOptions {
  readonly clock: Clock;
  readonly scenario: Scenario | ScenarioName;
  /** The pace of scenarios that have none of their own. */
  readonly pace: Pace;
  /** How often `GET /generation` answers 404 before it knows a run, unless the scenario says. */
  readonly generationLag: number;
  /** The scenarios appear in the catalog as models, for a person who tries them. */
  readonly listScenarios: boolean;
  readonly models: number;
  /** The origin to which redirects lead. */
  readonly elsewhere: string;
}

/** Everything that the simulated service knows between two requests. */
export class Service {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly generationLag: number;
  readonly elsewhere: string;
  readonly catalog: Catalog;
  readonly accounts = new Accounts();
  readonly generations = new Generations();
  readonly codes: AuthorizationCodes;
  readonly cache: ResponseCache;
  readonly #initial: Scenario;
  #scenario: Scenario;
  readonly #refused = new Map<string, number>();
  readonly #held = new Map<string, AbortSignal>();

  constructor(options: ServiceOptions) {
    this.clock = options.clock;
    this.pace = options.pace;
    this.generationLag = options.generationLag;
    this.elsewhere = options.elsewhere;
    this.codes = new AuthorizationCodes(options.clock);
    this.cache = new ResponseCache(options.clock);
    const copies = copiesOf(buildCatalog(options.clock.now()).entries, options.models);
    const listed = [...(options.listScenarios ? scenarioEntries() : []), ...copies];
    this.catalog = buildCatalog(options.clock.now(), { listed, unlisted: scenarioEntries() });
    this.#initial = scenarioOf(options.scenario);
    this.#scenario = this.#initial;
  }

  /** The scenario for requests that name none themselves. */
  get scenario(): Scenario {
    return this.#scenario;
  }

  /** Chooses the scenario of the following requests; one that refuses at first begins anew. */
  use(scenario: Scenario): void {
    this.#scenario = scenario;
    this.#refused.clear();
  }

  /** Keeps all requests for a path waiting until what it returns is called. */
  hold(path: string): () => void {
    const released = new AbortController();
    this.#held.set(path, released.signal);
    return () => {
      this.#held.delete(path);
      released.abort();
    };
  }

  /** Resolves when requests for this path may be answered. */
  async untilReleased(path: string): Promise<void> {
    const released = this.#held.get(path);
    if (released) {
      await once(released, 'abort');
    }
  }

  /** Forgets everything that happened since the start. */
  reset(): void {
    this.use(this.#initial);
    this.accounts.reset();
    this.generations.reset();
    this.codes.reset();
    this.cache.reset();
  }

  /**
   * The refusal that is due, if any. Refusals that come only at first are counted: for the scenario in force over
   * all requests, for one that a request names itself over the same request, so that a person can try it again.
   */
  dueRefusal(scenario: Scenario, body: string): Refusal | undefined {
    if (scenario.refusal) return scenario.refusal;
    const refusals = scenario.refusals ?? [];
    const isInForce = scenario === this.#scenario;
    const counter = isInForce ? scenario.name : `${scenario.name} ${body}`;
    const given = this.#refused.get(counter) ?? 0;
    const due = refusals[given];
    if (due) this.#refused.set(counter, given + 1);
    else if (!isInForce) this.#refused.delete(counter);
    return due;
  }
}
