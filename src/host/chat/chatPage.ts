import type * as vscode from 'vscode';
import { toHost, type ToHost } from '../../protocol/toHost.ts';
import { isAnswerRemedy, isOutsideRemedy, type AnswerRemedyKind } from '../../protocol/remedies.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import { attachContext } from './attachMenu.ts';
import { attachContent, attachDropped } from '../context/dropped.ts';
import { runCommand } from '../platform/commands.ts';
import { commandIds } from '../platform/contributions.ts';
import { AnswerTools, type AnswerToolParts } from '../answers/answerTools.ts';
import { restoreFocusAfter } from '../platform/restoreFocusAfter.ts';
import type { ChatController } from './chatController.ts';
import type { ChatSurface, FoundMessage } from './chatSurface.ts';
import { Delivery } from '../webviews/delivery.ts';
import { WebviewPage } from '../webviews/webviewPage.ts';
import { runRemedyCommand } from '../webviews/remedyCommand.ts';
import { Suggestions } from './suggestions.ts';

export interface ChatPageParts extends AnswerToolParts {
  /** Loads what the first request needs, while the user is typing. */
  readonly warmUp: () => void;
  /** Asks which model should answer this once. */
  readonly chooseModel: () => Promise<string | undefined>;
  /** Lists the chats, and shows the chosen one on this surface. */
  readonly searchChats: (surface: ChatSurface) => Promise<unknown>;
}

/** Where a chat is rendered: VS Code's view or an editor tab. */
export interface ChatPlace {
  readonly webview: vscode.Webview;
  readonly controller: ChatController;
  readonly reveal: () => Promise<void>;
  /** Receives the visible chat's title. */
  readonly titled?: (title: string) => void;
}

/** Renders a chat in a webview and handles the user's actions. */
export class ChatPage implements vscode.Disposable {
  readonly #parts: ChatPageParts;
  readonly #place: ChatPlace;
  /** This page's actions concern its own chat. */
  readonly surface: ChatSurface;
  readonly #delivery: Delivery;
  readonly #tools: AnswerTools;
  readonly #page: WebviewPage<ToHost, ToWebview>;
  readonly #suggestions = new Suggestions();
  /** Whether the page exists and has requested its snapshot. */
  #drawn = false;
  #focusWanted = false;
  #messageToShow: FoundMessage | undefined;
  #refusedEdit: { readonly messageId: string; readonly text: string } | undefined;

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
        this.#work(this.surface.open());
      },
    });
    this.#page = new WebviewPage({
      ...{ webview, extensionUri: parts.extensionUri, log: parts.log },
      files: { script: 'panel.js', style: 'panel.css' },
      inbound: toHost,
      take: (message) => {
        this.#take(message);
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

  #take(message: ToHost): void {
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
        warmUp();
        controller.next.noteDraft(message.text);
        break;
      case 'send':
        this.#work(this.#ask(message.text));
        break;
      case 'stop':
        controller.stop();
        break;
      case 'regenerate':
        this.#work(controller.again.regenerate(message.messageId));
        break;
      case 'regenerateWith':
        this.#away(this.#regenerateWith(message.messageId));
        break;
      case 'edit':
        this.#work(this.#edit(message));
        break;
      case 'fork':
        controller.chats.fork(message.messageId);
        break;
      case 'showVersion':
        controller.showVersion(message.messageId, message.step);
        break;
      case 'withdraw':
        this.#giveBack(controller.withdraw(message.messageId));
        break;
      case 'newChat':
        controller.newChat();
        this.focusComposer();
        break;
      case 'showUsage':
        void runCommand(commandIds.showUsage);
        break;
      case 'searchChats':
        this.#away(this.#parts.searchChats(this.surface));
        break;
      case 'selectModel':
        this.#away(runCommand(commandIds.selectModel));
        break;
      case 'selectEffort':
        this.#away(runCommand(commandIds.selectEffort));
        break;
      case 'attachContext':
        this.#away(attachContext(this.surface));
        break;
      case 'includeSecrets':
        this.#away(controller.next.includeSecrets(message.id));
        break;
      case 'suggest':
        this.#work(this.#suggest(message));
        break;
      case 'takeSuggestion':
        this.#away(this.#suggestions.take(message.id, controller.next));
        break;
      case 'attachUris':
        this.#work(attachDropped(controller.next, message.uris));
        break;
      case 'attachContent':
        this.#work(attachContent(controller.next, message));
        break;
      case 'removeAttachment':
        controller.next.detach(message.id);
        break;
      case 'copy':
      case 'color':
      case 'findFiles':
      case 'openFile':
      case 'saveImage':
      case 'insertAtCursor':
      case 'newFile':
      case 'applyToFile':
      case 'openDiagram':
        this.#tools.take(message);
        break;
      case 'remedy':
        this.#remedy(message);
        break;
      default:
        message satisfies never;
    }
  }

  async #edit({ messageId, text }: Extract<ToHost, { type: 'edit' }>): Promise<void> {
    const refused = (): void => {
      this.#refusedEdit = { messageId, text };
      if (this.#drawn) {
        this.#showWhatIsWaiting();
      }
    };
    try {
      if ((await this.#place.controller.again.edit(messageId, text)) === 'refused') {
        refused();
      }
    } catch (error) {
      refused();
      throw error;
    }
  }

  /** A question that is not asked is given back. */
  async #ask(text: string): Promise<void> {
    if ((await this.#place.controller.ask(text)) === 'refused') {
      this.#post({ type: 'notAsked' });
    }
  }

  /** If the question was already sent, there is nothing to give back. */
  #giveBack(text: string | undefined): void {
    if (text !== undefined) {
      this.#post({ type: 'giveBack', text });
      this.focusComposer();
    }
  }

  async #regenerateWith(answerId: string): Promise<void> {
    const model = await this.#parts.chooseModel();
    if (model !== undefined) {
      this.#work(this.#place.controller.again.regenerate(answerId, model));
    }
  }

  async #suggest({ id, trigger, query }: Extract<ToHost, { type: 'suggest' }>): Promise<void> {
    this.#post({ type: 'suggestions', id, items: await this.#suggestions.suggest(trigger, query) });
  }

  /** Work that leaves the page: a list, a dialog, a file. */
  #away(work: PromiseLike<unknown>): void {
    this.#work(restoreFocusAfter(work, () => this.surface.open()));
  }

  /** Failures are reported in the panel. */
  #work(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#place.controller.report(error);
    });
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

  #remedy({ kind, alertId, model }: Extract<ToHost, { type: 'remedy' }>): void {
    const { controller } = this.#place;
    if (isOutsideRemedy(kind)) {
      this.#away(runRemedyCommand(kind));
    } else if (isAnswerRemedy(kind)) {
      this.#work(askDifferently(controller.again, kind, alertId, model));
    } else if (kind === 'tryAgain') {
      this.#work(controller.retry(alertId));
    } else {
      controller.dismiss(alertId);
    }
  }
}

/** Asks for a failed answer again, in the way that its remedy names. */
async function askDifferently(
  again: ChatController['again'],
  kind: AnswerRemedyKind,
  answerId: string,
  model: string | undefined,
): Promise<void> {
  switch (kind) {
    case 'useFreeModel':
    case 'useModel':
      if (model !== undefined) {
        await again.askModel(answerId, model);
      }
      break;
    case 'lowerLength':
      await again.askShorter(answerId);
      break;
    case 'continue':
      await again.continue(answerId);
      break;
    case 'relaxRouting':
      await again.askRelaxed(answerId);
      break;
    default:
      kind satisfies never;
  }
}
