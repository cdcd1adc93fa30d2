import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { AnswerOrigin, ChatRequest, ResponseEvent } from '../../core/conversation/chatModel.ts';
import type { AnswerSource, ChatSession, SessionChange } from '../../core/conversation/chatSession.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { ConversationArchive } from '../../core/conversation/conversationArchive.ts';
import type { ConversationStore } from '../../core/conversation/conversationStore.ts';
import { conversationUsage } from '../../core/conversation/generations.ts';
import { forkOf } from '../../core/conversation/fork.ts';
import type { MediaItem } from '../../core/conversation/mediaItem.ts';
import type { Usage } from '../../core/conversation/message.ts';
import type { RequestEstimate } from '../../core/conversation/requestEstimate.ts';
import type { SessionPool } from '../../core/conversation/sessionPool.ts';
import type { ModelCatalogue } from '../../core/model/catalogue.ts';
import type { CreditMonitor } from '../../core/model/creditMonitor.ts';
import { formatCost, type PicoDollars } from '../../core/model/money.ts';
import { RequestError } from '../../core/model/requestError.ts';
import { effortsOf, type RequestSettings } from '../../core/model/requestSettings.ts';
import { Emitter } from '../../core/util/emitter.ts';
import type { ChatChange, ChatHeader, ChatView, EstimateView, KeyState } from '../../protocol/chatView.ts';
import type { ContextGuard } from '../context/contextGuard.ts';
import type { Instructions } from '../context/instructions.ts';
import { confirmCost } from '../confirmCost.ts';
import { logError } from '../log.ts';
import { effortName } from '../models/effortName.ts';
import { remedies, reportOfError, reportOfSaveFailure, type KnownModels, type Report } from '../report.ts';
import type { Settings } from '../settings.ts';
import { AlertBoard } from './alertBoard.ts';
import { AskingAgain } from './askingAgain.ts';
import { Attachments } from './attachments.ts';
import { toEstimateView } from './estimateView.ts';
import { spentWords, toAttachmentView, toMessageViews } from './messageView.ts';
import { QuestionGuard } from './questionGuard.ts';
import { viewChangeOf } from './viewChange.ts';

/** While one types, what the question takes is told this often, in milliseconds. */
const estimateEveryMs = 120;

/** What the controller is built from. */
export interface ControllerParts {
  readonly pool: SessionPool;
  readonly store: ConversationStore;
  readonly archive: ConversationArchive;
  readonly guard: ContextGuard;
  readonly instructions: Instructions;
  /** What a request takes and costs. */
  readonly estimate: (request: ChatRequest) => RequestEstimate;
  /** What was spent since midnight, by all windows. */
  readonly spentToday: () => PicoDollars;
  /** What of the settings the server or the model will not get, in words. */
  readonly leftOut: (model: string) => readonly string[];
  readonly catalogue: ModelCatalogue;
  readonly credit: CreditMonitor;
  readonly settings: Settings;
  /** The conversation to begin with; a new one when absent. */
  readonly first?: string | undefined;
  /** Remembers which conversation is shown; nothing for one that is still empty. */
  readonly remember: (conversationId: string | undefined) => void;
  readonly log: vscode.LogOutputChannel;
}

/** A question that a command asks. */
export interface GivenQuestion {
  /** What goes with it, in the place of what is attached in the panel. */
  readonly context: readonly ContextItem[];
  /** In what its request differs from others. */
  readonly settings?: Partial<RequestSettings>;
  /** How its answer comes, when that is not the model's text as it is. */
  readonly answer?: AnswerSource;
}

/** What a command was answered elsewhere, as the chat keeps it. */
export interface NotedAnswer {
  /** What the model was shown, without secrets. */
  readonly context: readonly ContextItem[];
  readonly markdown: string;
  readonly usage: Usage | undefined;
  /** The model that was asked, and who answered. */
  readonly model: string;
  readonly origin: AnswerOrigin | undefined;
}

/** How a view hears of changes. */
export interface ChatObserver {
  changed(changes: readonly ChatChange[]): void;
  /** Too much has changed for deltas. */
  replaced(): void;
}

/** One place that shows a chat: the session that is shown, what is attached to the next question, and what went wrong. */
export class ChatController implements vscode.Disposable {
  readonly #parts: ControllerParts;
  readonly #subscriptions: { dispose(): void }[] = [];
  #session: ChatSession;
  readonly #attachments = new Attachments();
  readonly #alerts: AlertBoard;
  /** Stands between the user's work and all that is sent. */
  readonly questions: QuestionGuard;
  /** Asks again what has been asked before. */
  readonly again: AskingAgain;
  #observer: ChatObserver | undefined;
  readonly #modelChanged = new Emitter<undefined>();
  /** Fires after another chat is shown here, or this one asks another model. */
  readonly onDidChangeModel = this.#modelChanged.event;
  /** What stands in the composer. */
  #draft = '';
  #estimating: ReturnType<typeof setTimeout> | undefined;
  /** What has been said about things that are left out; it is said once. */
  readonly #told = new Set<string>();

  constructor(parts: ControllerParts) {
    this.#parts = parts;
    this.#alerts = new AlertBoard(parts.settings, () => this.#headerChanged());
    this.questions = new QuestionGuard({
      ...parts,
      model: () => this.model,
      raise: (report) => {
        this.raise(report);
      },
    });
    this.again = new AskingAgain({
      session: () => this.#session,
      questions: this.questions,
      routing: () => parts.settings.routing(this.model),
      confirmed: (makeRequest) => this.#confirmed(makeRequest),
      changed: () => {
        this.#headerChanged();
      },
    });
    const { first, pool } = parts;
    try {
      this.#session = (first === undefined ? undefined : pool.open(first)) ?? pool.begin();
    } catch (error) {
      // Whatever is wrong with the last chat, a new one must be possible.
      this.#session = pool.begin();
      logError(parts.log, error);
      this.#alerts.raise({
        message: t('The last chat cannot be read. A new one was begun.'),
        remedies: [remedies.dismiss],
      });
    }
    this.#subscriptions.push(
      pool.onDidChange(({ session, change }) => {
        this.#follow(session, change);
      }),
      parts.instructions.onDidChange(() => this.#headerChanged()),
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
    return {
      conversationId: this.#session.conversation.id,
      header: this.#header(),
      messages: toMessageViews(this.#session, this.#knownModels()),
    };
  }

  /** Asks a question with what is attached, or with what is given; refuses, with words, what cannot be sent. */
  async ask(text: string, given?: GivenQuestion): Promise<void> {
    const context = given?.context ?? this.#attachments.items;
    const media = given ? [] : this.#attachments.media;
    const { questions } = this;
    if (
      text.trim() === '' ||
      questions.refuseText(text) ||
      questions.refuse(context) ||
      questions.refuseMedia(media)
    ) {
      return;
    }
    try {
      await this.#parts.instructions.load();
      const question = await this.questions.clean(text, context, media);
      if (!(await this.#confirmed(() => this.#session.requestAsking(question, given?.settings)))) {
        return;
      }
      this.#attachments.sent(context, media);
      this.#alerts.clear();
      const answered = this.#session.send(question, given?.settings, given?.answer);
      this.#parts.remember(this.#session.conversation.id);
      this.#headerChanged();
      await answered;
      this.#tellLeftOut();
    } catch (error) {
      this.report(error);
    }
    this.#headerChanged();
  }

  /** Adds what a command was answered to the chat, where one can go on asking about it. Nothing is sent. */
  async note(text: string, { context, markdown, usage, model, origin }: NotedAnswer): Promise<void> {
    const answer: ResponseEvent[] = [
      { type: 'untimed' },
      { type: 'origin', ...origin },
      { type: 'text', text: markdown },
      ...(usage ? [{ type: 'usage' as const, usage }] : []),
      { type: 'finish', reason: 'stop' },
    ];
    const noted = this.#session.send({ text, context }, { model }, async function* () {
      yield* await Promise.resolve(answer);
    });
    this.#parts.remember(this.#session.conversation.id);
    this.#headerChanged();
    await noted;
    this.#headerChanged();
  }

  /** Notes what stands in the composer. */
  noteDraft(text: string): void {
    this.#draft = text;
    this.#estimating ??= setTimeout(() => {
      this.#estimating = undefined;
      this.#headerChanged();
    }, estimateEveryMs);
  }

  /** What the next question takes; nothing while there is nothing to ask, or a setting cannot be used. */
  #estimate(): EstimateView | undefined {
    const { items: context, media } = this.#attachments;
    if (this.#draft.trim() === '' && context.length + media.length === 0) {
      return undefined;
    }
    try {
      const asked = { text: this.#draft, context, media: media.map(({ part }) => part) };
      const request = this.#session.requestAsking(asked);
      return toEstimateView(this.#parts.estimate(request));
    } catch (error) {
      if (error instanceof RequestError) {
        return undefined;
      }
      throw error;
    }
  }

  /** Whether a request may be sent for what it may cost; one that cannot be made fails where it is sent. */
  async #confirmed(makeRequest: () => ChatRequest | undefined): Promise<boolean> {
    const { estimate, settings } = this.#parts;
    let request: ChatRequest | undefined;
    try {
      request = makeRequest();
    } catch (error) {
      if (!(error instanceof RequestError)) {
        throw error;
      }
    }
    return request === undefined || (await confirmCost([estimate(request)], settings));
  }

  /** What would be sent now, to the letter; where nothing is typed, for the last question again. Nothing is sent. */
  async nextRequest(): Promise<ChatRequest | undefined> {
    const { items, media } = this.#attachments;
    return this.#session.requestFor(await this.questions.clean(this.#draft, items, media));
  }

  /** Tries again what an alert is about: a command, or the question of an answer. */
  async retry(alertId: string): Promise<void> {
    if (!this.#alerts.retry(alertId)) {
      await this.again.ask(alertId);
    }
  }

  showVersion(messageId: string, step: number): void {
    this.#session.showVersion(messageId, step);
  }

  /** Brings a message onto the screen that may be another version than the one that is there. */
  showVersionOf(messageId: string): void {
    this.#session.reveal(messageId);
  }

  #knownModels(): KnownModels {
    const { catalogue, settings } = this.#parts;
    return {
      nameOf: (id) => catalogue.nameOf(id),
      freeModel: () => catalogue.freeModel(),
      nearest: (id) => catalogue.nearest(id),
      routing: () => settings.usableRouting(),
    };
  }

  stop(): void {
    this.#session.stop();
  }

  /** Begins a new conversation. An answer that is still on its way goes on, and is kept. */
  newChat(): void {
    if (this.#session.conversation.messages.length > 0 || this.#alerts.raised) {
      this.#begin();
    }
  }

  /** Shows a kept chat. */
  open(conversationId: string): void {
    if (this.#session.conversation.id === conversationId) {
      return;
    }
    const session = this.#parts.pool.open(conversationId);
    if (!session) {
      this.raise({ message: t('This chat is not there any more.'), remedies: [remedies.dismiss] });
      return;
    }
    this.#show(session);
    this.#parts.remember(conversationId);
  }

  /** Keeps a chat that comes from elsewhere, and shows it. */
  add(conversation: Conversation): void {
    this.#parts.store.add(conversation);
    this.open(conversation.id);
  }

  /** Begins a chat of its own with the messages on the screen up to this one, and shows it. */
  fork(messageId: string): void {
    const messages = this.#session.visible.map(({ message }) => message);
    const end = messages.findIndex(({ id }) => id === messageId);
    this.add(
      forkOf(this.#session.conversation, messages.slice(0, end + 1), {
        newId: () => crypto.randomUUID(),
        now: () => Date.now(),
      }),
    );
  }

  rename(conversationId: string, title: string): void {
    this.archive.rename(conversationId, title);
    this.#session.catchUp();
  }

  /** Takes a chat away, so that it can be brought back; one that is on the screen leaves it. */
  remove(conversationId: string): void {
    if (this.#session.conversation.id === conversationId) {
      this.stop();
      this.#begin();
    }
    this.archive.remove(conversationId);
  }

  get archive(): ConversationArchive {
    return this.#parts.archive;
  }

  /** The chat on the screen. */
  get conversation(): Conversation {
    return this.#session.conversation;
  }

  /** The model that the chat on the screen asks. */
  get model(): string {
    return this.#session.conversation.model ?? this.#parts.settings.model();
  }

  /** Sets the model of this chat only, or takes its own one away. */
  setModel(model: string | undefined): void {
    this.#session.setModel(model);
  }

  #begin(): void {
    this.#show(this.#parts.pool.begin());
    this.#parts.remember(undefined);
  }

  #show(session: ChatSession): void {
    const previous = this.#session;
    this.#session = session;
    this.#parts.pool.release(previous);
    this.#alerts.clear();
    this.#observer?.replaced();
    this.#modelChanged.fire(undefined);
  }

  /** Attaches an item, without its secrets, to the next question. */
  async attach(item: ContextItem): Promise<void> {
    if (!this.questions.refuse([...this.#attachments.items, item])) {
      this.#attachments.addItem(await this.questions.cleanItem(item), item);
      this.#headerChanged();
    }
  }

  /** Lets an attached item go with the secrets that were taken out of it, if the user confirms that. */
  async includeSecrets(id: string): Promise<void> {
    const original = this.#attachments.originalOf(id);
    if (original && (await confirmSecrets(original.label))) {
      this.#attachments.restore(id);
      this.#headerChanged();
    }
  }

  /** Attaches a picture, a document or a sound to the next question. */
  attachMedia(item: MediaItem): void {
    if (!this.questions.refuseMedia([item])) {
      this.#attachments.addMedia(item);
      this.#headerChanged();
    }
  }

  detach(id: string): void {
    if (!this.#parts.instructions.leaveOut(this.#session.conversation.id, id)) {
      this.#attachments.remove(id);
    }
    this.#headerChanged();
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

  /** Says once what the question goes without, for example web search on a server that has none. */
  #tellLeftOut(): void {
    const words = this.#parts.leftOut(this.model).filter((each) => !this.#told.has(each));
    if (words.length > 0) {
      words.forEach((each) => this.#told.add(each));
      this.raise({ message: words.join(' '), remedies: [remedies.openSettings, remedies.dismiss] });
    }
  }

  dispose(): void {
    clearTimeout(this.#estimating);
    this.#modelChanged.dispose();
    for (const each of this.#subscriptions) {
      each.dispose();
    }
    this.#parts.pool.release(this.#session);
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
    const step = viewChangeOf(session, change, this.#knownModels());
    if (step === 'replaced') {
      this.#observer?.replaced();
    } else if (step) {
      this.#observer?.changed([step]);
    }
  }

  #spent(): NonNullable<ChatHeader['spent']> {
    const usage = conversationUsage(this.#session.conversation.messages);
    return {
      ...(usage?.cost !== undefined && { chat: spentWords(usage.cost, usage) }),
      today: formatCost(this.#parts.spentToday()),
    };
  }

  #headerChanged(): void {
    this.#observer?.changed([{ type: 'header', header: this.#header() }]);
  }

  #header(): ChatHeader {
    const { model } = this;
    const { alert } = this.#alerts;
    const { conversation, busy } = this.#session;
    const instructions = this.#parts.instructions.itemsFor(conversation.id).map(toAttachmentView);
    const estimate = this.#estimate();
    const hasEfforts = effortsOf(this.#parts.catalogue.find(model)).length > 0;
    return {
      key: keyStateOf(this.#parts.credit),
      model: { id: model, name: this.#parts.catalogue.nameOf(model) },
      ...(hasEfforts && { effort: effortName(this.#parts.settings.reasoningEffort()) }),
      title: conversation.title,
      attachments: [
        ...instructions.map((item) => ({ ...item, instructions: true })),
        ...this.#attachments.views,
      ],
      ...(estimate && { estimate }),
      spent: this.#spent(),
      busy,
      ...(alert && { alert }),
    };
  }
}

async function confirmSecrets(label: string): Promise<boolean> {
  const send = t('Include Secrets');
  const choice = await vscode.window.showWarningMessage(
    t('Send the keys, tokens and passwords in {0}, too?', label),
    {
      modal: true,
      detail: t(
        'The model, its provider and OpenRouter get to see them, and they are kept with this chat on your disk.',
      ),
    },
    send,
  );
  return choice === send;
}

function keyStateOf({ credit }: CreditMonitor): KeyState {
  switch (credit.state) {
    case 'unknown':
      return 'unknown';
    case 'missing':
    case 'rejected':
      return credit.state;
    case 'expired':
      return 'rejected';
    case 'known':
    case 'offline':
    // A server without records of keys may want none.
    case 'none':
      return 'set';
    default:
      return credit satisfies never;
  }
}
