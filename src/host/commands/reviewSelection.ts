import * as vscode from 'vscode';
import { reviewCode as prompt } from '../../core/prompts/reviewCode.ts';
import { commandIds } from '../contributions.ts';
import { gatherCode } from '../prompts/givenCode.ts';
import { runReview, type ReviewParts } from '../review/runReview.ts';

/** Reviews the selected code; what is found becomes problems of its file. */
export async function reviewSelection(parts: ReviewParts): Promise<void> {
  const code = await gatherCode(parts.room, 'Review Selection');
  if (!code) {
    return;
  }
  const { document, items, tokens, watch } = code;
  const [first] = items;
  const path = first?.path ?? '';
  const lines = items.map((item) => item.lines ?? { start: 1, end: document.lineCount });
  await runReview(parts, {
    prompt,
    input: { items },
    command: commandIds.reviewSelection,
    title: `Reviewing ${items.map(({ label }) => label).join(', ')}`,
    tokens,
    files: [{ uri: document.uri, path, lines, watch }],
    subject: path.slice(path.lastIndexOf('/') + 1),
    leftOut: [],
    tryAgain: async () => {
      // The selection is still there, and may be another by now.
      await vscode.window.showTextDocument(document);
      await reviewSelection(parts);
    },
  });
}
