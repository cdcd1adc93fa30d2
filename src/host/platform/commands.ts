import * as vscode from 'vscode';
import { readArguments } from './commandArguments.ts';
import type { ArgumentsOf, CommandId, ContextKey, OwnCommandId, ResultOf } from './contributions.ts';

/** Runs one of our commands. */
export async function runCommand<Id extends CommandId>(
  id: Id,
  ...args: ArgumentsOf<Id>
): Promise<ResultOf<Id>> {
  return vscode.commands.executeCommand<ResultOf<Id>>(id, ...args);
}

/** One of our commands as a code lens, a code action or a link runs it. */
export function toCommand<Id extends OwnCommandId>(
  id: Id,
  title: string,
  ...args: ArgumentsOf<Id>
): vscode.Command {
  return { command: id, title, arguments: [...args] };
}

/** Registers one of our commands; `run` gets what is declared for it, whatever it is called with. */
export function registerCommand<Id extends OwnCommandId>(
  id: Id,
  run: (...args: ArgumentsOf<Id>) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, (...given: readonly unknown[]) =>
    run(...readArguments(id, given)),
  );
}

/** Sets what `when` clauses ask for. */
export function setContext(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

/** Resolves when all that the user did in the window before the call has been heard of. */
export async function windowCaughtUp(): Promise<void> {
  // Any question does: the window answers it after all that it had sent before.
  await vscode.commands.getCommands(true);
}
