import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanText } from '../../core/context/clean.ts';
import type { ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { RequestEstimate, RequestSize } from '../../core/conversation/generation/requestEstimate.ts';
import type { SessionChange } from '../../core/conversation/session/sessionChange.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import { Emitter } from '../../core/util/emitter.ts';
import type { ChatChange, ChatHeader, ChatView } from '../../protocol/chatView.ts';
import type { ContextGuard } from '../context/contextGuard.ts';
import type { Instructions } from '../context/instructions.ts';
import { routingOf } from '../platform/routingSettings.ts';
import { confirmRelaxing } from '../words/relaxing.ts';
import { logError } from '../platform/log.ts';
import { remedies, reportOfError, reportOfSaveFailure, type Report } from '../words/report.ts';
import { agreements } from './agreements.ts';
import { AlertBoard } from './alertBoard.ts';
import { AskFlow, type AskOutcome, type GivenQuestion, type NotedAnswer } from './askFlow.ts';
import { RetryActions } from './retryActions.ts';
import { chatHeader, knownModels, type HeaderParts } from './chatHeader.ts';
import { toMessageViews } from '../answers/messageView.ts';
import { ComposerState } from './composerState.ts';
import { QuestionGuard } from '../context/questionGuard.ts';
import { CurrentConversation, type ShownChatParts } from './currentConversation.ts';
import { viewChangeOf } from './viewChange.ts';

export interface ControllerParts extends HeaderParts, ShownChatParts {
  readonly guard: ContextGuard;
  readonly instructions: Instructions;
  /** A request's tokens and cost. */
  readonly estimate: (request: ChatRequest) => RequestEstimate;
  /** Waits until prices are known, as far as they can be. */
  readonly pricesKnown: () => Promise<void>;
  readonly estimateSize: (settings: RequestSettings, size: RequestSize) => RequestEstimate;
  /** Settings that the server or model won't get, in words. */
  readonly leftOut: (model: string) => readonly string[];
  readonly leaveOutOldest: (conversationId: string) => void;
  readonly log: vscode.LogOutputChannel;
}

/** How a view is notified. */
export interface ChatObserver {
  changed(changes: readonly ChatChange[]): void;
  /** Too much changed for deltas. */
  replaced(): void;
  /** The user has answered a dialog about the view's request, and focus belongs there. */
  returned(): void;
}

/** One chat surface: the visible session, what is asked in it, and errors. */
export class ChatController implements vscode.Disposable {
  readonly #parts: ControllerParts;
  readonly #subscriptions: { dispose(): void }[] = [];
  readonly #alerts: AlertBoard;
  /** Guards everything between the user's work and what is sent. */
  readonly questions: QuestionGuard;
  readonly #flow: AskFlow;
  /** Retries and regenerates. */
  readonly again: RetryActions;
  /** Which of all chats is shown. */
  readonly chats: CurrentConversation;
  /** The question being written. */
  readonly next: ComposerState;
  #observer: ChatObserver | undefined;
  readonly #modelChanged = new Emitter<undefined>();
  /** Fires when another chat is shown or this one changes its model. */
  readonly onDidChangeModel = this.#modelChanged.event;

  constructor(parts: ControllerParts) {
    this.#parts = parts;
    const headerChanged = (): void => {
      this.#headerChanged();
    };
    const raise = (report: Report): void => {
      this.raise(report);
    };
    this.#alerts = new AlertBoard(parts.settings, headerChanged);
    this.questions = new QuestionGuard({
      ...parts,
      model: () => this.model,
      raise,
    });
    this.next = new ComposerState({
      ...parts,
      session: () => this.#session,
      questions: this.questions,
      raise,
      changed: headerChanged,
    });
    this.#flow = new AskFlow({
      ...parts,
      session: () => this.#session,
      questions: this.questions,
      next: this.next,
      ...agreements(parts),
      newChat: () => {
        this.chats.begin();
      },
      asking: () => {
        // Sending reports its own problems after this.
        this.#alerts.clear();
      },
      began: (session) => {
        if (session === this.#session) {
          this.chats.remember();
        }
        this.#headerChanged();
      },
      ended: headerChanged,
      returned: () => this.#observer?.returned(),
    });
    this.again = new RetryActions({
      session: () => this.#session,
      questions: this.questions,
      model: () => this.model,
      routing: (model) => routingOf(parts.settings, model),
      confirmRelaxing,
      send: (session, prepare) => this.#flow.send(session, prepare),
    });
    this.chats = new CurrentConversation(parts, {
      changed: () => {
        this.#alerts.clear();
        this.#alerts.tellUnreadable(this.conversation);
        this.#observer?.replaced();
        this.#modelChanged.fire(undefined);
      },
      unreadable: (error) => {
        logError(parts.log, error);
        this.#alerts.tellLastUnreadable();
      },
    });
    this.#alerts.tellUnreadable(this.conversation);
    this.#subscriptions.push(
      parts.pool.onDidChange(({ session, change }) => {
        this.#follow(session, change);
      }),
      parts.instructions.onDidChange(headerChanged),
      parts.credit.onDidChange(headerChanged),
      parts.catalog.onDidChange(headerChanged),
      parts.settings.onDidChange(headerChanged),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) {
          this.#session.catchUp();
        }
      }),
    );
  }

  /** The current view; a new one replaces it. */
  observe(observer: ChatObserver | undefined): void {
    this.#observer = observer;
  }

  view(): Omit<ChatView, 'revision'> {
    return {
      conversationId: this.#session.conversation.id,
      header: this.#header(),
      messages: toMessageViews(this.#session, knownModels(this.#parts)),
    };
  }

  /** Asks a question; see `AskFlow`. What goes wrong is told, and then nothing was asked. */
  async ask(text: string, given?: GivenQuestion): Promise<AskOutcome> {
    try {
      const outcome = await this.#flow.ask(text, given);
      if (outcome === 'asked') {
        this.#alerts.tellLeftOut(this.#parts.leftOut(this.model));
      }
      return outcome;
    } catch (error) {
      this.report(error);
      return 'refused';
    }
  }

  /** Adds a command's result to the chat, where the user can continue. Nothing is sent. */
  note(text: CleanText, answer: NotedAnswer): Promise<void> {
    return this.#flow.note(text, answer);
  }

  /** Retries what an alert is about: a command or an answer's question. */
  async retry(alertId: string): Promise<void> {
    if (!this.#alerts.retry(alertId)) {
      await this.again.ask(alertId);
    }
  }

  showVersion(messageId: string, step: number): void {
    this.#session.showVersion(messageId, step);
  }

  /** Shows a message that may be in another version. */
  showVersionOf(messageId: string): void {
    this.#session.reveal(messageId);
  }

  /** Withdraws a queued question and returns its words; its attachments are attached again. */
  withdraw(questionId: string): string | undefined {
    const asked = this.#session.withdraw(questionId);
    if (asked) {
      this.next.takeBack(asked);
    }
    return asked?.text;
  }

  stop(): void {
    this.#session.stop();
  }

  /** Starts a new conversation, unless this one is empty. */
  newChat(): void {
    if (this.#session.conversation.messages.length > 0 || this.#alerts.raised) {
      this.chats.begin();
    }
  }

  /** Shows a saved chat, or says that it no longer exists. */
  open(conversationId: string): void {
    if (!this.chats.open(conversationId)) {
      this.raise({ message: t('This chat no longer exists.'), remedies: [remedies.dismiss] });
    }
  }

  /** The visible chat. */
  get conversation(): Conversation {
    return this.#session.conversation;
  }

  /** The visible chat's model. */
  get model(): string {
    return this.#session.conversation.model ?? this.#parts.settings.model();
  }

  /** Sets or clears this chat's own model. */
  setModel(model: string | undefined): void {
    this.#session.setModel(model);
  }

  get #session(): ChatSession {
    return this.chats.session;
  }

  /** Shows a failure that belongs to no message; `again` is what "Try again" does. */
  raise(report: Report, again?: () => void): void {
    this.#alerts.raise(report, again);
  }

  /** Shows any error as an alert. The log gets its kind and place, never the words of a service or a user. */
  report(error: unknown, again?: () => void): void {
    logError(this.#parts.log, error);
    this.raise(reportOfError(error), again);
  }

  dismiss(alertId: string): void {
    this.#alerts.dismiss(alertId);
  }

  dispose(): void {
    this.next.dispose();
    this.#modelChanged.dispose();
    for (const each of this.#subscriptions) {
      each.dispose();
    }
    this.chats.release();
  }

  #follow(session: ChatSession, change: SessionChange): void {
    if (session !== this.#session) {
      return;
    }
    if (change.type === 'saveFailed') {
      logError(this.#parts.log, change.error);
      this.raise(reportOfSaveFailure(change.error));
    }
    if (change.type === 'head') {
      this.#modelChanged.fire(undefined);
    }
    if (change.type === 'head' || change.type === 'ended' || change.type === 'settled') {
      this.#headerChanged();
    }
    const step = viewChangeOf(session, change, knownModels(this.#parts));
    if (step === 'replaced') {
      this.#observer?.replaced();
    } else if (step) {
      this.#observer?.changed([step]);
    }
  }

  #headerChanged(): void {
    this.#observer?.changed([{ type: 'header', header: this.#header() }]);
  }

  #header(): ChatHeader {
    const { model, next } = this;
    return chatHeader(this.#parts, { session: this.#session, model, next, alert: this.#alerts.alert });
  }
}
