import type { PicoDollars } from '../core/money/money.ts';
import { GenerationClient } from '../core/openrouter/account/generationClient.ts';
import { startOfDay } from '../core/usage/ledger.ts';
import { UsageReconciler } from '../core/usage/usageReconciler.ts';
import { sleep } from '../core/util/sleep.ts';
import { logError } from '../host/platform/log.ts';
import { openStore, type OpenedStore } from '../host/store/openStore.ts';
import type { Services } from './services.ts';

/** What is kept on the disk, for all windows. */
export interface Store extends OpenedStore {
  readonly reconciler: UsageReconciler;
  /** What all windows have spent today. */
  readonly spentToday: () => PicoDollars;
}

/** Opens the store, and goes on with what earlier windows could not settle. It loads SQLite. */
export function createStore({ context, server, serverKind, log }: Services): Store {
  const opened = openStore(context.globalStorageUri.fsPath, Date.now);
  const closing = new AbortController();
  const failed = (error: unknown): void => {
    logError(log, error);
  };
  const generations = new GenerationClient(server);
  const reconciler = new UsageReconciler({
    ledger: opened.ledger,
    generations: () => (serverKind() === 'other' ? undefined : generations),
    sleep,
    signal: closing.signal,
    failed,
  });
  void reconciler.reconcileLost(Date.now());
  return {
    ...opened,
    reconciler,
    spentToday: () => {
      try {
        return opened.ledger.spentSince(startOfDay(Date.now()));
      } catch (error) {
        // The chat opens even if the spending cannot be read.
        failed(error);
        return 0;
      }
    },
    dispose: () => {
      closing.abort();
      opened.dispose();
    },
  };
}
