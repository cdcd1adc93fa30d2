import * as vscode from 'vscode';
import { toHost, type ToHost } from '../../protocol/toHost.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import { applyToFile } from '../commands/applyToFile.ts';
import { attachContext } from '../commands/attachContext.ts';
import { insertAtCursor } from '../commands/insertAtCursor.ts';
import { newFile } from '../commands/newFile.ts';
import { openFile } from '../commands/openFile.ts';
import { saveImage } from '../commands/saveImage.ts';
import { searchChats } from '../commands/searchChats.ts';
import { attachContent, attachDropped } from '../context/dropped.ts';
import { commandIds, settingsSection, type CommandId } from '../contributions.ts';
import { CodeColours } from '../colours/codeColours.ts';
import type { DiagramPreview } from '../edits/diagramPreview.ts';
import type { InlineReview } from '../edits/inlineReview.ts';
import { language } from '../language.ts';
import { links } from '../links.ts';
import { logError } from '../log.ts';
import type { ChatController } from './chatController.ts';
import type { ChatRoom } from './chatRoom.ts';
import { Delivery } from './delivery.ts';
import { FileLookup } from './fileLookup.ts';
import { panelPage } from './panelPage.ts';
import { Suggestions } from './suggestions.ts';

/** What every page of a chat needs. */
export interface ChatPageParts {
  readonly extensionUri: vscode.Uri;
  readonly review: () => Promise<InlineReview>;
  readonly diagrams: DiagramPreview;
  /** Loads what the first request needs, while the user is still typing. */
  readonly warmUp: () => void;
  readonly log: vscode.LogOutputChannel;
}

/** Where a chat is drawn: VS Code's view, or a tab of an editor. */
export interface ChatPlace {
  readonly webview: vscode.Webview;
  readonly controller: ChatController;
  readonly reveal: () => Promise<void>;
  /** Hears the title of the chat that is shown. */
  readonly titled?: (title: string) => void;
}

/** Draws a chat into a webview, and takes what the user does there. */
export class ChatPage implements vscode.Disposable {
  readonly #parts: ChatPageParts;
  readonly #place: ChatPlace;
  /** What is done on this page concerns its own chat. */
  readonly room: ChatRoom;
  readonly #delivery: Delivery;
  readonly #colours: CodeColours;
  readonly #files: FileLookup;
  readonly #subscription: vscode.Disposable;
  readonly #suggestions = new Suggestions();
  /** Whether the page is there and has asked for its snapshot. */
  #drawn = false;
  #focusWanted = false;
  #messageToShow: string | undefined;

  constructor(parts: ChatPageParts, place: ChatPlace) {
    const { webview, controller, titled } = place;
    this.#parts = parts;
    this.#place = place;
    this.room = this.#makeRoom();
    this.#delivery = new Delivery(
      (message) => {
        this.#post(message);
      },
      () => controller.view(),
    );
    this.#colours = this.#makeColours();
    this.#files = this.#makeFileLookup();
    this.#subscription = webview.onDidReceiveMessage((message: unknown) => {
      this.#receive(message);
    });
    controller.observe({
      changed: (changes) => {
        this.#delivery.push(...changes);
        titled?.(controller.conversation.title);
      },
      replaced: () => {
        this.#delivery.replace();
        titled?.(controller.conversation.title);
      },
    });
    this.#draw();
  }

  /** A hidden page is thrown away; it asks for a snapshot when it is shown again. */
  hidden(): void {
    this.#drawn = false;
    this.#delivery.disconnect();
    this.#files.clear();
  }

  dispose(): void {
    this.hidden();
    this.#place.controller.observe(undefined);
    this.#subscription.dispose();
    this.#colours.dispose();
    this.#files.dispose();
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

  #draw(): void {
    const { webview } = this.#place;
    const root = vscode.Uri.joinPath(this.#parts.extensionUri, 'dist', 'panel');
    const words = vscode.l10n.bundle;
    const asset = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [root] };
    webview.html = panelPage({
      cspSource: webview.cspSource,
      nonce: crypto.randomUUID(),
      scriptUri: asset('panel.js'),
      styleUri: asset('panel.css'),
      translation: words && { language: language(), words },
    });
  }

  #makeRoom(): ChatRoom {
    const { controller, reveal } = this.#place;
    return {
      controller: () => Promise.resolve(controller),
      reveal,
      open: async () => {
        await reveal();
        this.focusComposer();
      },
      focusComposer: () => {
        this.focusComposer();
        return Promise.resolve();
      },
      showMessage: (messageId) => {
        this.showMessage(messageId);
        return Promise.resolve();
      },
    };
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

  #makeFileLookup(): FileLookup {
    return new FileLookup(
      (id, path) => {
        this.#post({ type: 'foundFiles', id, paths: [path] });
      },
      (error) => {
        logError(this.#parts.log, error);
      },
    );
  }

  #post(message: ToWebview): void {
    void this.#place.webview.postMessage(message);
  }

  #receive(input: unknown): void {
    const message = toHost.safeParse(input);
    if (message.success) {
      this.#dispatch(message.data);
    } else {
      this.#parts.log.warn('dropped a message of unknown form from the panel');
    }
  }

  #dispatch(message: ToHost): void {
    const { warmUp } = this.#parts;
    const { controller } = this.#place;
    switch (message.type) {
      case 'ready':
        this.#ready();
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
      case 'fork':
        controller.fork(message.messageId);
        break;
      case 'showVersion':
        controller.showVersion(message.messageId, message.step);
        break;
      case 'newChat':
        controller.newChat();
        break;
      case 'searchChats':
        this.#work(searchChats(this.room));
        break;
      case 'selectModel':
        run(commandIds.selectModel);
        break;
      case 'selectEffort':
        run(commandIds.selectEffort);
        break;
      case 'attachContext':
        this.#work(attachContext(this.room));
        break;
      case 'includeSecrets':
        this.#work(controller.includeSecrets(message.id));
        break;
      case 'suggest':
        this.#work(this.#suggest(message));
        break;
      case 'takeSuggestion':
        this.#work(this.#suggestions.take(message.id, controller));
        break;
      case 'attachUris':
        this.#work(attachDropped(controller, message.uris));
        break;
      case 'attachContent':
        this.#work(attachContent(controller, message));
        break;
      case 'removeAttachment':
        controller.detach(message.id);
        break;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        break;
      case 'colour':
        void this.#colours.ask(message.request);
        break;
      case 'findFiles':
        void this.#files.ask(message.question);
        break;
      case 'openFile':
        this.#work(openFile(message.place));
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

  async #suggest({ id, trigger, query }: Extract<ToHost, { type: 'suggest' }>): Promise<void> {
    this.#post({ type: 'suggestions', id, items: await this.#suggestions.suggest(trigger, query) });
  }

  /** What fails says so in the panel. */
  #work(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#place.controller.report(error);
    });
  }

  #ready(): void {
    this.#delivery.sendSnapshot();
    void this.#colours.clear();
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
    const { controller } = this.#place;
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
      case 'raiseLimit':
        void vscode.commands.executeCommand(
          'workbench.action.openSettings',
          `${settingsSection}.budget.perDay`,
        );
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
