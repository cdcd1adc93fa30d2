import * as vscode from 'vscode';
import { ModelCatalog } from '../../src/core/model/catalog.ts';
import { textOf } from '../../src/core/conversation/message.ts';
import type { NotedAnswer } from '../../src/host/chat/askFlow.ts';
import type { ChatController } from '../../src/host/chat/chatController.ts';
import { QuestionGuard } from '../../src/host/context/questionGuard.ts';
import { WriteGuard } from '../../src/host/context/writeGuard.ts';
import { ContextGuard } from '../../src/host/context/contextGuard.ts';
import type { CommandServices } from '../../src/host/commands/commandServices.ts';
import { PromptRunner } from '../../src/host/prompts/promptRunner.ts';
import type { Report } from '../../src/host/words/report.ts';
import { Settings } from '../../src/host/platform/settings.ts';
import { FakeChatModel, FakeInstructions } from './fakes.ts';

type Pick = vscode.QuickPickItem;

/** The parts of a prompt's command with a model that says what the test says, and a user who answers at once. */
export class PromptWindow {
  readonly model = new FakeChatModel();
  readonly raised: Report[] = [];
  /** Each failure, with what tries again. */
  readonly reported: { readonly error: unknown; readonly again: (() => void) | undefined }[] = [];
  /** What was added to the chat. */
  readonly noted: string[] = [];
  /** What was said in notifications, in order. */
  readonly said: string[] = [];
  /** The lists that were shown, in order. */
  readonly lists: { readonly title: string; readonly rows: readonly Pick[] }[] = [];
  readonly parts: CommandServices;
  /** What every request begins with. */
  readonly instructions = new FakeInstructions();
  /** Which row of a list is chosen; none where it gives nothing. */
  chooses: (rows: readonly Pick[]) => Pick | undefined | Promise<Pick | undefined> = (rows) => rows[0];
  /** Which button of a notification is pressed. */
  presses: ((words: string, buttons: readonly string[]) => string | undefined) | undefined;
  readonly #replaced: (() => void)[] = [];

  constructor() {
    const settings = new Settings();
    const none = {
      read: () => Promise.resolve(undefined),
      write: () => Promise.resolve(),
      writtenAt: () => Promise.resolve(undefined),
    };
    // A server whose prices nobody knows, so that none is asked about.
    const catalog = new ModelCatalog({ listModels: () => Promise.resolve([]) }, none, () => 'other');
    const guard = new ContextGuard(settings);
    const questions = new QuestionGuard({
      guard,
      catalog,
      model: () => settings.model(),
      raise: (report) => this.raised.push(report),
    });
    const controller = {
      questions,
      report: (error: unknown, again?: () => void) => this.reported.push({ error, again }),
      raise: (report: Report) => this.raised.push(report),
      note: (_question: string, { markdown }: NotedAnswer) => {
        this.noted.push(markdown);
        return Promise.resolve();
      },
    } as unknown as ChatController;
    const nothing = (): Promise<void> => Promise.resolve();
    this.parts = {
      surface: {
        controller: () => Promise.resolve(controller),
        reveal: nothing,
        open: nothing,
        focusComposer: nothing,
        showMessage: nothing,
      },
      runner: new PromptRunner({
        chat: () => Promise.resolve(this.model),
        catalog,
        settings,
        instructions: this.instructions,
      }),
      writes: new WriteGuard(guard),
      review: () => Promise.reject(new Error('the test expected no review')),
      findings: () => Promise.reject(new Error('the test expected no findings')),
      globalStorage: vscode.Uri.file('/nowhere'),
    };
    const say = (words: string, ...buttons: readonly unknown[]): Promise<string | undefined> => {
      this.said.push(words);
      return Promise.resolve(
        this.presses?.(
          words,
          buttons.filter((each) => typeof each === 'string'),
        ),
      );
    };
    this.replace(vscode.window, 'showInformationMessage', say);
    this.replace(vscode.window, 'showWarningMessage', say);
    this.replace(
      vscode.window,
      'showQuickPick',
      async (rows: readonly Pick[], options: { title: string }) => {
        this.lists.push({ title: options.title, rows });
        return this.chooses(rows);
      },
    );
  }

  /** Puts a stand-in into the place of a function of VS Code's until the end of the test. */
  replace<Holder extends object>(holder: Holder, name: keyof Holder, stand: unknown): void {
    const before = holder[name];
    holder[name] = stand as Holder[keyof Holder];
    this.#replaced.push(() => {
      holder[name] = before;
    });
  }

  /** The next request is answered with this object, for a thousandth of a dollar. */
  willAnswer(value: unknown): void {
    this.model.willAnswer(
      { type: 'text', text: JSON.stringify(value) },
      { type: 'usage', usage: { promptTokens: 1, completionTokens: 1, cost: 1_000_000_000 } },
      { type: 'finish', reason: 'stop' },
    );
  }

  /** All that the last request sends, in one text. */
  get sent(): string {
    const { messages = [] } = this.model.requests.at(-1) ?? {};
    return messages
      .map((message) =>
        [
          ...message.parts.flatMap((part) =>
            part.type === 'context' ? [part.item.path, part.item.text] : [],
          ),
          textOf(message),
        ].join('\n'),
      )
      .join('\n');
  }

  restore(): void {
    for (const undo of this.#replaced) {
      undo();
    }
  }
}
