import { lookUpUsage } from '../core/conversation/generation/usageLookup.ts';
import { startOfDay } from '../core/money/days.ts';
import type { PicoDollars } from '../core/money/money.ts';
import { UsageReconciler } from '../core/usage/books.ts';
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
export function createStore({ context, serverKind, account, log }: Services): Store {
  const opened = openStore(context.globalStorageUri.fsPath, Date.now);
  const closing = new AbortController();
  const failed = (error: unknown): void => {
    logError(log, error);
  };
  const reconciler = new UsageReconciler(
    opened.ledger,
    async (generationId) =>
      // Other servers keep no books.
      serverKind() === 'other'
        ? undefined
        : lookUpUsage(account, generationId, { sleep, signal: closing.signal }),
    failed,
  );
  void reconciler.reconcileLost(Date.now());
  return {
    ...opened,
    reconciler,
    spentToday: () => {
      try {
        return opened.ledger.spentSince(startOfDay(Date.now()));
      } catch (error) {
        // What cannot be read is no reason to show no chat.
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
