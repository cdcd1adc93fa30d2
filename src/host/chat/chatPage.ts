import type * as vscode from 'vscode';
import { toHost, type ToHost } from '../../protocol/toHost.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import { AnswerTools, type AnswerToolParts } from '../answers/answerTools.ts';
import { ChatActions, type ChatActionParts, type RefusedEdit } from './chatActions.ts';
import type { ChatController } from './chatController.ts';
import type { ChatSurface, FoundMessage } from './chatSurface.ts';
import { Delivery } from '../webviews/delivery.ts';
import { WebviewPage } from '../webviews/webviewPage.ts';

export interface ChatPageParts extends AnswerToolParts, ChatActionParts {}

/** Where a chat is rendered: VS Code's view or an editor tab. */
export interface ChatPlace {
  readonly webview: vscode.Webview;
  readonly controller: ChatController;
  readonly reveal: () => Promise<void>;
  /** Receives the visible chat's title. */
  readonly titled?: (title: string) => void;
}

/** Renders a chat in a webview; `ChatActions` handles the user's actions. */
export class ChatPage implements vscode.Disposable {
  readonly #parts: ChatPageParts;
  readonly #place: ChatPlace;
  /** This page's actions concern its own chat. */
  readonly surface: ChatSurface;
  readonly #delivery: Delivery;
  readonly #tools: AnswerTools;
  readonly #page: WebviewPage<ToHost, ToWebview>;
  readonly #actions: ChatActions;
  /** Whether the page exists and has requested its snapshot. */
  #drawn = false;
  #focusWanted = false;
  #messageToShow: FoundMessage | undefined;
  #refusedEdit: RefusedEdit | undefined;

  constructor(parts: ChatPageParts, place: ChatPlace) {
    const { webview, controller, titled } = place;
    this.#parts = parts;
    this.#place = place;
    this.surface = this.#makeRoom();
    this.#delivery = new Delivery(
      (message) => {
        this.#post(message);
      },
      () => controller.view(),
    );
    this.#tools = new AnswerTools(parts, {
      post: (message) => {
        this.#post(message);
      },
      report: (error) => {
        controller.report(error);
      },
    });
    this.#actions = new ChatActions(parts, {
      ...{ controller, surface: this.surface, tools: this.#tools },
      post: (message) => {
        this.#post(message);
      },
      refused: (edit) => {
        this.#refusedEdit = edit;
        if (this.#drawn) {
          this.#showWhatIsWaiting();
        }
      },
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
      returned: () => {
        this.#actions.work(this.surface.open());
      },
    });
    this.#page = new WebviewPage({
      ...{ webview, extensionUri: parts.extensionUri, log: parts.log },
      files: { script: 'panel.js', style: 'panel.css' },
      inbound: toHost,
      take: (message) => {
        if (message.type === 'ready') {
          this.#ready();
        } else {
          this.#actions.take(message);
        }
      },
      failed: (error) => {
        controller.report(error);
      },
    });
  }

  /** A hidden page is discarded; it requests a snapshot when shown again. */
  hidden(): void {
    this.#drawn = false;
    this.#delivery.disconnect();
    this.#tools.hidden();
  }

  dispose(): void {
    this.hidden();
    this.#place.controller.observe(undefined);
    this.#page.dispose();
    this.#tools.dispose();
  }

  /** Now if the panel is rendered, otherwise when it is ready. */
  focusComposer(): void {
    this.#focusWanted = true;
    if (this.#drawn) {
      this.#showWhatIsWaiting();
    }
  }

  /** Now if the panel is rendered, otherwise when it is ready. */
  showMessage(found: FoundMessage): void {
    this.#messageToShow = found;
    if (this.#drawn) {
      this.#showWhatIsWaiting();
    }
  }

  #makeRoom(): ChatSurface {
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
      showMessage: (found) => {
        this.showMessage(found);
        return Promise.resolve();
      },
    };
  }

  #post(message: ToWebview): void {
    this.#page.post(message);
  }

  #ready(): void {
    this.#delivery.sendSnapshot();
    this.#tools.begin();
    this.#drawn = true;
    this.#showWhatIsWaiting(true);
    this.#parts.warmUp();
  }

  #showWhatIsWaiting(late = false): void {
    if (this.#focusWanted) {
      this.#post({ type: 'focusComposer', late });
    }
    if (this.#refusedEdit) {
      this.#post({ type: 'editRefused', ...this.#refusedEdit });
    }
    if (this.#messageToShow) {
      this.#post({ type: 'showMessage', ...this.#messageToShow });
    }
    this.#focusWanted = false;
    this.#messageToShow = undefined;
    this.#refusedEdit = undefined;
  }
}
