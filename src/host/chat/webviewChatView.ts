import * as vscode from 'vscode';
import { toHost, type ToHost } from '../../protocol/toHost.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import { applyToFile } from '../commands/applyToFile.ts';
import { attachContext } from '../commands/attachContext.ts';
import { insertAtCursor } from '../commands/insertAtCursor.ts';
import { newFile } from '../commands/newFile.ts';
import { saveImage } from '../commands/saveImage.ts';
import { commandIds, settingsSection, type CommandId } from '../contributions.ts';
import { CodeColours } from '../colours/codeColours.ts';
import type { DiagramPreview } from '../edits/diagramPreview.ts';
import type { ProposalReview } from '../edits/proposalReview.ts';
import { links } from '../links.ts';
import { logError } from '../log.ts';
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
  readonly review: () => Promise<ProposalReview>;
  readonly diagrams: DiagramPreview;
  /** Loads what the first request needs, while the user is still typing. */
  readonly warmUp: () => void;
  readonly log: vscode.LogOutputChannel;
}

/** Draws the chat into VS Code's view, and takes what the user does there. */
export class WebviewChatView implements ChatView {
  readonly #parts: ChatViewParts;
  #view: vscode.WebviewView | undefined;
  #colours: CodeColours | undefined;
  /** Whether the page is there and has asked for its snapshot. */
  #drawn = false;
  #focusWanted = false;
  #messageToShow: string | undefined;

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
    const colours = this.#makeColours();
    this.#colours = colours;
    const subscriptions = vscode.Disposable.from(
      colours,
      view.webview.onDidReceiveMessage((message: unknown) => {
        this.#receive(message, delivery);
      }),
      view.onDidChangeVisibility(() => {
        // A hidden panel is thrown away; it asks for a snapshot when it is shown again.
        if (!view.visible) {
          this.#drawn = false;
          delivery.disconnect();
        }
      }),
    );
    view.onDidDispose(() => {
      this.#view = undefined;
      this.#drawn = false;
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

  /** Now if the panel is drawn, and else when it says that it is. */
  focusComposer(): void {
    this.#focusWanted = true;
    if (this.#drawn) {
      this.#showWhatIsWaiting();
    }
  }

  /** Now if the panel is drawn, and else when it says that it is. */
  showMessage(messageId: string): void {
    this.#messageToShow = messageId;
    if (this.#drawn) {
      this.#showWhatIsWaiting();
    }
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

  #makeColours(): CodeColours {
    const { extensionUri, log } = this.#parts;
    return new CodeColours(
      extensionUri,
      {
        coloured: (answer) => {
          this.#post({ type: 'coloured', answer });
        },
        changed: () => {
          this.#post({ type: 'coloursChanged' });
        },
      },
      (error) => {
        logError(log, error);
      },
    );
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
        controller.questions.warmUp();
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
      case 'regenerate':
        void controller.regenerate(message.messageId);
        break;
      case 'edit':
        void controller.edit(message.messageId, message.text);
        break;
      case 'showVersion':
        controller.showVersion(message.messageId, message.step);
        break;
      case 'newChat':
        controller.newChat();
        break;
      case 'searchChats':
        run(commandIds.searchChats);
        break;
      case 'selectModel':
        run(commandIds.selectModel);
        break;
      case 'attachContext':
        this.#work(attachContext(room));
        break;
      case 'removeAttachment':
        controller.detach(message.id);
        break;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        break;
      case 'colour':
        void this.#colours?.ask(message.request);
        break;
      case 'saveImage':
        this.#work(saveImage(message.image));
        break;
      case 'insertAtCursor':
        this.#work(insertAtCursor(message.text));
        break;
      case 'newFile':
        this.#work(newFile(message));
        break;
      case 'applyToFile':
        this.#work(this.#parts.review().then((review) => applyToFile(message, review)));
        break;
      case 'openDiagram':
        this.#work(this.#parts.diagrams.show(message.text));
        break;
      case 'remedy':
        this.#remedy(message);
        break;
      default:
        message satisfies never;
    }
  }

  /** What fails says so in the panel. */
  #work(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#parts.controller.report(error);
    });
  }

  #ready(delivery: Delivery): void {
    delivery.sendSnapshot();
    void this.#colours?.clear();
    this.#drawn = true;
    this.#showWhatIsWaiting();
    this.#parts.warmUp();
  }

  #showWhatIsWaiting(): void {
    if (this.#focusWanted) {
      this.#post({ type: 'focusComposer' });
    }
    if (this.#messageToShow !== undefined) {
      this.#post({ type: 'showMessage', messageId: this.#messageToShow });
    }
    this.#focusWanted = false;
    this.#messageToShow = undefined;
  }

  #remedy({ kind, alertId, model }: Extract<ToHost, { type: 'remedy' }>): void {
    const { controller } = this.#parts;
    switch (kind) {
      case 'signIn':
        run(commandIds.signIn);
        break;
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
      case 'lowerLength':
        void controller.retryShorter(alertId);
        break;
      case 'useFreeModel':
      case 'useModel':
        if (model !== undefined) {
          void controller.retryWithModel(alertId, model);
        }
        break;
      case 'continue':
        void controller.continue(alertId);
        break;
      case 'relaxRouting':
        void controller.retryRelaxed(alertId);
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
