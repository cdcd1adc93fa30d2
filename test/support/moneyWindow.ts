import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChatModel } from '../../src/core/conversation/generation/chatModel.ts';
import type { SessionParts } from '../../src/core/conversation/session/chatSession.ts';
import { RequestEstimator } from '../../src/core/conversation/generation/requestEstimator.ts';
import { RetryingModel } from '../../src/core/conversation/generation/retryingModel.ts';
import type { Model } from '../../src/core/model/model.ts';
import { ModelCatalog } from '../../src/core/model/catalog.ts';
import type { MicroDollars } from '../../src/core/money/money.ts';
import { estimateCost } from '../../src/core/model/pricing.ts';
import { CatalogClient } from '../../src/core/openrouter/account/catalogClient.ts';
import { GenerationClient } from '../../src/core/openrouter/account/generationClient.ts';
import { KeyClient } from '../../src/core/openrouter/account/keyClient.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import { UsageReconciler } from '../../src/core/usage/usageReconciler.ts';
import { MeteredModel } from '../../src/core/usage/meteredModel.ts';
import { openStore, type OpenedStore } from '../../src/host/store/openStore.ts';
import { simulatorKey } from '../simulator/simulator.ts';

/** All that a window has to do with money, joined as the extension joins it, without VS Code. */
export interface MoneyWindow {
  readonly store: OpenedStore;
  readonly account: KeyClient;
  readonly reconciler: UsageReconciler;
  readonly chat: ChatModel;
  readonly sessions: Omit<SessionParts, 'model' | 'request'>;
  readonly find: (id: string) => Model | undefined;
  /** Resolves when the books have been asked about all that did not tell its cost. */
  settled(): Promise<void>;
  dispose(): void;
}

/** What a window is opened with. */
export interface WindowOptions {
  readonly folder: string;
  readonly baseUrl: string;
  readonly dayLimit?: () => MicroDollars | undefined;
}

/** The books are asked again after this long, in milliseconds: a person has more patience than a test. */
const booksPauseMs = 150;

/** Opens a window on the store in a folder. */
export async function openMoneyWindow({
  folder,
  baseUrl,
  dayLimit = () => undefined,
}: WindowOptions): Promise<MoneyWindow> {
  const server = { baseUrl: () => baseUrl, apiKey: () => Promise.resolve(simulatorKey) };
  const generations = new GenerationClient(server);
  const catalog = new ModelCatalog(new CatalogClient(server), {
    read: () => Promise.resolve(undefined),
    write: () => Promise.resolve(),
    writtenAt: () => Promise.resolve(undefined),
  });
  const closing = new AbortController();
  await catalog.refresh(closing.signal);
  const store = openStore(folder, Date.now);
  const failed = (error: unknown): void => {
    assert.fail(String(error));
  };
  const find = (id: string): Model | undefined => catalog.find(id);
  const reconciler = new UsageReconciler({
    ledger: store.ledger,
    generations: () => generations,
    sleep: () => delay(booksPauseMs),
    signal: closing.signal,
    failed,
  });
  const lookUps: Promise<unknown>[] = [];
  const estimator = new RequestEstimator(catalog, Date.now);
  const entering = new MeteredModel(new OpenRouterClient(server), {
    ledger: store.ledger,
    estimate: (request) => estimator.estimate(request),
    maxCost: (request) => estimator.maxCost(request),
    dayLimit,
    ended: () => undefined,
    lookUp: (id) => lookUps.push(reconciler.lookUp(id)),
    workspace: () => 'shop',
    now: Date.now,
    failed,
  });
  const chat = new RetryingModel(entering, { sleep: () => Promise.resolve(), random: () => 0 });
  return {
    store,
    account: new KeyClient(server),
    reconciler,
    chat,
    find,
    sessions: {
      store: store.store,
      chat: () => Promise.resolve(chat),
      now: Date.now,
      newId: randomUUID,
      estimate: (id, tokens) => {
        const model = find(id);
        return model && estimateCost(model, tokens, Date.now());
      },
      lookUpUsage: (id) => {
        const asked = reconciler.lookUp(id);
        lookUps.push(asked);
        return asked;
      },
    },
    settled: async () => {
      await Promise.all(lookUps);
    },
    dispose: () => {
      closing.abort();
      store.dispose();
    },
  };
}
