import type * as vscode from 'vscode';
import type { ChatSurface } from '../chat/chatSurface.ts';
import type { InlineReview } from '../edits/inlineReview.ts';
import type { Findings } from '../review/findings.ts';
import type { PromptRunner } from './promptRunner.ts';

/** What the commands that ask for structured answers work with. */
export interface PromptParts {
  readonly surface: ChatSurface;
  readonly runner: PromptRunner;
  readonly review: () => Promise<InlineReview>;
  /** Where VS Code keeps this extension's files; the user's snippets lie near it. */
  readonly globalStorage: vscode.Uri;
  /** The findings of reviews, which are problems of their files. */
  readonly findings: () => Promise<Findings>;
  /** Disposes of something with the extension. */
  readonly own: <Owned extends vscode.Disposable>(owned: Owned) => Owned;
}
