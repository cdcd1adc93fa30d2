import type * as vscode from 'vscode';
import { RequestError } from '../../core/model/requestError.ts';

/** Logs a failure without anyone's words: a kind and status, or where in our code it happened. */
export function logError(log: vscode.LogOutputChannel, error: unknown): void {
  if (error instanceof RequestError) {
    log.warn(`request failed: ${error.kind}, status ${String(error.facts.status)}`);
    return;
  }
  const [, ...frames] = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  log.error([error instanceof Error ? error.name : typeof error, ...frames].join('\n'));
}
