import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  answerIn,
  chatWith,
  type ComparedChange,
  type ComparedModel,
  type Comparison,
} from '../../core/conversation/session/comparison.ts';
import { textOf } from '../../core/conversation/message.ts';
import type { ChatHeader, ChatView } from '../../protocol/chatView.ts';
import { compareToHost, type CompareToHost, type CompareToWebview } from '../../protocol/compareView.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import { AnswerTools, isForTools, type AnswerToolParts } from '../answers/answerTools.ts';
import type { ChatSurface } from '../chat/chatSurface.ts';
import { Delivery } from '../webviews/delivery.ts';
import { renderWebview } from '../webviews/renderWebview.ts';
import { toMessageView } from '../answers/messageView.ts';
import { runRemedyCommand } from '../webviews/remedyCommand.ts';
import { comparedView } from './comparedView.ts';
import type { Differences, NamedAnswer } from './differences.ts';

/** What is drawn, where, and with what. */
export interface ComparePlace {
  readonly webview: vscode.Webview;
  readonly comparison: Comparison;
  readonly differences: Differences;
  /** The chat of the side bar. */
  readonly side: ChatSurface;
  readonly nameOf: (model: string) => string;
}

/** Draws a comparison into a webview, and takes what the user does there. The answers go on while it is hidden. */
export class ComparePage implements vscode.Disposable {
  readonly #parts: AnswerToolParts;
  readonly #place: ComparePlace;
  readonly #id = crypto.randomUUID();
  readonly #delivery: Delivery;
  readonly #tools: AnswerTools;
  readonly #subscriptions: readonly { dispose(): void }[];
  /** The ids of the messages of the last snapshot: only these can change by deltas. */
  #shown: ReadonlySet<string> = new Set();

  constructor(parts: AnswerToolParts, place: ComparePlace) {
    this.#parts = parts;
    this.#place = place;
    const post = (message: CompareToWebview): void => {
      this.#post(message);
    };
    this.#delivery = new Delivery(post, () => this.#view());
    this.#tools = new AnswerTools(parts, {
      post,
      report: (error) => {
        void this.#report(error);
      },
    });
    this.#subscriptions = [
      place.webview.onDidReceiveMessage((message: unknown) => {
        this.#receive(message);
      }),
      place.comparison.onDidChange((change) => {
        this.#follow(change);
      }),
    ];
    renderWebview(place.webview, parts.extensionUri, { script: 'compare.js', style: 'compare.css' });
  }

  /** A hidden page is thrown away; it asks for a snapshot when it is shown again. */
  hidden(): void {
    this.#delivery.disconnect();
    this.#tools.hidden();
  }

  dispose(): void {
    this.hidden();
    this.#subscriptions.forEach((each) => {
      each.dispose();
    });
    this.#tools.dispose();
  }

  #post(message: CompareToWebview): void {
    void this.#place.webview.postMessage(message);
  }

  #view(): Omit<ChatView, 'revision'> {
    const { models } = this.#place.comparison;
    const question = models[0]?.session.visible[0]?.message;
    const messages = question
      ? [toMessageView(question), ...models.map((compared) => comparedView(compared, this.#place.nameOf))]
      : [];
    this.#shown = new Set(messages.map(({ id }) => id));
    return { conversationId: this.#id, header: this.#header(), messages };
  }

  #header(): ChatHeader {
    const { models } = this.#place.comparison;
    const title = models[0]?.session.conversation.title ?? '';
    const busy = models.some(({ session }) => session.busy);
    return { key: 'set', model: { id: '', name: '' }, title, attachments: [], busy };
  }

  #follow({ compared, change }: ComparedChange): void {
    switch (change.type) {
      case 'append': {
        const { messageId, at, text } = change;
        const part = compared.session.find(messageId)?.parts[at]?.type;
        if (this.#shown.has(messageId) && (part === 'text' || part === 'reasoning')) {
          this.#delivery.push({ type: 'append', messageId, part, text });
        }
        break;
      }
      case 'part':
        if (this.#shown.has(change.messageId)) {
          this.#delivery.push({ type: 'message', message: comparedView(compared, this.#place.nameOf) });
        } else {
          this.#delivery.replace();
        }
        break;
      case 'message':
        if (this.#shown.has(change.message.id) && change.message.role === 'assistant') {
          this.#delivery.push({ type: 'message', message: comparedView(compared, this.#place.nameOf) });
        } else {
          this.#delivery.replace();
        }
        break;
      case 'withdrawn':
      case 'reloaded':
        this.#delivery.replace();
        break;
      case 'head':
      case 'ended':
      case 'settled':
      case 'saveFailed':
        break;
      default:
        change satisfies never;
    }
  }

  #receive(input: unknown): void {
    const message = compareToHost.safeParse(input);
    if (message.success) {
      this.#dispatch(message.data);
    } else {
      this.#parts.log.warn('dropped a message of unknown form from a comparison');
    }
  }

  #dispatch(message: CompareToHost): void {
    if (message.type === 'inColumn' || message.type === 'keep') {
      const compared = this.#place.comparison.models[message.column];
      if (compared && message.type === 'keep') {
        this.#work(this.#keep(compared));
      } else if (compared && message.type === 'inColumn') {
        this.#dispatchIn(compared, message.message);
      }
    } else if (message.type === 'showDifferences') {
      this.#work(this.#showDifferences());
    } else if (message.type === 'ready') {
      this.#ready();
    } else if (isForTools(message)) {
      this.#tools.take(message);
    }
  }

  #dispatchIn({ session }: ComparedModel, message: ToHost): void {
    if (message.type === 'stop') {
      session.stop();
    } else if (message.type === 'remedy') {
      this.#remedy(session, message);
    } else if (isForTools(message)) {
      this.#tools.take(message);
    }
  }

  #remedy(
    session: ComparedModel['session'],
    { kind, alertId }: Extract<ToHost, { readonly type: 'remedy' }>,
  ): void {
    switch (kind) {
      case 'tryAgain':
        this.#work(session.retry(alertId));
        break;
      case 'continue':
        this.#work(session.continue(alertId));
        break;
      case 'signIn':
      case 'setApiKey':
      case 'addCredits':
      case 'privacySettings':
      case 'openSettings':
      case 'raiseLimit':
        this.#work(runRemedyCommand(kind));
        break;
      case 'switchModel':
      case 'lowerLength':
      case 'useFreeModel':
      case 'useModel':
      case 'relaxRouting':
      case 'dismiss':
        // No column offers them: its answer would not be comparable any more.
        break;
      default:
        kind satisfies never;
    }
  }

  #ready(): void {
    const { comparison, nameOf } = this.#place;
    const columns = comparison.models.map(({ model }) => ({ model, name: nameOf(model) }));
    this.#post({ type: 'columns', columns });
    this.#delivery.sendSnapshot();
    this.#tools.begin();
  }

  /** Keeps the question and one of the answers as a chat, and goes on with it in the side bar. */
  async #keep(compared: ComparedModel): Promise<void> {
    const { side, nameOf } = this.#place;
    const title = `${compared.session.conversation.title} · ${nameOf(compared.model)}`;
    const chat = chatWith(compared, title, { newId: () => crypto.randomUUID(), now: Date.now });
    if (chat) {
      (await side.controller()).chats.add(chat);
      await side.open();
    }
  }

  async #showDifferences(): Promise<void> {
    const answers = this.#answers();
    const [left, right] = answers.length > 2 ? await pickTwo(answers) : answers;
    if (left && right) {
      await this.#place.differences.show(left, right);
    }
  }

  /** What has been answered so far. */
  #answers(): readonly NamedAnswer[] {
    const { comparison, nameOf } = this.#place;
    return comparison.models.flatMap((compared) => {
      const answer = answerIn(compared);
      const text = answer ? textOf(answer) : '';
      return text === '' ? [] : [{ name: nameOf(compared.model), text }];
    });
  }

  /** What fails says so in the side bar. */
  #work(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#report(error));
  }

  async #report(error: unknown): Promise<void> {
    const { side } = this.#place;
    (await side.controller()).report(error);
    await side.reveal();
  }
}

async function pickTwo(answers: readonly NamedAnswer[]): Promise<readonly NamedAnswer[]> {
  const choose = async (
    from: readonly NamedAnswer[],
    placeHolder: string,
  ): Promise<NamedAnswer | undefined> => {
    const items = from.map((answer) => ({ label: answer.name, answer }));
    return (await vscode.window.showQuickPick(items, { title: t('Show Differences'), placeHolder }))?.answer;
  };
  const left = await choose(answers, t('The answer on the left'));
  const others = answers.filter((answer) => answer !== left);
  const right = left && (await choose(others, t('The answer on the right')));
  return left && right ? [left, right] : [];
}
