import * as vscode from 'vscode';
import { contextTokenLimit, refusalOf, type ContextItem } from '../../core/context/contextItem.ts';
import type { ChatRequest } from '../../core/conversation/chatModel.ts';
import { ChatSession, type SessionChange, type SessionParts } from '../../core/conversation/chatSession.ts';
import type { AssistantMessage } from '../../core/conversation/message.ts';
import type { ModelCatalogue } from '../../core/model/catalogue.ts';
import type { CreditMonitor } from '../../core/model/creditMonitor.ts';
import { RequestError } from '../../core/model/requestError.ts';
import type { AlertView, ChatChange, ChatHeader, ChatView, KeyState } from '../../protocol/chatView.ts';
import { logError } from '../log.ts';
import { refusalWords } from '../context/refusalWords.ts';
import { remedies, reportOf, reportOfError, reportOfSaveFailure, type Report } from '../report.ts';
import type { Settings } from '../settings.ts';
import { toAttachmentView, toMessageView, toMessageViews } from './messageView.ts';

const lastConversation = 'switchboard.lastConversation';

/** What the controller is built from. */
export interface ControllerParts {
  readonly session: SessionParts;
  /** What of a request the server or the model will not get, in words. */
  readonly leftOut: (request: ReturnType<SessionParts['request']>) => readonly string[];
  readonly catalogue: ModelCatalogue;
  readonly credit: CreditMonitor;
  readonly settings: Settings;
  /** Remembers, for this workspace, which conversation was open. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

/** How a view hears of changes. */
export interface ChatObserver {
  changed(changes: readonly ChatChange[]): void;
  /** Too much has changed for deltas. */
  replaced(): void;
}

/** The chat of this window: the session that is shown, what is attached to the next question, and what went wrong. */
export class ChatController implements vscode.Disposable {
  readonly #parts: ControllerParts;
  readonly #subscriptions: { dispose(): void }[] = [];
  readonly #running = new Set<ChatSession>();
  #session: ChatSession;
  #attachments: readonly ContextItem[] = [];
  #alert: AlertView | undefined;
  #alertRetry: (() => void) | undefined;
  #observer: ChatObserver | undefined;
  /** What stands in the composer. */
  #draft = '';
  /** What has been said about things that are left out; it is said once. */
  readonly #told = new Set<string>();

  constructor(parts: ControllerParts) {
    this.#parts = parts;
    const id = parts.memory.get<string>(lastConversation);
    try {
      this.#session =
        (id === undefined ? undefined : ChatSession.resume(parts.session, id)) ??
        ChatSession.begin(parts.session);
    } catch (error) {
      // Whatever is wrong with the last chat, a new one must be possible.
      this.#session = ChatSession.begin(parts.session);
      logError(parts.log, error);
      this.raise({
        message: 'The last chat cannot be read. A new one was begun.',
        remedies: [remedies.dismiss],
      });
    }
    this.#listen(this.#session);
    this.#subscriptions.push(
      parts.credit.onDidChange(() => this.#headerChanged()),
      parts.catalogue.onDidChange(() => this.#headerChanged()),
      parts.settings.onDidChange(() => this.#headerChanged()),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) {
          this.#session.catchUp();
        }
      }),
    );
  }

  /** The one who draws; a new one takes the place of the last. */
  observe(observer: ChatObserver | undefined): void {
    this.#observer = observer;
  }

  view(): Omit<ChatView, 'revision'> {
    const { id, messages } = this.#session.conversation;
    return { conversationId: id, header: this.#header(), messages: toMessageViews(messages) };
  }

  /** Asks a question with what is attached; refuses, with words, what cannot be sent. */
  async ask(text: string, context: readonly ContextItem[] = this.#attachments): Promise<void> {
    if (text.trim() === '' || this.refuse(context)) {
      return;
    }
    if (context === this.#attachments) {
      this.#attachments = [];
    }
    this.#alert = undefined;
    this.#alertRetry = undefined;
    try {
      const answered = this.#session.send(text.trim(), context);
      void this.#parts.memory.update(lastConversation, this.#session.conversation.id);
      this.#headerChanged();
      await answered;
      this.#tellLeftOut();
    } catch (error) {
      this.report(error);
    }
    this.#headerChanged();
  }

  /** Notes what stands in the composer. */
  noteDraft(text: string): void {
    this.#draft = text;
  }

  /** What would be sent now; where nothing is typed, for the last question again. Nothing is sent. */
  nextRequest(): ChatRequest | undefined {
    return this.#session.requestFor(this.#draft, this.#attachments);
  }

  /** Says why these items cannot go with a question, if they cannot. Nothing is sent before this has passed. */
  refuse(context: readonly ContextItem[]): boolean {
    const model = this.#parts.catalogue.find(this.#parts.settings.model());
    const limit = contextTokenLimit(model?.contextLength);
    const total = context.reduce((sum, item) => sum + item.tokens, 0);
    for (const item of context) {
      const refusal = refusalOf(item.text, context.length > 1 ? total : item.tokens, limit);
      if (refusal) {
        this.raise({
          message: refusalWords(item.label, refusal),
          remedies: [remedies.switchModel, remedies.dismiss],
        });
        return true;
      }
    }
    return false;
  }

  /** Tries again what an alert is about: a command, or the question of an answer. */
  async retry(alertId: string): Promise<void> {
    if (this.#alert?.id === alertId) {
      const again = this.#alertRetry;
      this.#clearAlert();
      again?.();
      return;
    }
    const answered = this.#session.retry(alertId);
    this.#headerChanged();
    await answered;
    this.#headerChanged();
  }

  stop(): void {
    this.#session.stop();
  }

  /** Begins a new conversation. An answer that is still on its way goes on, and is kept. */
  newChat(): void {
    if (this.#session.conversation.messages.length === 0 && this.#alert === undefined) {
      return;
    }
    const previous = this.#session;
    this.#session = ChatSession.begin(this.#parts.session);
    if (!previous.busy) {
      previous.dispose();
    }
    this.#alert = undefined;
    this.#listen(this.#session);
    void this.#parts.memory.update(lastConversation, undefined);
    this.#observer?.replaced();
  }

  /** Attaches an item to the next question. */
  attach(item: ContextItem): void {
    if (!this.refuse([...this.#attachments, item])) {
      this.#attachments = [...this.#attachments, item];
      this.#headerChanged();
    }
  }

  detach(id: string): void {
    this.#attachments = this.#attachments.filter((item) => item.id !== id);
    this.#headerChanged();
  }

  /** Shows a failure that belongs to no message; `again` is what "Try again" does. */
  raise(report: Report, again?: () => void): void {
    const ways = report.remedies.filter((remedy) => remedy.kind !== 'tryAgain' || again !== undefined);
    this.#alert = { id: crypto.randomUUID(), ...report, remedies: ways };
    this.#alertRetry = again;
    this.#headerChanged();
  }

  /** Shows any error as an alert. The log gets its kind and place, never the words of a service or a user. */
  report(error: unknown, again?: () => void): void {
    logError(this.#parts.log, error);
    this.raise(reportOfError(error), again);
  }

  dismiss(alertId: string): void {
    if (this.#alert?.id === alertId) {
      this.#clearAlert();
    }
  }

  /** Says once what the question goes without, for example web search on a server that has none. */
  #tellLeftOut(): void {
    const request = this.#parts.session.request();
    const words = this.#parts.leftOut(request).filter((each) => !this.#told.has(each));
    if (words.length > 0) {
      words.forEach((each) => this.#told.add(each));
      this.raise({ message: words.join(' '), remedies: [remedies.openSettings, remedies.dismiss] });
    }
  }

  #clearAlert(): void {
    this.#alert = undefined;
    this.#alertRetry = undefined;
    this.#headerChanged();
  }

  dispose(): void {
    for (const each of [...this.#subscriptions, ...this.#running, this.#session]) {
      each.dispose();
    }
  }

  #listen(session: ChatSession): void {
    this.#subscriptions.push(session.onDidChange((change) => this.#follow(session, change)));
  }

  #follow(session: ChatSession, change: SessionChange): void {
    if (change.type === 'ended') {
      this.#ended(session, change.message);
    } else if (change.type === 'saveFailed') {
      logError(this.#parts.log, change.error);
      this.raise(reportOfSaveFailure(change.error));
    }
    if (session !== this.#session) {
      return;
    }
    switch (change.type) {
      case 'message':
        this.#running.add(session);
        this.#observer?.changed([{ type: 'message', message: toMessageView(change.message) }]);
        break;
      case 'append':
        this.#observer?.changed([change]);
        break;
      case 'reloaded':
        this.#observer?.replaced();
        break;
      case 'ended':
      case 'saveFailed':
        break;
      default:
        change satisfies never;
    }
  }

  #ended(session: ChatSession, message: AssistantMessage): void {
    this.#running.delete(session);
    const { outcome } = message.answer;
    if (outcome.state === 'failed') {
      this.#parts.log.warn(
        `request failed: ${outcome.failure.kind}, status ${String(outcome.failure.status)}`,
      );
      if (outcome.failure.kind === 'key') {
        void this.#parts.credit.refresh();
        return;
      }
    }
    this.#parts.credit.refreshSoon();
  }

  #headerChanged(): void {
    this.#observer?.changed([{ type: 'header', header: this.#header() }]);
  }

  #header(): ChatHeader {
    const model = this.#parts.settings.model();
    const alert = this.#alert ?? this.#baseUrlAlert();
    return {
      key: keyStateOf(this.#parts.credit),
      model: { id: model, name: this.#parts.catalogue.nameOf(model) },
      title: this.#session.conversation.title,
      attachments: this.#attachments.map(toAttachmentView),
      busy: this.#session.busy,
      ...(alert && { alert }),
    };
  }

  /** A base URL that cannot be used is told before anyone asks a question in vain. */
  #baseUrlAlert(): AlertView | undefined {
    try {
      this.#parts.settings.baseUrl();
      return undefined;
    } catch (error) {
      return error instanceof RequestError ? { id: 'baseUrl', ...reportOf(error) } : undefined;
    }
  }
}

function keyStateOf({ credit }: CreditMonitor): KeyState {
  switch (credit.state) {
    case 'unknown':
      return 'unknown';
    case 'missing':
    case 'rejected':
      return credit.state;
    case 'known':
    case 'offline':
    // A server without records of keys may want none.
    case 'none':
      return 'set';
    default:
      return credit satisfies never;
  }
}
