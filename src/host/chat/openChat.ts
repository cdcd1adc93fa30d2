import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ChatModel, ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import type { SessionParts } from '../../core/conversation/session/chatSession.ts';
import { Comparison } from '../../core/conversation/session/comparison.ts';
import { SessionPool, type PooledChange } from '../../core/conversation/session/sessionPool.ts';
import { tokensOfRequest, tokensOfSystem } from '../../core/conversation/generation/tokenCounter.ts';
import {
  maxCostOf,
  estimateRequest,
  estimateSize,
  type PriceList,
  type RequestEstimate,
} from '../../core/conversation/generation/requestEstimate.ts';
import { lookUpUsage, type GenerationSource } from '../../core/conversation/generation/usageLookup.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { CreditMonitor } from '../../core/account/creditMonitor.ts';
import type { PicoDollars } from '../../core/money/money.ts';
import { estimateCost } from '../../core/model/pricing.ts';
import { fitTo } from '../../core/model/requestSettings.ts';
import type { Server } from '../../core/openrouter/transport/server.ts';
import { chatSystem } from '../../core/prompts/chatSystem.ts';
import { withInstructions } from '../../core/prompts/instructions.ts';
import { UsageReconciler } from '../../core/usage/books.ts';
import { startOfDay } from '../../core/money/days.ts';
import type { Ledger } from '../../core/usage/ledger.ts';
import type { UsageRecords } from '../../core/usage/usageRecords.ts';
import { sleep } from '../../core/util/sleep.ts';
import { ContextGuard } from '../context/contextGuard.ts';
import { Instructions } from '../context/instructions.ts';
import { unsupportedSettingsNow } from '../words/unsupportedSettings.ts';
import { logError } from '../platform/log.ts';
import { remedies, type Report } from '../words/report.ts';
import type { Settings } from '../platform/settings.ts';
import type { Opening } from '../store/database.ts';
import { openStore } from '../store/openStore.ts';
import { ChatController } from './chatController.ts';
import { giveTitle } from './titles.ts';

const lastConversation = 'switchboard.lastConversation';

/** What the chats are built from, all of it light; the heavy parts are loaded here. */
export interface ChatParts {
  readonly context: vscode.ExtensionContext;
  readonly chat: () => Promise<ChatModel>;
  readonly generations: GenerationSource;
  readonly server: Server;
  readonly catalog: ModelCatalog;
  readonly credit: CreditMonitor;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
}

/** The chats of this window, on one store. */
export interface Chats {
  readonly ledger: Ledger;
  readonly records: UsageRecords;
  readonly reconciler: UsageReconciler;
  readonly estimate: (request: ChatRequest) => RequestEstimate;
  /** What a request costs at most if the most expensive model answers it that has a price. */
  readonly maxCost: (request: ChatRequest) => PicoDollars | undefined;
  /** The chat of the side bar. */
  readonly main: ChatController;
  /** A chat in a place of its own; with the conversation of this id, if it is still there, or else a new one. */
  begin(conversationId?: string): ChatController;
  /** Several models to be asked the same, of which nothing is kept. */
  compare(models: readonly string[]): Promise<Comparison>;
}

/** Opens the store, and the chats of this window on it. */
export function openChats(parts: ChatParts): Chats {
  const { context, server, catalog, credit, settings, log } = parts;
  const opened = openStore(context.globalStorageUri.fsPath, Date.now);
  const guard = new ContextGuard(settings);
  const instructions = new Instructions(guard);
  void instructions.load();
  const closing = new AbortController();
  const reconciler = new UsageReconciler(
    opened.ledger,
    async (generationId) =>
      // Other servers keep no books.
      server.identity?.kindOf(server.baseUrl()) === 'other'
        ? undefined
        : lookUpUsage(parts.generations, generationId, { sleep, signal: closing.signal }),
    (error) => {
      logError(log, error);
    },
  );
  void reconciler.reconcileLost(Date.now());
  const prices = (): PriceList => ({ find: (id) => catalog.find(id), now: Date.now() });
  const estimate = (request: ChatRequest): RequestEstimate =>
    estimateRequest(request, tokensOfRequest(request), prices());
  const sessions = sessionParts(parts, { instructions, reconciler });
  const pool = new SessionPool({ ...sessions, store: opened.store });
  pool.onDidChange(({ session, change }) => {
    followFailure({ change }, credit, log);
    if (change.type === 'ended') {
      giveTitle(session, { ...parts, estimate }, closing.signal).catch((error: unknown) => {
        // The title that was made here will do.
        logError(log, error);
      });
    }
  });
  const begin = (
    first: string | undefined,
    remember: (conversationId: string | undefined) => void,
  ): ChatController =>
    new ChatController({
      pool,
      store: opened.store,
      archive: opened.archive,
      guard,
      instructions,
      estimate,
      estimateSize: (set, size) => estimateSize(set, size, prices()),
      spentToday: () => spentToday(opened.ledger, log),
      leftOut: (model) => unsupportedSettingsNow(() => settings.request(model), server, catalog),
      catalog,
      credit,
      settings,
      first,
      remember,
      log,
    });
  const main = begin(context.workspaceState.get<string>(lastConversation), (conversationId) => {
    void context.workspaceState.update(lastConversation, conversationId);
  });
  context.subscriptions.push(main, pool, instructions, opened, {
    dispose: () => {
      closing.abort();
    },
  });
  const report = reportOfOpening(opened.opening, context.globalStorageUri.fsPath);
  if (report) {
    log.warn(`store: ${opened.opening.state}`);
    main.raise(report);
  }
  return {
    ledger: opened.ledger,
    records: opened.records,
    reconciler,
    estimate,
    maxCost: (request) =>
      maxCostOf(request, tokensOfRequest(request), { models: catalog.models, now: Date.now() }),
    main,
    begin: (conversationId) => begin(conversationId, () => undefined),
    compare: async (models) => {
      await instructions.load();
      const comparison = new Comparison(sessions, models);
      comparison.onDidChange((change) => {
        followFailure(change, credit, log);
      });
      return comparison;
    },
  };
}

interface SessionTools {
  readonly instructions: Instructions;
  readonly reconciler: UsageReconciler;
}

function sessionParts(
  { chat, catalog, settings }: ChatParts,
  { instructions, reconciler }: SessionTools,
): Omit<SessionParts, 'store'> {
  return {
    chat,
    model: () => settings.model(),
    request: (tokens, changes, conversationId): ReturnType<typeof fitTo> & Pick<ChatRequest, 'system'> => {
      const set = { ...settings.request(changes.model), ...changes };
      const system = withInstructions(chatSystem, instructions.itemsFor(conversationId));
      return { ...fitTo(set, catalog.find(set.model), tokensOfSystem(system) + tokens), system };
    },
    now: Date.now,
    newId: () => crypto.randomUUID(),
    estimate: (id, tokens) => {
      const model = catalog.find(id);
      return model && estimateCost(model, tokens, Date.now());
    },
    lookUpUsage: (generationId) => reconciler.lookUp(generationId),
  };
}

/** What cannot be read is no reason to show no chat. */
function spentToday(ledger: Ledger, log: vscode.LogOutputChannel): PicoDollars {
  try {
    return ledger.spentSince(startOfDay(Date.now()));
  } catch (error) {
    logError(log, error);
    return 0;
  }
}

/** Notes what failed. A key that was refused shows in the credit item at once. */
function followFailure(
  { change }: Pick<PooledChange, 'change'>,
  credit: CreditMonitor,
  log: vscode.LogOutputChannel,
): void {
  const outcome = change.type === 'ended' ? change.message.answer.outcome : undefined;
  if (outcome?.state !== 'failed') {
    return;
  }
  log.warn(`request failed: ${outcome.failure.kind}, status ${String(outcome.failure.status)}`);
  if (outcome.failure.kind === 'key') {
    void credit.refresh();
  }
}

function reportOfOpening(opening: Opening, folder: string): Report | undefined {
  switch (opening.state) {
    case 'opened':
      return undefined;
    case 'damaged':
      return {
        message: t(
          'Your chat database was damaged. It was set aside, not deleted, and a new one was created.',
        ),
        detail: opening.aside,
        remedies: [remedies.dismiss],
      };
    case 'newer':
      return {
        severity: 'warning',
        message: t(
          'Your chats were saved by a newer version of Switchboard and are left untouched. New chats ' +
            "won't be saved until you update.",
        ),
        remedies: [remedies.dismiss],
      };
    case 'unavailable':
      return {
        severity: 'warning',
        message: t(
          "Your chat database can't be opened, so new chats will be lost when the window closes. " +
            'Export the chats you want to keep. When the file is writable again, reload the window.',
        ),
        detail: `${folder}: ${opening.reason}`,
        remedies: [remedies.dismiss],
      };
    default:
      return opening satisfies never;
  }
}
