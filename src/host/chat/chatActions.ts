import { isAnswerRemedy, isOutsideRemedy, type AnswerRemedyKind } from '../../protocol/remedies.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import type { Answer } from '../../core/conversation/message.ts';
import type { AnswerTools } from '../answers/answerTools.ts';
import { attachContent, attachDropped } from '../context/dropped.ts';
import { runCommand } from '../platform/commands.ts';
import { commandIds } from '../platform/contributions.ts';
import { restoreFocusAfter } from '../platform/restoreFocusAfter.ts';
import { runRemedyCommand } from '../webviews/remedyCommand.ts';
import { attachContext } from './attachMenu.ts';
import type { ChatController } from './chatController.ts';
import type { ChatSurface } from './chatSurface.ts';
import { Suggestions } from './suggestions.ts';

/** What the user's actions need that the page doesn't have. */
export interface ChatActionParts {
  /** Loads what the first request needs, while the user is typing. */
  readonly warmUp: () => void;
  /** Asks which model should answer this once, in place of the chat's. */
  readonly chooseModel: (current: string) => Promise<string | undefined>;
  /** Never uses the provider of an answer again. */
  readonly avoidProvider: (answer: Answer) => Promise<unknown>;
  /** Shows what a chat would have cost on other models. */
  readonly costElsewhere: (surface: ChatSurface) => Promise<unknown>;
  /** Lists the chats, and shows the chosen one on this surface. */
  readonly searchChats: (surface: ChatSurface) => Promise<unknown>;
}

/** New words for a question that weren't sent. */
export interface RefusedEdit {
  readonly messageId: string;
  readonly text: string;
}

/** The page on which the user acts. */
interface ActedOnPage {
  readonly controller: ChatController;
  readonly surface: ChatSurface;
  readonly tools: AnswerTools;
  readonly post: (message: ToWebview) => void;
  readonly refused: (edit: RefusedEdit) => void;
}

/** Handles the user's actions on a chat page. */
export class ChatActions {
  readonly #parts: ChatActionParts;
  readonly #page: ActedOnPage;
  readonly #suggestions = new Suggestions();

  constructor(parts: ChatActionParts, page: ActedOnPage) {
    this.#parts = parts;
    this.#page = page;
  }

  take(message: Exclude<ToHost, { type: 'ready' }>): void {
    const { warmUp } = this.#parts;
    const { controller, surface, tools } = this.#page;
    switch (message.type) {
      case 'composing':
        warmUp();
        controller.questions.warmUp();
        break;
      case 'draft':
        warmUp();
        controller.next.noteDraft(message.text);
        break;
      case 'send':
        this.work(this.#ask(message.text));
        break;
      case 'stop':
        controller.stop();
        break;
      case 'regenerate':
        this.work(controller.again.regenerate(message.messageId));
        break;
      case 'regenerateWith':
        this.#away(this.#regenerateWith(message.messageId));
        break;
      case 'edit':
        this.work(this.#edit(message));
        break;
      case 'avoidProvider':
        this.#away(this.#avoidProvider(message.messageId));
        break;
      case 'costElsewhere':
        this.#away(this.#parts.costElsewhere(surface));
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
        this.work(surface.focusComposer());
        break;
      case 'showUsage':
        void runCommand(commandIds.showUsage);
        break;
      case 'searchChats':
        this.#away(this.#parts.searchChats(surface));
        break;
      case 'selectModel':
        this.#away(runCommand(commandIds.selectModel));
        break;
      case 'selectEffort':
        this.#away(runCommand(commandIds.selectEffort));
        break;
      case 'attachContext':
        this.#away(attachContext(surface));
        break;
      case 'includeSecrets':
        this.#away(controller.next.includeSecrets(message.id));
        break;
      case 'suggest':
        this.work(this.#suggest(message));
        break;
      case 'takeSuggestion':
        this.#away(this.#suggestions.take(message.id, controller.next));
        break;
      case 'attachUris':
        this.work(attachDropped(controller.next, message.uris));
        break;
      case 'attachContent':
        this.work(attachContent(controller.next, message));
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
        tools.take(message);
        break;
      case 'remedy':
        this.#remedy(message);
        break;
      default:
        message satisfies never;
    }
  }

  /** Failures are reported in the panel. */
  work(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#page.controller.report(error);
    });
  }

  async #edit({ messageId, text }: Extract<ToHost, { type: 'edit' }>): Promise<void> {
    const refused = (): void => {
      this.#page.refused({ messageId, text });
    };
    try {
      if ((await this.#page.controller.again.edit(messageId, text)) === 'refused') {
        refused();
      }
    } catch (error) {
      refused();
      throw error;
    }
  }

  /** A question that is not asked is given back. */
  async #ask(text: string): Promise<void> {
    if ((await this.#page.controller.ask(text)) === 'refused') {
      this.#page.post({ type: 'notAsked' });
    }
  }

  /** If the question was already sent, there is nothing to give back. */
  #giveBack(text: string | undefined): void {
    if (text !== undefined) {
      this.#page.post({ type: 'giveBack', text });
      this.work(this.#page.surface.focusComposer());
    }
  }

  async #regenerateWith(answerId: string): Promise<void> {
    const model = await this.#parts.chooseModel(this.#page.controller.model);
    if (model !== undefined) {
      this.work(this.#page.controller.again.regenerate(answerId, model));
    }
  }

  async #avoidProvider(answerId: string): Promise<void> {
    const message = this.#page.controller.conversation.messages.find(({ id }) => id === answerId);
    if (message?.role === 'assistant') {
      await this.#parts.avoidProvider(message.answer);
    }
  }

  async #suggest({ id, trigger, query }: Extract<ToHost, { type: 'suggest' }>): Promise<void> {
    this.#page.post({ type: 'suggestions', id, items: await this.#suggestions.suggest(trigger, query) });
  }

  /** Work that leaves the page: a list, a dialog, a file. */
  #away(work: PromiseLike<unknown>): void {
    this.work(restoreFocusAfter(work, () => this.#page.surface.open()));
  }

  #remedy({ kind, alertId, model }: Extract<ToHost, { type: 'remedy' }>): void {
    const { controller } = this.#page;
    if (isOutsideRemedy(kind)) {
      this.#away(runRemedyCommand(kind));
    } else if (isAnswerRemedy(kind)) {
      this.work(askDifferently(controller.again, kind, alertId, model));
    } else if (kind === 'tryAgain') {
      this.work(controller.retry(alertId));
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
