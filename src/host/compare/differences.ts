import * as vscode from 'vscode';

/** An answer under its model's name. */
export interface NamedAnswer {
  readonly name: string;
  readonly text: string;
}

const scheme = 'switchboard-answer';

/** Compares two answers in the editor's diff view. */
export class Differences implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registrations: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  async show(left: NamedAnswer, right: NamedAnswer): Promise<void> {
    const [from, to] = [this.#document(left), this.#document(right)];
    await vscode.commands.executeCommand('vscode.diff', from, to, `${left.name} ↔ ${right.name}`);
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  #document({ name, text }: NamedAnswer): vscode.Uri {
    this.#count += 1;
    const path = `/${String(this.#count)}/${name.replaceAll('/', ' ')}.md`;
    const uri = vscode.Uri.from({ scheme, path });
    this.#texts.set(uri.toString(), text);
    return uri;
  }
}
