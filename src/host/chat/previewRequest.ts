import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import type { ServerKind } from '../../core/model/server.ts';
import { unsupportedSettings } from '../../core/model/unsupportedSettings.ts';
import type { ChatSurface } from './chatSurface.ts';
import { leftOutWords } from '../words/unsupportedSettings.ts';
import { remedies } from '../words/report.ts';
import { requestSettings } from '../platform/requestSettings.ts';
import type { Settings } from '../platform/settings.ts';

/** Shows a request as it would go over the wire, to the last byte, but without the key. */
export interface WireFormat {
  /** For the eye, with notes on what is not sent. */
  preview(request: ChatRequest, notes: readonly string[]): Promise<string>;
  /** As a command for a shell. */
  curl(request: ChatRequest): Promise<string>;
  /** The variable of the environment from which that command takes the key. */
  readonly keyVariable: string;
}

export interface PreviewParts {
  readonly surface: ChatSurface;
  readonly format: WireFormat;
  /** Who would read it, as far as that is known without asking. */
  readonly serverKind: () => ServerKind;
  readonly settings: Settings;
  readonly catalog: ModelCatalog;
}

const scheme = 'switchboard-preview';
const documentUri = (): vscode.Uri => vscode.Uri.from({ scheme, path: `/${t('What Will Be Sent')}.json` });

/** Shows the request for the composer's content, exactly as it would be sent, without sending it. */
export class RequestPreview implements vscode.Disposable {
  readonly #parts: PreviewParts;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #text = '';

  constructor(parts: PreviewParts) {
    this.#parts = parts;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#text,
    });
  }

  /** Opens the request as a read-only document. */
  async show(): Promise<void> {
    const request = await this.#request();
    if (!request) {
      return;
    }
    const { format, serverKind, settings, catalog } = this.#parts;
    const set = requestSettings(settings, request.model);
    const leftOut = unsupportedSettings(set, serverKind(), catalog.find(set.model));
    this.#text = await format.preview(request, leftOut.map(leftOutWords));
    this.#changed.fire(documentUri());
    await vscode.window.showTextDocument(documentUri(), { preview: true });
  }

  /** Copies the request as a shell command. */
  async copyAsCurl(): Promise<void> {
    const request = await this.#request();
    if (!request) {
      return;
    }
    const { format } = this.#parts;
    await vscode.env.clipboard.writeText(await format.curl(request));
    void vscode.window.showInformationMessage(
      t('Copied as a cURL command. It reads the key from the variable {0}.', format.keyVariable),
    );
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  async #request(): Promise<ChatRequest | undefined> {
    const { surface } = this.#parts;
    const controller = await surface.controller();
    const request = await controller.next.request();
    if (!request) {
      controller.raise({
        severity: 'information',
        message: t('There is no request to preview yet. Type a question first.'),
        remedies: [remedies.dismiss],
      });
      await surface.reveal();
    }
    return request;
  }
}
