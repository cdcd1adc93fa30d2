import type * as vscode from 'vscode';
import type { ChatSurface } from '../chat/chatSurface.ts';
import type { EditServices } from '../edits/showEdits.ts';
import type { Findings } from '../review/findings.ts';

/** What the commands that ask a model work with; each takes of it what it needs. */
export interface CommandServices extends EditServices {
  readonly surface: ChatSurface;
  /** Where VS Code keeps this extension's files; the user's snippets lie near it. */
  readonly globalStorage: vscode.Uri;
  /** The findings of reviews, which are problems of their files. */
  readonly findings: () => Promise<Findings>;
}
