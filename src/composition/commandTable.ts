import type * as vscode from 'vscode';
import type { DisposableStore } from '../core/util/disposableStore.ts';
import {
  commandIds,
  type ArgumentsOf,
  type CommandId,
  type ResultOf,
} from '../host/platform/contributions.ts';
import { registerCommand, runCommand } from '../host/platform/commands.ts';
import type { ChatSurface } from '../host/chat/chatSurface.ts';

/** What each of our commands does. One that is forgotten, or that nobody contributes, does not compile. */
export type CommandTable = {
  readonly [Id in CommandId]: (...args: ArgumentsOf<Id>) => Promise<ResultOf<Id>>;
};

/** What a feature gives to the extension. */
export interface Feature {
  readonly commands: Partial<CommandTable>;
  /** What it has registered with VS Code. */
  readonly disposables: readonly vscode.Disposable[];
}

/** Registers all commands. One that fails says so in the chat; nothing fails in silence. */
export function registerCommands(table: CommandTable, surface: ChatSurface, owned: DisposableStore): void {
  for (const id of Object.values(commandIds)) {
    owned.own(register(id, table[id], surface));
  }
}

function register<Id extends CommandId>(
  id: Id,
  run: CommandTable[Id],
  surface: ChatSurface,
): vscode.Disposable {
  return registerCommand(id, async (...args) => {
    try {
      return await run(...args);
    } catch (error) {
      (await surface.controller()).report(error, () => void runCommand(id, ...args));
      await surface.reveal();
      return undefined;
    }
  });
}
