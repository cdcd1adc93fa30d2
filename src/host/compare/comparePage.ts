import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  answerIn,
  chatWith,
  type ComparedChange,
  type ComparedModel,
  type Comparison,
} from '../../core/conversation/session/comparison.ts';
import type { ComparedRun } from '../../core/conversation/session/comparedRun.ts';
import { textOf } from '../../core/conversation/message.ts';
import type { TranscriptView } from '../../protocol/chatView.ts';
import { compareToHost, type CompareToHost, type CompareToWebview } from '../../protocol/compareView.ts';
import { isOutsideRemedy } from '../../protocol/remedies.ts';
import { AnswerTools, type AnswerToolParts } from '../answers/answerTools.ts';
import type { ChatSurface } from '../chat/chatSurface.ts';
import { Delivery } from '../webviews/delivery.ts';
import { WebviewPage } from '../webviews/webviewPage.ts';
import { toMessageView } from '../answers/messageView.ts';
import { runRemedyCommand } from '../webviews/remedyCommand.ts';
import { partChangeOf } from '../answers/partView.ts';
import { comparedView } from './comparedView.ts';
import type { Differences, NamedAnswer } from './differences.ts';

/** What is rendered, where, and with what. */
export interface ComparePlace {
  readonly webview: vscode.Webview;
  readonly comparison: Comparison;
  /** Asks again, once the user agrees to what that may cost. */
  readonly run: ComparedRun;
  readonly differences: Differences;
  /** The side bar's chat. */
  readonly side: ChatSurface;
  readonly nameOf: (model: string) => string;
}

/** Renders a comparison in a webview and handles the user's actions. Answers continue while it is hidden. */
export class ComparePage implements vscode.Disposable {
  readonly #place: ComparePlace;
  readonly #id = crypto.randomUUID();
  readonly #delivery: Delivery;
  readonly #tools: AnswerTools;
  readonly #subscription: { dispose(): void };
  readonly #page: WebviewPage<CompareToHost, CompareToWebview>;
  /** The message ids of the last snapshot: only these can change by deltas. */
  #shown: ReadonlySet<string> = new Set();

  constructor(parts: AnswerToolParts, place: ComparePlace) {
    this.#place = place;
    const post = (message: CompareToWebview): void => {
      this.#page.post(message);
    };
    this.#delivery = new Delivery(post, () => this.#view());
    this.#tools = new AnswerTools(parts, {
      post,
      report: (error) => {
        void this.#report(error);
      },
    });
    this.#subscription = place.comparison.onDidChange((change) => {
      this.#follow(change);
    });
    this.#page = new WebviewPage({
      ...{ webview: place.webview, extensionUri: parts.extensionUri, log: parts.log },
      files: { script: 'panel.js', style: 'compare.css', page: 'comparison' },
      inbound: compareToHost,
      take: (message) => this.#take(message),
      failed: (error) => {
        void this.#report(error);
      },
    });
  }

  /** A hidden page is discarded; it requests a snapshot when shown again. */
  hidden(): void {
    this.#delivery.disconnect();
    this.#tools.hidden();
  }

  dispose(): void {
    this.hidden();
    this.#subscription.dispose();
    this.#page.dispose();
    this.#tools.dispose();
  }

  #view(): Omit<TranscriptView, 'revision'> {
    const { models } = this.#place.comparison;
    const question = models[0]?.session.visible[0]?.message;
    const messages = question
      ? [toMessageView(question), ...models.map((compared) => comparedView(compared, this.#place.nameOf))]
      : [];
    this.#shown = new Set(messages.map(({ id }) => id));
    return { conversationId: this.#id, messages };
  }

  #follow({ compared, change }: ComparedChange): void {
    switch (change.type) {
      case 'part':
      case 'append': {
        const drawn = partChangeOf(compared.session, change);
        if (drawn && this.#shown.has(change.messageId)) {
          this.#delivery.push(drawn);
        }
        break;
      }
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

  async #take(message: CompareToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#ready();
        break;
      case 'inColumn': {
        const compared = this.#place.comparison.models[message.column];
        if (compared) {
          await takeInColumn(compared, message.message, this.#place.run);
        }
        break;
      }
      case 'keep': {
        const compared = this.#place.comparison.models[message.column];
        if (compared) {
          await this.#keep(compared);
        }
        break;
      }
      case 'showDifferences':
        await this.#showDifferences();
        break;
      default:
        this.#tools.take(message);
    }
  }

  #ready(): void {
    const { comparison, nameOf } = this.#place;
    const columns = comparison.models.map(({ model }) => ({ model, name: nameOf(model) }));
    this.#page.post({ type: 'columns', columns });
    this.#delivery.sendSnapshot();
    this.#tools.begin();
  }

  /** Saves the question and one answer as a chat, and continues it in the side bar. */
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

  /** The answers so far. */
  #answers(): readonly NamedAnswer[] {
    const { comparison, nameOf } = this.#place;
    return comparison.models.flatMap((compared) => {
      const answer = answerIn(compared);
      const text = answer ? textOf(answer) : '';
      return text === '' ? [] : [{ name: nameOf(compared.model), text }];
    });
  }

  /** Failures are reported in the side bar. */
  async #report(error: unknown): Promise<void> {
    const { side } = this.#place;
    (await side.controller()).report(error);
    await side.reveal();
  }
}

/** A column offers no remedy that would make its answer incomparable. */
async function takeInColumn(
  compared: ComparedModel,
  message: Extract<CompareToHost, { readonly type: 'inColumn' }>['message'],
  run: ComparedRun,
): Promise<void> {
  if (message.type === 'stop') {
    compared.session.stop();
  } else if (message.kind === 'tryAgain') {
    await run.again(compared, (prepare) => prepare.retry(message.alertId));
  } else if (message.kind === 'continue') {
    await run.again(compared, (prepare) => prepare.continue(message.alertId));
  } else if (isOutsideRemedy(message.kind)) {
    await runRemedyCommand(message.kind);
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
