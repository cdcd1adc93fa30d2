import { t } from '@vscode/l10n';
import * as vscode from 'vscode';

const scheme = 'switchboard-diagram';

/** Hands diagrams to VS Code's own preview of Markdown, which can draw them; the panel itself draws none. */
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

  /** Shows a diagram in mermaid's language. */
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
