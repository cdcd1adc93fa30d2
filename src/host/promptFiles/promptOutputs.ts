import * as vscode from 'vscode';
import type { Edits } from '../../core/prompts/edits.ts';
import type { Review } from '../../core/prompts/reviewCode.ts';
import { reviewOf, showReview } from '../review/runReview.ts';
import { showEdits } from '../edits/showEdits.ts';
import type { GivenCode } from '../prompts/givenCode.ts';
import type { PromptAnswer } from '../prompts/promptRunner.ts';
import type { PromptParts } from '../prompts/promptParts.ts';

/** Shows an answer about code where it belongs. */
export type OutputHandler<Out> = (
  answer: PromptAnswer<Out> & { readonly title: string; readonly again: () => void },
  given: GivenCode,
) => Promise<void>;

/** What becomes of answers about code, by the `output` of a prompt file. */
export interface OutputHandlers {
  readonly edits: OutputHandler<Edits>;
  readonly problems: OutputHandler<Review>;
}

/** Edits are reviewed in the editor, and findings become problems. */
export function outputHandlers(parts: PromptParts): OutputHandlers {
  return {
    edits: (answer, given) => showEdits(parts, given, answer),
    problems: async (answer, given) => {
      await showReview(parts, reviewOf(given), answer);
    },
  };
}

/** Opens a value as a document of its own; nothing is on the disk until the user saves it. */
export async function openJson(value: unknown): Promise<void> {
  const content = `${JSON.stringify(value, undefined, 2)}\n`;
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'json', content }),
  );
}
