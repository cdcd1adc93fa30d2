import type { Frame, Page } from 'playwright-core';
import type { Simulator } from '../simulator/simulator.ts';
import { simulatorKey } from '../simulator/simulator.ts';
import { VsCodeWindow } from '../support/vsCodeWindow.ts';
import { packageOf } from './benchExtension.ts';
import { Editor, type RunningEditor } from './editor.ts';
import { shownText } from './shownText.ts';
import { untilShown, watchChat, type Seen } from './watchChat.ts';

/** A chat extension as the bench knows it: two of them are measured by the same steps. */
export interface ChatKind {
  readonly vsix: string;
  /** The title of its icon in the activity bar. */
  readonly title: string;
  /** The element of an answer that holds its text. */
  readonly text: string;
  /** What a reader sees of an answer in Markdown. */
  readonly shown: (markdown: string) => string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: NodeJS.ProcessEnv;
}

/** Our chat. */
export function ourKind(vsix: string, { baseUrl }: Simulator): ChatKind {
  return {
    vsix,
    title: 'Switchboard',
    text: 'article[aria-label="Assistant"] .markdown',
    shown: shownText,
    settings: { 'switchboard.baseUrl': baseUrl, 'switchboard.maxTokens': 32_768 },
    env: {},
  };
}

/** A chat that only batches plain text into its view. */
export async function bareKind({ baseUrl }: Simulator): Promise<ChatKind> {
  return {
    vsix: await packageOf('bare'),
    title: 'Bare',
    text: 'article[aria-label="Assistant"] pre',
    shown: (markdown) => markdown,
    settings: {},
    env: { BARE_BASE_URL: baseUrl },
  };
}

/** A chat that is open in a real VS Code, with the simulator as its server. */
export class ChatSubject {
  readonly page: Page;
  readonly #editor: Editor;
  readonly #running: RunningEditor;
  readonly #window: VsCodeWindow;
  readonly #frame: Frame;
  readonly #kind: ChatKind;

  private constructor(
    editor: Editor,
    running: RunningEditor,
    chat: { kind: ChatKind; window: VsCodeWindow; frame: Frame },
  ) {
    this.page = running.page;
    this.#editor = editor;
    this.#running = running;
    this.#window = chat.window;
    this.#frame = chat.frame;
    this.#kind = chat.kind;
  }

  static async open(kind: ChatKind): Promise<ChatSubject> {
    const { vsix, title, text, settings, env } = kind;
    const editor = await Editor.make({ vsixes: [vsix], settings });
    const running = await editor.start({ OPENROUTER_API_KEY: simulatorKey, ...env });
    const window = new VsCodeWindow(running.page);
    await running.page.getByRole('tab', { name: title, exact: true }).click({ timeout: 60_000 });
    await window.panel.getByRole('textbox', { name: 'Message' }).waitFor({ timeout: 60_000 });
    const view = window.page.frameLocator('iframe.webview.ready').locator('#active-frame');
    const frame = await (await view.elementHandle()).contentFrame();
    if (!frame) {
      throw new Error(`the view of ${title} has no document`);
    }
    await watchChat(frame, text);
    return new ChatSubject(editor, running, { kind, window, frame });
  }

  /** Begins a chat without the messages of the last one. */
  async newChat(): Promise<void> {
    await this.#window.panel.getByRole('button', { name: 'New chat' }).click();
    await this.#frame.locator('article').first().waitFor({ state: 'detached' });
  }

  /** Asks a question as a person does, and waits until the answer is on screen as it was sent. */
  async ask(question: string, simulator: Simulator, answer: string): Promise<Seen> {
    simulator.journal.clear();
    await this.#window.panel.getByRole('textbox', { name: 'Message' }).fill(question);
    await this.page.keyboard.press('Enter');
    await simulator.journal.waitFor(
      ({ path, closedAt }) => path.endsWith('/chat/completions') && closedAt !== undefined,
      { timeoutMs: 60_000 },
    );
    const seen = await untilShown(this.#frame, this.#kind.shown(answer));
    await this.#frame.locator('article[aria-busy="true"]').waitFor({ state: 'detached' });
    return seen;
  }

  async close(): Promise<void> {
    await this.#running.close();
    await this.#editor.dispose();
  }
}
