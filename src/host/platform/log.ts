import type * as vscode from 'vscode';
import { RequestError } from '../../core/model/requestError.ts';

/** Logs a failure without anyone's words: a kind and status, or where in our code it happened. */
export function logError(log: vscode.LogOutputChannel, error: unknown): void {
  if (error instanceof RequestError) {
    log.warn(`request failed: ${error.kind}, status ${String(error.facts.status)}`);
    return;
  }
  log.error([nameOf(error), ...framesOf(error)].join('\n'));
}

/** The kind of an error, unless others have written something else there. */
function nameOf(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  return /^\w{1,40}$/.test(name) ? name : 'Error';
}

/** Where in our code it happened. The stack begins with the message, whose lines may look like places. */
function framesOf(error: unknown): readonly string[] {
  const { stack = '', message } = error instanceof Error ? error : new Error();
  const told = new Set(message.split('\n').map((line) => line.trim()));
  return stack
    .split('\n')
    .slice(1)
    .filter((line) => /^ {4}at [^\n]+:\d+:\d+\)?$/.test(line) && !told.has(line.trim()));
}
