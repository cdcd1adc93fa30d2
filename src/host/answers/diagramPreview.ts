import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { VirtualDocuments } from '../workspace/virtualDocuments.ts';

/** Passes diagrams to VS Code's Markdown preview, which can draw them. */
export class DiagramPreview implements vscode.Disposable {
  readonly #documents = new VirtualDocuments('switchboard-diagram');

  /** Shows a Mermaid diagram. */
  async show(diagram: string): Promise<void> {
    const text = `\`\`\`mermaid\n${diagram}\n\`\`\`\n`;
    const uri = this.#documents.add(text, (number) => `/${t('Diagram {0}', number)}.md`);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  dispose(): void {
    this.#documents.dispose();
  }
}
