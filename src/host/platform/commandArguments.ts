import * as vscode from 'vscode';
import { numberIn, textIn } from '../../core/util/json.ts';
import {
  commandIds,
  findingCommandIds,
  type ArgumentsOf,
  type CommandArguments,
  type OwnCommandId,
  type SourceControlPlace,
} from './contributions.ts';

type Reader<Id extends keyof CommandArguments> = (given: readonly unknown[]) => CommandArguments[Id];

const readers: { readonly [Id in keyof CommandArguments]: Reader<Id> } = {
  [commandIds.fixSelection]: ([uri, place]) => [
    uriIn(uri),
    place instanceof vscode.Range ? place : undefined,
  ],
  [commandIds.reviewChanges]: ([source]) => [sourceIn(source)],
  [commandIds.commitMessage]: ([source]) => [sourceIn(source)],
  [commandIds.runPromptFile]: ([file]) => [uriIn(file)],
  [commandIds.attachFiles]: ([file, selected]) => [uriIn(file), urisIn(selected)],
  [commandIds.showModel]: ([model]) => [textIn(model)],
  [commandIds.configureRouting]: ([model]) => [textIn(model)],
  [commandIds.acceptChange]: ([uri, index]) => [uriIn(uri), numberIn(index)],
  [commandIds.rejectChange]: ([uri, index]) => [uriIn(uri), numberIn(index)],
  [commandIds.acceptAllChanges]: ([uri]) => [uriIn(uri)],
  [commandIds.rejectAllChanges]: ([uri]) => [uriIn(uri)],
  [findingCommandIds.apply]: ([uri, id]) => [textIn(uri) ?? '', numberIn(id) ?? NaN],
  [findingCommandIds.dismiss]: ([uri, id]) => [textIn(uri) ?? '', numberIn(id) ?? NaN],
  [findingCommandIds.dismissAll]: ([uri]) => [textIn(uri) ?? ''],
};

/** Reads what VS Code, a keybinding or another extension hands to a command; what it does not take is dropped. */
export function readArguments<Id extends OwnCommandId>(id: Id, given: readonly unknown[]): ArgumentsOf<Id> {
  const reader: ((given: readonly unknown[]) => unknown) | undefined = takesArguments(id)
    ? readers[id]
    : undefined;
  // Each reader gives what is declared for its command, which the compiler cannot follow through the table.
  return (reader?.(given) ?? []) as ArgumentsOf<Id>;
}

function takesArguments(id: OwnCommandId): id is keyof CommandArguments {
  return id in readers;
}

function uriIn(value: unknown): vscode.Uri | undefined {
  return value instanceof vscode.Uri ? value : undefined;
}

function urisIn(value: unknown): readonly vscode.Uri[] | undefined {
  return Array.isArray(value) ? value.filter((each) => each instanceof vscode.Uri) : undefined;
}

function sourceIn(value: unknown): SourceControlPlace | undefined {
  return value instanceof Object ? { rootUri: uriIn(Reflect.get(value, 'rootUri')) } : undefined;
}
