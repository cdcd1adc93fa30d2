import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { ColorAnswer, ColorRequest } from '../../protocol/codeColors.ts';
import { onCodeThemeChange, readCodeTheme } from './codeTheme.ts';

/** How a panel receives colors. */
export interface ColorObserver {
  colored(answer: ColorAnswer): void;
  /** The theme changed: all colors must be requested again. */
  changed(): void;
}

/**
 * Colors the panel's code like the editor, in a worker that starts with the first visible code block. If it fails, code
 * has no colors; nothing else depends on it.
 */
export class CodeColors implements vscode.Disposable {
  readonly #workerFile: string;
  readonly #observer: ColorObserver;
  readonly #onError: (error: unknown) => void;
  readonly #themeChange: vscode.Disposable;
  #worker: Promise<Worker | undefined> | undefined;

  constructor(extensionUri: vscode.Uri, observer: ColorObserver, onError: (error: unknown) => void) {
    this.#workerFile = vscode.Uri.joinPath(extensionUri, 'dist', 'colorWorker.js').fsPath;
    this.#observer = observer;
    this.#onError = onError;
    this.#themeChange = onCodeThemeChange(() => {
      this.#end();
      observer.changed();
    });
  }

  /** Requests the colors of some lines; the observer receives them. */
  async ask(request: ColorRequest): Promise<void> {
    this.#worker ??= this.#begin();
    (await this.#worker)?.postMessage(request);
  }

  /** The panel was rendered again; its old blocks are gone. */
  async clear(): Promise<void> {
    (await this.#worker)?.postMessage('clear');
  }

  dispose(): void {
    this.#themeChange.dispose();
    this.#end();
  }

  async #begin(): Promise<Worker | undefined> {
    try {
      const theme = await readCodeTheme();
      if (!theme) {
        return undefined;
      }
      const worker = new Worker(this.#workerFile, { workerData: theme, env: {} });
      worker.on('message', (answer: ColorAnswer) => {
        this.#observer.colored(answer);
      });
      worker.on('error', this.#onError);
      // It must not keep the editor alive.
      worker.unref();
      return worker;
    } catch (error) {
      this.#onError(error);
      return undefined;
    }
  }

  #end(): void {
    void this.#worker?.then((worker) => worker?.terminate());
    this.#worker = undefined;
  }
}
