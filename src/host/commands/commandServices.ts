import type * as vscode from 'vscode';
import type { ChatSurface } from '../chat/chatSurface.ts';
import type { EditServices } from '../edits/showEdits.ts';
import type { Findings } from '../review/findings.ts';

/** What the commands that ask a model work with; each takes of it what it needs. */
export interface CommandServices extends EditServices {
  readonly surface: ChatSurface;
  /** The extension's global storage; the user's snippets are near it. */
  readonly globalStorage: vscode.Uri;
  /** Review findings, shown as problems. */
  readonly findings: () => Promise<Findings>;
}
