import * as vscode from 'vscode';

/** Read-only documents that exist only while they are open. */
export class VirtualDocuments implements vscode.Disposable {
  readonly #scheme: string;
  readonly #texts = new Map<string, string>();
  readonly #registrations: vscode.Disposable;
  #count = 0;

  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  /** Adds a text at a path, which must contain the number it is given. */
  add(text: string, pathOf: (number: number) => string): vscode.Uri {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme: this.#scheme, path: pathOf(this.#count) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  dispose(): void {
    this.#registrations.dispose();
  }
}
