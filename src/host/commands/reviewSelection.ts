import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { reviewCode as prompt } from '../../core/prompts/reviewCode.ts';
import { commandIds } from '../platform/contributions.ts';
import { gatherCode } from '../prompts/givenCode.ts';
import { reviewOf, runReview, type ReviewServices } from '../review/runReview.ts';

/** Reviews the selected code; findings become problems of its file. */
export async function reviewSelection(services: ReviewServices): Promise<void> {
  const code = await gatherCode(services.surface, t('Review Selection'));
  if (!code) {
    return;
  }
  const { document, items, tokens } = code;
  await runReview(services, {
    prompt,
    input: { items },
    command: commandIds.reviewSelection,
    title: t('Reviewing {0}', items.map(({ label }) => label).join(', ')),
    tokens,
    ...reviewOf(code),
    tryAgain: async () => {
      // The selection still exists, but may have changed.
      await vscode.window.showTextDocument(document);
      await reviewSelection(services);
    },
  });
}
