import * as vscode from 'vscode';
import { VirtualDocuments } from '../workspace/virtualDocuments.ts';

/** An answer under its model's name. */
export interface NamedAnswer {
  readonly name: string;
  readonly text: string;
}

/** Compares two answers in the editor's diff view. */
export class Differences implements vscode.Disposable {
  readonly #documents = new VirtualDocuments('switchboard-answer');

  async show(left: NamedAnswer, right: NamedAnswer): Promise<void> {
    const [from, to] = [this.#document(left), this.#document(right)];
    await vscode.commands.executeCommand('vscode.diff', from, to, `${left.name} ↔ ${right.name}`);
  }

  dispose(): void {
    this.#documents.dispose();
  }

  #document({ name, text }: NamedAnswer): vscode.Uri {
    return this.#documents.add(text, (number) => `/${String(number)}/${name.replaceAll('/', ' ')}.md`);
  }
}
