import type { Locator } from 'playwright-core';
import { after, afterEach, before } from 'mocha';
import { ensurePackage } from '../../scripts/package.ts';
import type { JournalEntry } from '../simulator/journal.ts';
import {
  simulatorKey,
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../simulator/simulator.ts';
import { Workbench, type WorkbenchOptions } from './workbench.ts';

/** How a suite of stories begins. */
export interface StoryOptions extends Partial<Omit<WorkbenchOptions, 'vsix'>> {
  readonly simulator?: SimulatorOptions;
  /** Begins with an API key that the environment brings, and waits for its credit. */
  readonly signedIn?: boolean;
  /** Opens the chat. */
  readonly chat?: boolean;
}

/** A workbench of its own for a suite, and the simulator that it asks. */
export interface Story {
  readonly workbench: Workbench;
  readonly simulator: Simulator;
  /** What has been sent that may cost something. */
  readonly posts: () => readonly JournalEntry[];
  /** The composer of the chat in the side bar. */
  readonly composer: () => Locator;
  /** The last answer there. */
  readonly lastAnswer: () => Locator;
  /** Begins a new chat in the side bar. */
  readonly newChat: () => Promise<void>;
  /** A dialog of VS Code with these words. */
  readonly dialog: (words: string | RegExp) => Locator;
  /** A row of the open quick pick that has all of these words. */
  readonly row: (...words: readonly string[]) => Locator;
  /** Resolves when the open quick pick or input box has this title. */
  readonly titled: (words: string | RegExp) => Promise<void>;
  /** What the model answers from now on. */
  readonly willSay: (content: string) => void;
}

/**
 * Gives the suite that calls it one workbench with the packaged extension, a workspace of its own and one simulator, and
 * closes all of it in the end.
 */
export function workbenchOfSuite(
  options: StoryOptions = {},
  prepare: {
    /** What the workbench opens with, when it takes work to make it. */
    readonly before?: (simulator: Simulator) => Promise<Partial<WorkbenchOptions>>;
    /** Work that the first test builds on. */
    readonly after?: (story: Story) => Promise<void>;
  } = {},
): Story {
  let open: { readonly workbench: Workbench; readonly simulator: Simulator } | undefined;
  const opened = (): NonNullable<typeof open> => {
    if (!open) {
      throw new Error('the workbench of this suite is not open yet');
    }
    return open;
  };
  const story: Story = {
    get workbench() {
      return opened().workbench;
    },
    get simulator() {
      return opened().simulator;
    },
    posts: () => story.simulator.journal.requests.filter(({ method }) => method === 'POST'),
    composer: () => story.workbench.panel.getByRole('textbox', { name: 'Message' }),
    lastAnswer: () => story.workbench.panel.getByRole('article', { name: /^Assistant/ }).last(),
    newChat: async () => {
      await story.workbench.panel.getByRole('button', { name: 'New chat' }).click();
      await story.workbench.panel.getByRole('region', { name: 'Welcome' }).waitFor();
    },
    dialog: (words) => story.workbench.page.locator('.monaco-dialog-box').filter({ hasText: words }),
    row: (...words) =>
      words.reduce((rows, hasText) => rows.filter({ hasText }), story.workbench.pickRows).first(),
    titled: (words) =>
      story.workbench.page
        .locator('.quick-input-widget:visible .quick-input-title', { hasText: words })
        .waitFor(),
    willSay: (content) => {
      story.simulator.use({ name: 'says', about: 'What the test says', answer: { content } });
    },
  };
  before(async () => {
    const { simulator: simulated, signedIn = false, chat = false, settings, env, ...rest } = options;
    const simulator = await startSimulator(simulated);
    const made = await prepare.before?.(simulator);
    const workbench = await Workbench.open({
      ...rest,
      ...made,
      vsix: await ensurePackage(),
      settings: { 'switchboard.baseUrl': simulator.baseUrl, ...settings, ...made?.settings },
      env: { ...(signedIn ? { OPENROUTER_API_KEY: simulatorKey } : {}), ...env },
    });
    open = { workbench, simulator };
    if (chat) {
      await workbench.openChat();
    }
    if (signedIn) {
      await workbench.statusItem('credit').filter({ hasText: 'left' }).waitFor();
    }
    await prepare.after?.(story);
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) {
      // What the window showed says more than what was waited for.
      await open?.workbench.screenshot(
        `failed-${this.currentTest.fullTitle().replace(/\W+/g, '-')}`.slice(0, 120),
      );
    }
  });
  after(async () => {
    await open?.workbench.close();
    await open?.simulator.close();
  });
  return story;
}
