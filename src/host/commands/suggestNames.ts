import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanItem, CleanText } from '../../core/context/clean.ts';
import { suggestNames as prompt } from '../../core/prompts/suggestNames.ts';
import { codeAround } from '../context/sources/symbols.ts';
import { chooseName, nameAt, rename, type NamedThing } from '../edits/renaming.ts';
import { commandIds } from '../platform/contributions.ts';
import { gatherCode } from '../prompts/givenCode.ts';
import { reportFailure, type WritingServices } from '../prompts/promptSurface.ts';
import { DocumentWatch } from '../workspace/documentWatch.ts';
import { activeEditor } from '../workspace/selection.ts';

/** Suggests names for the symbol at the cursor and renames it with its language's provider. */
export async function suggestNames(services: WritingServices): Promise<void> {
  const editor = activeEditor();
  const at = editor && nameAt(editor);
  if (!at) {
    void vscode.window.showWarningMessage(t('Place the cursor on a name, then run the command again.'));
    return;
  }
  const { document } = editor;
  const lines = await codeAround(document, at.start);
  const code = await gatherCode(services.surface, t('Suggest Names'), { editor, lines });
  if (code) {
    code.watch.dispose();
    const range = { start: document.offsetAt(at.start), end: document.offsetAt(at.end) };
    const name = document.getText(at);
    const { questions } = await services.surface.controller();
    const input = { items: code.items, symbol: await questions.cleanText(name) };
    await ask(services, { document, name, range }, input);
  }
}

async function ask(
  services: WritingServices,
  thing: NamedThing,
  input: { readonly items: readonly CleanItem[]; readonly symbol: CleanText },
): Promise<void> {
  const again = (): void => void ask(services, thing, input);
  await reportFailure(services.surface, again, async () => {
    const watch = new DocumentWatch(thing.document);
    try {
      const answer = await services.runner.run({
        prompt,
        input,
        command: commandIds.suggestNames,
        title: t('Finding names for {0}', thing.name),
        tokens: input.items.reduce((sum, { tokens }) => sum + tokens, 0),
      });
      const chosen = answer && (await chooseName(thing.name, answer));
      if (chosen !== undefined) {
        await rename(thing, chosen, watch, services.writes);
      }
    } finally {
      watch.dispose();
    }
  });
}
