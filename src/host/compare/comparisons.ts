import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { QuestionInput } from '../../core/conversation/questionInput.ts';
import { ComparedRun } from '../../core/conversation/session/comparedRun.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { AnswerToolParts } from '../answers/answerTools.ts';
import type { RequestEstimator } from '../../core/conversation/generation/requestEstimator.ts';
import type { ChatSurface } from '../chat/chatSurface.ts';
import type { Chats } from '../chat/openChat.ts';
import { confirmCost, confirmMore } from '../words/confirmCost.ts';
import { viewIds } from '../platform/contributions.ts';
import type { Settings } from '../platform/settings.ts';
import { createTab } from '../webviews/webviewPage.ts';
import { ComparePage } from './comparePage.ts';
import { Differences } from './differences.ts';

export interface ComparisonsParts {
  readonly page: AnswerToolParts;
  readonly chats: Chats;
  readonly estimator: RequestEstimator;
  /** The side bar's chat: a continued answer goes there. */
  readonly side: ChatSurface;
  readonly catalog: ModelCatalog;
  readonly settings: Settings;
}

/** Comparisons in editor tabs. */
export class Comparisons implements vscode.Disposable {
  readonly #parts: ComparisonsParts;
  readonly #differences = new Differences();
  readonly #panels = new Set<vscode.WebviewPanel>();

  constructor(parts: ComparisonsParts) {
    this.#parts = parts;
  }

  /** Asks these models and shows their answers as they arrive. */
  async open(models: readonly string[], asked: QuestionInput): Promise<void> {
    const { page: pageParts, chats, estimator, side, catalog, settings } = this.#parts;
    await estimator.ready();
    const comparison = await chats.compare(models);
    const run = new ComparedRun(comparison, {
      estimate: (request) => estimator.estimate(request),
      unasked: () => settings.budgetPerRequest(),
      newId: () => crypto.randomUUID(),
      confirm: (estimates) => confirmCost(estimates, settings),
      confirmMore: (estimate, spent) => confirmMore(estimate, spent, settings),
    });
    const send = await run.prepare(asked);
    if (!send) {
      return;
    }
    const panel = createTab(viewIds.comparison, t('Compare Models'), pageParts.extensionUri);
    const page = new ComparePage(pageParts, {
      webview: panel.webview,
      comparison,
      run,
      differences: this.#differences,
      side,
      nameOf: (id) => catalog.nameOf(id),
    });
    this.#panels.add(panel);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) {
        page.hidden();
      }
    });
    panel.onDidDispose(() => {
      this.#panels.delete(panel);
      page.dispose();
      comparison.stop();
    });
    void send();
  }

  dispose(): void {
    for (const panel of this.#panels) {
      panel.dispose();
    }
    this.#differences.dispose();
  }
}
