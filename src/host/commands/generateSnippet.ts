import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { generateSnippet as prompt, type SnippetInput } from '../../core/prompts/generateSnippet.ts';
import { commandIds } from '../platform/contributions.ts';
import { reportFailure, type WritingServices } from '../prompts/promptSurface.ts';
import { placeSnippet, type SnippetAnswer } from '../snippets/placeSnippet.ts';
import { snippetInput } from '../snippets/snippetInput.ts';
import { activeEditor } from '../workspace/selection.ts';

/** What generating snippets works with. */
interface SnippetServices extends WritingServices {
  /** The extension's global storage; the user's snippets are near it. */
  readonly globalStorage: vscode.Uri;
}

/** Generates a snippet from a description, and the selection if any, and inserts it at the cursor. */
export async function generateSnippet(services: SnippetServices): Promise<void> {
  const editor = activeEditor();
  const input = await snippetInput(services.surface, editor);
  if (input) {
    await produce(services, input, editor?.document);
  }
}

/** Asks, inserts and offers to save; after a failure it can be tried again with the same words. */
async function produce(
  services: SnippetServices,
  input: SnippetInput,
  document: vscode.TextDocument | undefined,
): Promise<void> {
  const { surface, runner, globalStorage, writes } = services;
  const { languageId } = input;
  const { questions } = await surface.controller();
  const ask = async (besides: readonly string[]): Promise<SnippetAnswer | undefined> =>
    runner.run({
      prompt,
      input: { ...input, besides: await Promise.all(besides.map((each) => questions.cleanText(each))) },
      command: commandIds.generateSnippet,
      title: t('Generating a snippet'),
      tokens: input.selection?.tokens ?? 0,
    });
  const again = (): void => void produce(services, input, document);
  await reportFailure(surface, again, async () => {
    const answer = await ask([]);
    if (answer) {
      await placeSnippet(answer, { globalStorage, languageId, document, writes, another: ask });
    }
  });
}
