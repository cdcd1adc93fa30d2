import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import { dispatch } from './dispatch.ts';
import { Exchange } from './exchange.ts';
import type { Generation } from './generations.ts';
import { Journal } from './journal.ts';
import type { KeyRecord } from './keys.ts';
import type { Pace, Scenario } from './scenario.ts';
import type { ScenarioName } from './scenarios.ts';
import { scenarioOf } from './scenarios.ts';
import { Service } from './service.ts';

export { keys, simulatorKey } from './keys.ts';

/** How a simulator begins. */
export interface SimulatorOptions {
  /** A free port when absent. */
  readonly port?: number;
  readonly scenario?: Scenario | ScenarioName;
  readonly clock?: Clock;
  /** How fast answers come when the scenario does not say; as fast as possible when absent. */
  readonly pace?: Pace;
  /** How often `GET /generation` answers 404 before it knows a run; once when absent. */
  readonly generationLag?: number;
  /** Shows a model for each scenario in the catalog, for a person who tries them. */
  readonly listScenarios?: boolean;
  /** Grows the catalog by copies of its models until it has so many rows. */
  readonly models?: number;
}

/** A running simulator of OpenRouter on this machine. */
export interface Simulator {
  /** Such as `http://127.0.0.1:40123/api/v1`. */
  readonly baseUrl: string;
  readonly port: number;
  readonly journal: Journal;
  /** The second server, to which the scenario `redirect` leads: whatever arrives there went astray. */
  readonly elsewhere: { readonly origin: string; readonly journal: Journal };
  /** Every run so far, oldest first, with what it cost. */
  readonly generations: readonly Generation[];
  /** Chooses what happens to the following requests. */
  use(scenario: Scenario | ScenarioName): void;
  /** Keeps requests for a path, such as `/key`, waiting until what it returns is called. */
  hold(path: string): () => void;
  /** Adds a key, or changes what the service knows of it. */
  setKey(key: string, record: Partial<KeyRecord>): void;
  /** What the service knows of a key. */
  keyRecord(key: string): KeyRecord | undefined;
  /** Back to the beginning: scenario, keys, runs, codes and both journals. */
  reset(): void;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';

/** Starts a simulator; it listens on this machine only. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const elsewhere = await startElsewhere();
  const service = new Service({
    clock: options.clock ?? systemClock,
    scenario: options.scenario ?? 'default',
    pace: options.pace ?? {},
    generationLag: options.generationLag ?? 1,
    listScenarios: options.listScenarios ?? false,
    models: options.models ?? 0,
    elsewhere: elsewhere.origin,
  });
  const journal = new Journal();
  const server = createServer((request, response) => {
    serve(request, response, journal, service);
  });
  const port = await listen(server, options.port ?? 0);
  return {
    baseUrl: `http://${loopback}:${String(port)}/api/v1`,
    port,
    journal,
    elsewhere,
    get generations() {
      return service.generations.all;
    },
    use: (scenario) => {
      service.use(scenarioOf(scenario));
    },
    hold: (path) => service.hold(path),
    setKey: (key, record) => {
      service.accounts.set(key, record);
    },
    keyRecord: (key) => service.accounts.find(key),
    reset: () => {
      service.reset();
      journal.clear();
      elsewhere.journal.clear();
    },
    close: async () => {
      await Promise.all([shut(server), shut(elsewhere.server)]);
    },
  };
}

function serve(request: IncomingMessage, response: ServerResponse, journal: Journal, service: Service): void {
  const exchange = new Exchange(request, response, journal.begin(request));
  const work = dispatch(exchange, service).catch((error: unknown) => {
    // A request that is broken off while its body arrives is no fault of the simulator.
    if (exchange.closed.aborted || request.errored) return;
    exchange.fail(error);
  });
  exchange.track(work);
}

async function startElsewhere(): Promise<{ origin: string; journal: Journal; server: Server }> {
  const journal = new Journal();
  const server = createServer((request, response) => {
    const exchange = new Exchange(request, response, journal.begin(request));
    exchange.reply({ status: 200, body: 'Nothing should have come here.', contentType: 'text/plain' });
  });
  const port = await listen(server, 0);
  return { origin: `http://${loopback}:${String(port)}`, journal, server };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, loopback);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The simulator has no port');
  return address.port;
}

async function shut(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
