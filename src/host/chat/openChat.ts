import type * as vscode from 'vscode';
import type { CreditMonitor } from '../../core/account/creditMonitor.ts';
import type { ChatModel, ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import type { RequestEstimator } from '../../core/conversation/generation/requestEstimator.ts';
import { tokensOfSystem } from '../../core/conversation/generation/tokenCounter.ts';
import type { SessionParts } from '../../core/conversation/session/chatSession.ts';
import { contextOf } from '../../core/conversation/message.ts';
import type { CleanText } from '../../core/context/clean.ts';
import { contextLengthOf, oldestToLeaveOut } from '../../core/conversation/session/chatLength.ts';
import { Comparison } from '../../core/conversation/session/comparison.ts';
import { SessionPool, type PooledChange } from '../../core/conversation/session/sessionPool.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { Model } from '../../core/model/model.ts';
import { estimateCost } from '../../core/model/pricing.ts';
import { fitTo } from '../../core/model/requestSettings.ts';
import type { ServerKind } from '../../core/model/server.ts';
import type { PicoDollars } from '../../core/money/money.ts';
import { chatSystem, withInstructions } from '../../core/prompts/instructions.ts';
import type { UsageReconciler } from '../../core/usage/usageReconciler.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { ContextGuard } from '../context/contextGuard.ts';
import type { Instructions } from '../context/instructions.ts';
import { logError } from '../platform/log.ts';
import { promptCommandIds } from '../platform/contributions.ts';
import { requestSettings } from '../platform/requestSettings.ts';
import type { Settings } from '../platform/settings.ts';
import { explanationOf } from '../prompts/explanation.ts';
import { PromptRunner } from '../prompts/promptRunner.ts';
import type { OpenedStore } from '../store/openStore.ts';
import { reportOfOpening } from '../words/openingReport.ts';
import { unsupportedSettingsNow } from '../words/unsupportedSettings.ts';
import { ChatController } from './chatController.ts';
import { giveTitle } from './titles.ts';

const lastConversation = 'switchboard.lastConversation';

/** What the chats of a window stand on. */
export interface ChatsParts {
  readonly context: vscode.ExtensionContext;
  readonly model: () => Promise<ChatModel>;
  readonly store: Omit<OpenedStore, 'dispose'> & {
    readonly reconciler: Pick<UsageReconciler, 'lookUp'>;
    readonly spentToday: () => PicoDollars;
  };
  readonly estimator: RequestEstimator;
  readonly guard: ContextGuard;
  readonly instructions: Instructions;
  /** Who would read a request, as far as that is known without asking. */
  readonly serverKind: () => ServerKind;
  readonly catalog: ModelCatalog;
  readonly credit: CreditMonitor;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
}

/** This window's chats, sharing one store. */
export interface Chats extends Disposable {
  /** The side bar's chat. */
  readonly main: ChatController;
  /** A chat of its own, with this conversation if it still exists, else a new one. */
  begin(conversationId?: string): ChatController;
  /** Several models to compare; nothing is saved. */
  compare(models: readonly string[]): Promise<Comparison>;
}

/** Begins the chats of this window, with the conversation that was shown last in the side bar. */
export function openChats(parts: ChatsParts): Chats {
  const { context, store, estimator, credit, settings, instructions, log } = parts;
  void instructions.load();
  const closing = new AbortController();
  const leavingOut = new Set<string>();
  const sessions = sessionParts(parts, leavingOut);
  const pool = new SessionPool({ ...sessions, store: store.store });
  const titling = { ...parts, chat: parts.model, estimate: (each: ChatRequest) => estimator.estimate(each) };
  pool.onDidChange(({ session, change }) => {
    followFailure({ change }, credit, log);
    if (change.type === 'ended') {
      giveTitle(session, titling, closing.signal).catch((error: unknown) => {
        // The locally made title will do.
        logError(log, error);
      });
    }
  });
  const begin = (
    first: string | undefined,
    remember: (conversationId: string | undefined) => void,
  ): ChatController =>
    new ChatController({
      ...parts,
      ...{ pool, first, remember },
      leaveOutOldest: (conversationId) => leavingOut.add(conversationId),
      store: store.store,
      archive: store.archive,
      estimate: titling.estimate,
      pricesKnown: () => estimator.ready(),
      estimateSize: (set, size) => estimator.estimateSize(set, size),
      spentToday: store.spentToday,
      leftOut: (model) =>
        unsupportedSettingsNow(() => requestSettings(settings, model), parts.serverKind, parts.catalog),
    });
  const main = begin(context.workspaceState.get<string>(lastConversation), (conversationId) => {
    void context.workspaceState.update(lastConversation, conversationId);
  });
  const report = reportOfOpening(store.opening, context.globalStorageUri.fsPath);
  if (report) {
    log.warn(`store: ${store.opening.state}`);
    main.raise(report);
  }
  return {
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
    dispose: () => {
      closing.abort();
      main.dispose();
      pool.dispose();
    },
  };
}

function sessionParts(
  { model, catalog, settings, store, instructions }: ChatsParts,
  leavingOut: ReadonlySet<string>,
): Omit<SessionParts, 'store'> {
  const runner = new PromptRunner({ chat: model, catalog, settings, instructions });
  const systemOf = (conversationId: string): CleanText =>
    withInstructions(chatSystem, instructions.itemsFor(conversationId));
  const find = (id: string): Model | undefined => catalog.find(id);
  return {
    chat: model,
    model: () => settings.model(),
    request: (tokens, changes, conversationId): ReturnType<typeof fitTo> & Pick<ChatRequest, 'system'> => {
      const set = { ...requestSettings(settings, changes.model), ...changes };
      const system = systemOf(conversationId);
      return { ...fitTo(set, find(set.model), tokensOfSystem(system) + tokens, find), system };
    },
    leaveOut: (conversationId, messages, changes) =>
      leavingOut.has(conversationId)
        ? oldestToLeaveOut(
            messages,
            contextLengthOf({ ...requestSettings(settings, changes.model), ...changes }, find) -
              tokensOfSystem(systemOf(conversationId)),
          )
        : 0,
    now: Date.now,
    newId: () => crypto.randomUUID(),
    estimate: (id, tokens) => {
      const known = catalog.find(id);
      return known && estimateCost(known, tokens, Date.now());
    },
    lookUpUsage: (generationId) => store.reconciler.lookUp(generationId),
    recipe: (feature, question) =>
      feature === promptCommandIds.explainSelection ? explanationOf(runner, contextOf(question)) : undefined,
  };
}

/** Logs a failure. A rejected key shows in the credit item at once. */
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
