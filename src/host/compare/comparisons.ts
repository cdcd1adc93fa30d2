import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { QuestionInput } from '../../core/conversation/questionInput.ts';
import { runBudgetFor } from '../../core/conversation/generation/requestEstimate.ts';
import { RequestError } from '../../core/model/requestError.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { AnswerToolParts } from '../answers/answerTools.ts';
import type { RequestEstimator } from '../../core/conversation/generation/requestEstimator.ts';
import type { ChatSurface } from '../chat/chatSurface.ts';
import type { Chats } from '../chat/openChat.ts';
import { confirmCost } from '../words/confirmCost.ts';
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
    const comparison = await chats.compare(models);
    const prepared = comparison.prepare(asked);
    // One that cannot be made fails where it is sent.
    const requests = prepared.flatMap(({ request }) => (request instanceof RequestError ? [] : [request]));
    const estimates = requests.map((request) => estimator.estimate(request));
    if (!(await confirmCost(estimates, settings))) {
      return;
    }
    const run = runBudgetFor(estimates, settings.budgetPerRequest(), () => crypto.randomUUID());
    const panel = createTab(viewIds.comparison, t('Compare Models'), pageParts.extensionUri);
    const page = new ComparePage(pageParts, {
      webview: panel.webview,
      comparison,
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
    void comparison.ask(prepared, run);
  }

  dispose(): void {
    for (const panel of this.#panels) {
      panel.dispose();
    }
    this.#differences.dispose();
  }
}
