import * as vscode from 'vscode';
import type { Edits } from '../../core/prompts/edits.ts';
import type { Review } from '../../core/prompts/reviewCode.ts';
import { reviewOf, showReview, type ReviewServices } from '../review/runReview.ts';
import { showEdits, type EditServices } from '../edits/showEdits.ts';
import type { GivenCode } from '../prompts/givenCode.ts';
import type { PromptAnswer } from '../prompts/promptRunner.ts';

/** Shows an answer about code where it belongs. */
export type OutputHandler<Out> = (
  answer: PromptAnswer<Out> & { readonly title: string; readonly again: () => void },
  given: GivenCode,
) => Promise<void>;

/** What happens with answers about code, by a prompt file's `output`. */
export interface OutputHandlers {
  readonly edits: OutputHandler<Edits>;
  readonly problems: OutputHandler<Review>;
}

/** Edits are reviewed in the editor, and findings become problems. */
export function outputHandlers(services: EditServices & ReviewServices): OutputHandlers {
  return {
    edits: (answer, given) => showEdits(services, given, answer),
    problems: async (answer, given) => {
      await showReview(services, reviewOf(given), answer);
    },
  };
}

/** Opens a value as a new document; nothing is on disk until the user saves it. */
export async function openJson(value: unknown): Promise<void> {
  const content = `${JSON.stringify(value, undefined, 2)}\n`;
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'json', content }),
  );
}
