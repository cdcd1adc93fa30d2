import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { movedRange, type OffsetRange } from '../../core/edits/movedRange.ts';
import type { Snippet } from '../../core/prompts/generateSnippet.ts';
import { toSnippetText } from '../../core/prompts/snippetText.ts';
import type { StructuredAnswer } from '../../core/prompts/structured/structuredPrompt.ts';
import { tellRefused, type WriteGuard, type WriteRefusal } from '../context/writeGuard.ts';
import { answerFacts, costWords, type AnsweredFor } from '../words/costWords.ts';
import { DocumentWatch } from '../workspace/documentWatch.ts';
import { saveSnippet, snippetFiles, type SnippetFile } from './snippetFiles.ts';

/** A snippet that a model has written. */
export type SnippetAnswer = StructuredAnswer<Snippet> & Pick<AnsweredFor, 'answeredBy'>;

/** Where a snippet belongs. */
interface SnippetPlace {
  /** The extension's global storage; the user's snippets are near it. */
  readonly globalStorage: vscode.Uri;
  readonly languageId: string;
  readonly document: vscode.TextDocument | undefined;
  readonly writes: WriteGuard;
  /** Asks for a variant that differs from these bodies; absent if the user cancels. */
  readonly another?: (besides: readonly string[]) => Promise<SnippetAnswer | undefined>;
}

/** Inserts a snippet and offers to save it or to replace it with another variant. */
export async function placeSnippet(answer: SnippetAnswer, place: SnippetPlace): Promise<void> {
  const refusal = await refusalOf(answer, place);
  if (refusal) {
    tellRefused(refusal);
    return;
  }
  const variants = [answer];
  let [chosen, inserted] = [answer, await insert(answer.value, place.document)];
  try {
    while ((await offer(chosen, place)) === 'another') {
      const next = await place.another?.(variants.map(({ value }) => value.body));
      const choice = next && (await choose([next, ...variants]));
      variants.unshift(...(next ? [next] : []));
      const refused = choice && (await refusalOf(choice, place));
      if (refused) {
        tellRefused(refused);
      } else if (choice && choice !== chosen) {
        chosen = choice;
        inserted = await replace(inserted, choice.value);
      }
    }
  } finally {
    inserted.watch.dispose();
  }
}

/** Why a snippet must not be inserted where it belongs, if so. */
async function refusalOf(
  { value }: SnippetAnswer,
  { document, writes }: SnippetPlace,
): Promise<WriteRefusal | undefined> {
  const uri = document?.uri ?? vscode.Uri.from({ scheme: 'untitled', path: t('The new file') });
  const allowed = await writes.textFor(uri, toSnippetText(value));
  return allowed.state === 'refused' ? allowed : undefined;
}

/** A snippet in its document, and typing since. */
interface Inserted {
  readonly document: vscode.TextDocument;
  readonly at: OffsetRange;
  readonly watch: DocumentWatch;
}

/** Inserts below the selection or at the cursor, wherever that has moved; never overwrites anything. */
async function insert(snippet: Snippet, document: vscode.TextDocument | undefined): Promise<Inserted> {
  const editor =
    document && !document.isClosed
      ? await vscode.window.showTextDocument(document)
      : await vscode.window.showTextDocument(
          await vscode.workspace.openTextDocument({ language: await knownLanguage(snippet.language) }),
        );
  const { end, isEmpty } = editor.selection;
  const text = toSnippetText(snippet);
  const ownLines = end.character === 0 ? `${text}\n` : `\n${text}`;
  return put(editor, isEmpty ? text : ownLines, new vscode.Range(end, end));
}

/** A variant replaces the snippet if it wasn't edited; otherwise it goes to the cursor. */
async function replace({ document, at, watch }: Inserted, snippet: Snippet): Promise<Inserted> {
  const now = document.isClosed ? undefined : movedRange(at, watch.changes);
  watch.dispose();
  if (!now) {
    return insert(snippet, document);
  }
  const editor = await vscode.window.showTextDocument(document);
  const range = new vscode.Range(document.positionAt(now.start), document.positionAt(now.end));
  return put(editor, toSnippetText(snippet), range);
}

async function put(editor: vscode.TextEditor, text: string, range: vscode.Range): Promise<Inserted> {
  const { document } = editor;
  const [start, length] = [document.offsetAt(range.start), document.getText().length];
  const removed = document.offsetAt(range.end) - start;
  await editor.insertSnippet(new vscode.SnippetString(text), range);
  const end = start + removed + document.getText().length - length;
  return { document, at: { start, end }, watch: new DocumentWatch(document) };
}

async function knownLanguage(language: string): Promise<string> {
  return (await vscode.languages.getLanguages()).includes(language) ? language : 'plaintext';
}

async function choose(variants: readonly SnippetAnswer[]): Promise<SnippetAnswer | undefined> {
  const choice = await vscode.window.showQuickPick(
    variants.map((answer) => ({
      label: answer.value.name,
      description: answer.value.description,
      detail: answer.value.body.replace(/\s+/g, ' '),
      answer,
    })),
    {
      title: t('Snippet Variants{0}', costWords(variants[0] ?? {})),
      placeHolder: t('Replaces the inserted snippet'),
      ignoreFocusOut: true,
    },
  );
  return choice?.answer;
}

/** Reports the insertion and offers to save the snippet. */
async function offer(
  { value, ...answer }: SnippetAnswer,
  { globalStorage, languageId, writes, another }: SnippetPlace,
): Promise<'another' | undefined> {
  const { name, prefix } = value;
  const facts = answerFacts(answer);
  const words =
    facts === ''
      ? t('Inserted "{0}". Save it for later as "{1}"?', name, prefix)
      : t('Inserted "{0}" ({1}). Save it for later as "{2}"?', name, facts, prefix);
  const variant: vscode.MessageItem = { title: t('Another Variant') };
  const choice = await vscode.window.showInformationMessage<SnippetFile | vscode.MessageItem>(
    words,
    ...(await snippetFiles(globalStorage)),
    ...(another ? [variant] : []),
  );
  if (choice === variant) {
    return 'another';
  }
  if (choice && 'uri' in choice) {
    await keep(choice, value, languageId, writes);
  }
  return undefined;
}

async function keep(
  { uri }: SnippetFile,
  snippet: Snippet,
  languageId: string,
  writes: WriteGuard,
): Promise<void> {
  const refusal = await writes.refusalOf(uri);
  if (refusal) {
    tellRefused(refusal);
    return;
  }
  await saveSnippet(uri, snippet, languageId);
  const open = t('Open File');
  if ((await vscode.window.showInformationMessage(t('Saved "{0}".', snippet.name), open)) === open) {
    await vscode.window.showTextDocument(uri);
  }
}
