import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { hasMarks, marksOf, restoreMarks, type KnownMark } from '../../core/context/redactionMarks.ts';
import { barrierWords } from '../words/barrierWords.ts';
import type { ContextGuard } from './contextGuard.ts';

/** Why something must not be written, in words; without a period, because the consequence follows. */
export interface WriteRefusal {
  readonly state: 'refused';
  readonly why: string;
}

/** A text as it may be written, or why not. */
export type TextToWrite = { readonly state: 'allowed'; readonly text: string } | WriteRefusal;

/** The same with its place. */
export type PlacementToWrite = (PlacedText & { readonly state: 'allowed' }) | WriteRefusal;

/** A model's edit as it may be made, or why not. */
export type EditToWrite =
  { readonly state: 'allowed'; readonly search: string; readonly replace: string } | WriteRefusal;

/** Says why a file must not be written, if so. */
export interface WriteBarrier {
  refusalOf(uri: vscode.Uri): Promise<WriteRefusal | undefined>;
}

/** A part of a document, and the text that takes its place. */
export interface PlacedText {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Decides for all ways of writing: neither excluded files nor such as a link leads out of the workspace to, and no
 * redaction mark, unless what it stands for can be put back exactly.
 */
export class WriteGuard implements WriteBarrier {
  readonly #guard: Pick<ContextGuard, 'barrierTo' | 'secretsIn'>;

  constructor(guard: Pick<ContextGuard, 'barrierTo' | 'secretsIn'>) {
    this.#guard = guard;
  }

  /** Why a file must not be written, if so. */
  async refusalOf(uri: vscode.Uri): Promise<WriteRefusal | undefined> {
    const barrier = await this.#guard.barrierTo(uri);
    return barrier && { state: 'refused', why: barrierWords(nameOf(uri), barrier) };
  }

  /** A text for a file that isn't there yet. */
  async textFor(uri: vscode.Uri, text: string): Promise<TextToWrite> {
    const refusal = await this.refusalOf(uri);
    return refusal ?? (hasMarks(text) ? marked(uri) : { state: 'allowed', text });
  }

  /** A text for a part of a document: secrets are put back only in the place of themselves. */
  async textIn(
    document: vscode.TextDocument,
    text: string,
    placed: (text: string) => PlacedText,
  ): Promise<PlacementToWrite> {
    const { uri } = document;
    const refusal = await this.refusalOf(uri);
    if (refusal || !hasMarks(text)) {
      return refusal ?? { state: 'allowed', ...placed(text) };
    }
    const restored = restoreMarks(text, await this.#marksIn(document), true);
    const place = restored && placed(restored.text);
    const isExact = restored?.used.every(
      ({ start, end, value }) =>
        place && start >= place.start && end <= place.end && place.text.includes(value),
    );
    return place && isExact === true ? { state: 'allowed', ...place } : marked(uri);
  }

  /** An edit of a document: what is searched for is real text, too. */
  async editFor(
    document: vscode.TextDocument,
    { search, replace }: { readonly search: string; readonly replace: string },
  ): Promise<EditToWrite> {
    const refusal = await this.refusalOf(document.uri);
    if (refusal || !hasMarks(search + replace)) {
      return refusal ?? { state: 'allowed', search, replace };
    }
    const found = restoreMarks(search, await this.#marksIn(document), false);
    const written = restoreMarks(replace, found?.used ?? [], true);
    return written
      ? { state: 'allowed', search: found?.text ?? search, replace: written.text }
      : marked(document.uri);
  }

  async #marksIn(document: vscode.TextDocument): Promise<readonly KnownMark[]> {
    const text = document.getText();
    return marksOf(text, await this.#guard.secretsIn(text));
  }
}

/** Says why something wasn't written. */
export function tellRefused({ why }: WriteRefusal): void {
  void vscode.window.showWarningMessage(t('{0}, so nothing was written.', why));
}

function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}

function marked(uri: vscode.Uri): WriteRefusal {
  return {
    state: 'refused',
    why: t('{0} would contain a redaction placeholder ("[redacted: …]")', nameOf(uri)),
  };
}
