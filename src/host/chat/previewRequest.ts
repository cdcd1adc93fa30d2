import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { mostOf, type RequestEstimate } from '../../core/conversation/generation/requestEstimate.ts';
import type { ChatModel, ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import type { ServerKind } from '../../core/model/server.ts';
import { minMaxTokens } from '../../core/model/requestValues.ts';
import { formatCost } from '../../core/money/money.ts';
import type { JsonObject } from '../../core/util/json.ts';
import { unsupportedSettings } from '../../core/model/unsupportedSettings.ts';
import type { ChatSurface } from './chatSurface.ts';
import { leftOutWords } from '../words/unsupportedSettings.ts';
import { remedies } from '../words/report.ts';
import { requestSettings } from '../platform/requestSettings.ts';
import { commandIds } from '../platform/contributions.ts';
import type { Settings } from '../platform/settings.ts';

/** Shows a request as it would go over the wire, to the last byte, but without the key. */
export interface WireFormat {
  /** For the eye, with notes on what is not sent. */
  preview(request: ChatRequest, notes: readonly string[]): Promise<string>;
  /** Requests as OpenRouter sent them to providers, for the eye. */
  echo(bodies: readonly JsonObject[]): string;
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
  readonly chat: () => Promise<ChatModel>;
  readonly estimate: (request: ChatRequest) => Promise<RequestEstimate>;
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

  /**
   * Asks the composer's question for a very short answer, and shows what OpenRouter sent to the provider. The user
   * agrees to the cost first.
   */
  async echo(): Promise<void> {
    const { serverKind, format } = this.#parts;
    if (serverKind() === 'other') {
      void vscode.window.showInformationMessage(
        t("This server isn't OpenRouter, so it can't echo requests."),
      );
      return;
    }
    const request = await this.#request();
    if (!request || !(await this.#isAgreed(request))) {
      return;
    }
    const bodies = await this.#echoed(echoRequest(request));
    if (bodies.length === 0) {
      void vscode.window.showInformationMessage(t("OpenRouter didn't echo the request."));
      return;
    }
    this.#text = format.echo(bodies);
    this.#changed.fire(documentUri());
    await vscode.window.showTextDocument(documentUri(), { preview: true });
  }

  /** It is always asked: the request looks like one that isn't sent. */
  async #isAgreed(request: ChatRequest): Promise<boolean> {
    const send = t('Send');
    const most = mostOf(await this.#parts.estimate(echoRequest(request)));
    const words =
      most === undefined
        ? t('OpenRouter echoes only requests that it answers. The cost of this one is not known. Send it?')
        : t(
            'OpenRouter echoes only requests that it answers. This one may cost up to {0}. Send it?',
            formatCost(most),
          );
    return (await vscode.window.showWarningMessage(words, { modal: true }, send)) === send;
  }

  async #echoed(request: ChatRequest): Promise<readonly JsonObject[]> {
    const chat = await this.#parts.chat();
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: t('Asking OpenRouter…'),
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (_, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => {
        stop.abort();
      });
      const bodies: JsonObject[] = [];
      for await (const event of chat.stream(request, stop.signal)) {
        if (event.type === 'echo') {
          bodies.push(event.body);
        }
      }
      return bodies;
    });
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

/** The same question with the shortest answer, streamed and not from a cache: only then is it echoed. */
function echoRequest({
  responseHealing: _healing,
  responseCache: _cache,
  ...request
}: ChatRequest): ChatRequest {
  return { ...request, maxTokens: minMaxTokens, echoUpstream: true, feature: commandIds.echoUpstreamBody };
}
