import { t } from '@vscode/l10n';
import * as vscode from 'vscode';

const scheme = 'switchboard-diagram';

/** Passes diagrams to VS Code's Markdown preview, which can draw them. */
export class DiagramPreview implements vscode.Disposable {
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

  /** Shows a Mermaid diagram. */
  async show(diagram: string): Promise<void> {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme, path: `/${t('Diagram {0}', this.#count)}.md` });
    this.#texts.set(uri.toString(), `\`\`\`mermaid\n${diagram}\n\`\`\`\n`);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  dispose(): void {
    this.#registrations.dispose();
  }
}
