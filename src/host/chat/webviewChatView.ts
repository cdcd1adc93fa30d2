import * as vscode from 'vscode';
import { toHost, type ToHost } from '../../protocol/toHost.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import { attachContext } from '../commands/attachContext.ts';
import { insertAtCursor } from '../commands/insertAtCursor.ts';
import { commandIds, settingsSection, type CommandId } from '../contributions.ts';
import { links } from '../links.ts';
import type { ChatController } from './chatController.ts';
import type { ChatRoom } from './chatRoom.ts';
import { Delivery } from './delivery.ts';
import type { ChatView } from './lazyChatView.ts';
import { panelPage } from './panelPage.ts';

/** What the panel is built from. */
export interface ChatViewParts {
  readonly extensionUri: vscode.Uri;
  readonly controller: ChatController;
  readonly room: ChatRoom;
  /** Loads what the first request needs, while the user is still typing. */
  readonly warmUp: () => void;
  readonly log: vscode.LogOutputChannel;
}

/** Draws the chat into VS Code's view, and takes what the user does there. */
export class WebviewChatView implements ChatView {
  readonly #parts: ChatViewParts;
  #view: vscode.WebviewView | undefined;
  #focusWhenReady = false;

  constructor(parts: ChatViewParts) {
    this.#parts = parts;
  }

  resolve(view: vscode.WebviewView): void {
    const { controller } = this.#parts;
    this.#view = view;
    const delivery = new Delivery(
      (message) => void view.webview.postMessage(message),
      () => controller.view(),
    );
    const subscriptions = vscode.Disposable.from(
      view.webview.onDidReceiveMessage((message: unknown) => {
        this.#receive(message, delivery);
      }),
      view.onDidChangeVisibility(() => {
        // A hidden panel is thrown away; it asks for a snapshot when it is shown again.
        if (!view.visible) {
          delivery.disconnect();
        }
      }),
    );
    view.onDidDispose(() => {
      this.#view = undefined;
      controller.observe(undefined);
      delivery.disconnect();
      subscriptions.dispose();
    });
    controller.observe({
      changed: (changes) => {
        delivery.push(...changes);
      },
      replaced: () => {
        delivery.replace();
      },
    });
    this.#draw(view.webview);
  }

  focusComposer(): void {
    if (this.#view?.visible) {
      this.#post({ type: 'focusComposer' });
    }
    this.#focusWhenReady = true;
  }

  #draw(webview: vscode.Webview): void {
    const root = vscode.Uri.joinPath(this.#parts.extensionUri, 'dist', 'panel');
    const asset = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [root] };
    webview.html = panelPage({
      cspSource: webview.cspSource,
      nonce: crypto.randomUUID(),
      scriptUri: asset('panel.js'),
      styleUri: asset('panel.css'),
    });
  }

  #post(message: ToWebview): void {
    void this.#view?.webview.postMessage(message);
  }

  #receive(input: unknown, delivery: Delivery): void {
    const message = toHost.safeParse(input);
    if (message.success) {
      this.#dispatch(message.data, delivery);
    } else {
      this.#parts.log.warn('dropped a message of unknown form from the panel');
    }
  }

  #dispatch(message: ToHost, delivery: Delivery): void {
    const { controller, room, warmUp } = this.#parts;
    switch (message.type) {
      case 'ready':
        this.#ready(delivery);
        break;
      case 'composing':
        warmUp();
        break;
      case 'draft':
        controller.noteDraft(message.text);
        break;
      case 'send':
        void controller.ask(message.text);
        break;
      case 'stop':
        controller.stop();
        break;
      case 'newChat':
        controller.newChat();
        break;
      case 'selectModel':
        run(commandIds.selectModel);
        break;
      case 'attachContext':
        void attachContext(room);
        break;
      case 'removeAttachment':
        controller.detach(message.id);
        break;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        break;
      case 'insertAtCursor':
        void insertAtCursor(message.text);
        break;
      case 'remedy':
        this.#remedy(message.kind, message.alertId);
        break;
      default:
        message satisfies never;
    }
  }

  #ready(delivery: Delivery): void {
    delivery.sendSnapshot();
    if (this.#focusWhenReady) {
      this.#focusWhenReady = false;
      this.#post({ type: 'focusComposer' });
    }
    this.#parts.warmUp();
  }

  #remedy(kind: Extract<ToHost, { type: 'remedy' }>['kind'], alertId: string): void {
    const { controller } = this.#parts;
    switch (kind) {
      case 'setApiKey':
        run(commandIds.setApiKey);
        break;
      case 'addCredits':
        open(links.credits);
        break;
      case 'privacySettings':
        open(links.privacy);
        break;
      case 'switchModel':
        run(commandIds.selectModel);
        break;
      case 'openSettings':
        void vscode.commands.executeCommand('workbench.action.openSettings', settingsSection);
        break;
      case 'tryAgain':
        void controller.retry(alertId);
        break;
      case 'dismiss':
        controller.dismiss(alertId);
        break;
      default:
        kind satisfies never;
    }
  }
}

function run(id: CommandId): void {
  void vscode.commands.executeCommand(id);
}

function open(link: string): void {
  void vscode.env.openExternal(vscode.Uri.parse(link));
}
