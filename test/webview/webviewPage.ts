import { EventEmitter, once } from 'node:events';
import type { Locator, Page } from 'playwright-core';

/** A message of a page: one of a union that its `type` tells apart. */
interface Message {
  readonly type: string;
}

/** How a page is heard, and what it knows when it is opened. */
export interface PageProtocol<Out extends Message> {
  readonly parse: (message: unknown) => Out;
  /** What the extension does when it hears something, besides what the test does. */
  readonly heard?: ((message: Out) => Promise<void>) | undefined;
  /** What the page kept when it was last thrown away. */
  readonly state?: unknown;
}

/** One open page of ours, with the test in the place of the extension. */
export class WebviewPage<Out extends Message, In> {
  readonly page: Page;
  /** Everything that the page has said, in order. */
  readonly posted: Out[] = [];
  /** What must never happen: errors, breaches of the policy, dialogs, requests to anywhere else. */
  readonly problems: string[] = [];
  readonly #origin: string;
  readonly #events = new EventEmitter();

  constructor(page: Page, origin: string) {
    this.page = page;
    this.#origin = origin;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** Opens the page at an address. */
  async open(address: string, { parse, heard, state }: PageProtocol<Out>): Promise<void> {
    await this.page.exposeFunction('postToTest', async (message: unknown) => {
      const said = parse(message);
      if (!this.answers(said)) {
        this.posted.push(said);
        this.#events.emit('posted');
        await heard?.(said);
      }
    });
    this.#watchForProblems();
    await this.page.addInitScript(
      (kept) => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
          console.error(`policy: ${violatedDirective} ${blockedURI} ${sample}`);
        });
        if (kept !== null && sessionStorage.getItem('state') === null) {
          sessionStorage.setItem('state', kept);
        }
      },
      state === undefined ? null : JSON.stringify(state),
    );
    await this.page.goto(address);
  }

  /** Answers what no test wants to hear of; says whether this was such a message. */
  protected answers(_message: Out): boolean {
    return false;
  }

  /** Says something as the extension. */
  async send(message: In): Promise<void> {
    await this.page.evaluate((data) => {
      window.postMessage(data, '*');
    }, message);
  }

  /** The next message of this kind that no earlier call has returned. */
  async waitForPost<Type extends Out['type']>(type: Type): Promise<Extract<Out, { type: Type }>> {
    for (;;) {
      const at = this.posted.findIndex((message) => message.type === type);
      if (at >= 0) {
        const [message] = this.posted.splice(at, 1);
        return message as Extract<Out, { type: Type }>;
      }
      await once(this.#events, 'posted', { signal: AbortSignal.timeout(10_000) });
    }
  }

  /** Everything said so far, once what the page has done until now has arrived here. */
  async allPosted(): Promise<readonly Out[]> {
    await this.page.evaluate(() => new Promise(requestAnimationFrame));
    return this.posted;
  }

  /** Waits until assistive technology is told these words. */
  async spoken(words: string): Promise<void> {
    await this.page.locator('[aria-live="polite"]', { hasText: words }).waitFor({ state: 'attached' });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  #watchForProblems(): void {
    this.page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        this.problems.push(`console: ${message.text()}`);
      }
    });
    this.page.on('pageerror', ({ message }) => this.problems.push(`error: ${message}`));
    this.page.on('dialog', (dialog) => {
      this.problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    this.page.on('request', (request) => {
      if (!request.url().startsWith(this.#origin) && !request.url().startsWith('data:')) {
        this.problems.push(`request: ${request.url()}`);
      }
    });
  }
}
