import * as vscode from 'vscode';
import type { AnswerAction } from '../../protocol/answerActions.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import { CodeColors } from '../colors/codeColors.ts';
import { applyToFile } from './applyToFile.ts';
import { insertAtCursor } from './insertAtCursor.ts';
import { newFile } from './newFile.ts';
import { openFile } from './openFile.ts';
import { saveImage } from './saveImage.ts';
import type { DiagramPreview } from './diagramPreview.ts';
import type { WriteGuard } from '../context/writeGuard.ts';
import type { InlineReview } from '../edits/inlineReview.ts';
import { logError } from '../platform/log.ts';
import { FileLookup } from './fileLookup.ts';

export interface AnswerToolParts {
  readonly extensionUri: vscode.Uri;
  readonly review: () => Promise<InlineReview>;
  readonly writes: () => Promise<WriteGuard>;
  readonly diagrams: DiagramPreview;
  readonly log: vscode.LogOutputChannel;
}

/** The page that shows the answers. */
export interface AnswerPage {
  readonly post: (message: ToWebview) => void;
  /** Reports an error. */
  readonly report: (error: unknown) => void;
}

/** Colors code in answers, finds the files they name, and performs actions. */
export class AnswerTools implements vscode.Disposable {
  readonly #parts: AnswerToolParts;
  readonly #page: AnswerPage;
  readonly #colors: CodeColors;
  readonly #files: FileLookup;

  constructor(parts: AnswerToolParts, page: AnswerPage) {
    this.#parts = parts;
    this.#page = page;
    const log = (error: unknown): void => {
      logError(parts.log, error);
    };
    this.#colors = new CodeColors(
      parts.extensionUri,
      {
        colored: (answer) => {
          page.post({ type: 'colored', answer });
        },
        changed: () => {
          page.post({ type: 'colorsChanged' });
        },
      },
      log,
    );
    this.#files = new FileLookup((id, path) => {
      page.post({ type: 'foundFiles', id, paths: [path] });
    }, log);
  }

  take(message: AnswerAction): void {
    const { review, writes: guard } = this.#parts;
    const writing = async (write: (writes: WriteGuard) => Promise<void>): Promise<void> =>
      write(await guard());
    switch (message.type) {
      case 'copy':
        this.#work(vscode.env.clipboard.writeText(message.text));
        break;
      case 'color':
        void this.#colors.ask(message.request);
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
        this.#work(writing((writes) => insertAtCursor(message.text, writes)));
        break;
      case 'newFile':
        this.#work(writing((writes) => newFile(message, writes)));
        break;
      case 'applyToFile':
        this.#work(writing((writes) => applyToFile(message, { review, writes })));
        break;
      case 'openDiagram':
        this.#work(this.#parts.diagrams.show(message.text));
        break;
      default:
        message satisfies never;
    }
  }

  /** The page was drawn again and restarts its requests. */
  begin(): void {
    void this.#colors.clear();
  }

  /** The page is gone or hidden. */
  hidden(): void {
    this.#files.clear();
  }

  dispose(): void {
    this.#colors.dispose();
    this.#files.dispose();
  }

  /** Failures are reported on the page. */
  #work(work: PromiseLike<void>): void {
    work.then(undefined, (error: unknown) => {
      this.#page.report(error);
    });
  }
}
