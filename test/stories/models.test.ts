import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FrameLocator, Locator } from 'playwright-core';
import { themes } from '../support/workbench.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('choosing a model', () => {
  const silentLists = {
    name: 'silent lists',
    about: 'The lists of models never come',
    reach: ['/models', '/models/user'],
    refusal: { kind: 'silence' },
  } as const;
  const story = workbenchOfSuite({ signedIn: true, simulator: { scenario: silentLists } });
  const { row, titled } = story;

  const open = async (title = /^Switch Model/): Promise<void> => {
    await story.workbench.runCommand('Switchboard: Switch Model');
    await titled(title);
  };
  /** Opens the list, and waits until the service has answered. */
  const openFresh = async (): Promise<void> => {
    const before = story.simulator.journal.requests.length;
    await open();
    await story.simulator.journal.waitFor(
      ({ path, number }) => path.endsWith('/models/user') && number > before,
    );
    await row('Another ID').or(row('in use')).waitFor();
  };
  const titleButton = (name: string): Locator =>
    story.workbench.page
      .locator('.quick-input-widget:visible .quick-input-titlebar')
      .getByRole('button', { name });
  const look = (step: string): Promise<string> => story.workbench.screenshot(`models-${step}`);
  const close = async (): Promise<void> => {
    await story.workbench.input.press('Escape');
    await story.workbench.input.waitFor({ state: 'hidden' });
  };
  const chosen = async (model: string): Promise<void> => {
    await story.workbench.input.waitFor({ state: 'hidden' });
    await story.workbench.savedUserSetting('switchboard.model', JSON.stringify(model));
  };
  /** Resolves when the item of the status bar says so to those who hear it. */
  const heard = (words: RegExp): Promise<void> =>
    story.workbench.statusItem('model').getByRole('button', { name: words }).waitFor();
  /** Asks in the panel, and gives the model that was asked. */
  const ask = async (words: string): Promise<unknown> => {
    const before = story.simulator.journal.requests.length;
    await story.workbench.sendMessage(words);
    await story.simulator.journal.waitFor(({ method, number }) => method === 'POST' && number > before);
    await story.workbench.panel.getByRole('button', { name: 'Send' }).waitFor();
    await story.workbench.panel.getByRole('group', { name: 'Answer details' }).last().waitFor();
    const body = story.simulator.journal.last('/chat/completions')?.body;
    return typeof body === 'object' && body !== null && 'model' in body ? body.model : undefined;
  };

  it('says that the list is on its way, and chooses nothing until it is there', async () => {
    await open();
    await row('Loading models').waitFor();
    await look('1-loading');
    await story.workbench.input.press('Enter');
    await row('Loading models').waitFor();
    await close();
  });

  it('shows sections, prices, and what the account excludes', async () => {
    story.simulator.use('default');
    await openFresh();
    await row('recommended').waitFor();
    await look('2-sections');
    await story.workbench.input.fill('thedrummer');
    await row('excluded').waitFor();
    await look('3-excluded');
    await story.workbench.input.press('Enter');
    const dialog = story.workbench.page.getByRole('dialog', { name: /exclude/ });
    await dialog.waitFor();
    await look('4-excluded-question');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('keeps favorites', async () => {
    await openFresh();
    await story.workbench.input.fill('claude-haiku-4.8');
    const haiku = row('anthropic/claude-haiku-4.8');
    await haiku.hover();
    await haiku.getByRole('button', { name: 'Add to Favorites' }).click();
    await row('anthropic/claude-haiku-4.8').getByRole('button', { name: 'Remove from Favorites' }).waitFor();
    await story.workbench.input.fill('');
    await row('favorites').filter({ hasText: 'Claude Haiku 4.8' }).waitFor();
    await look('5-favorites');
    await close();
  });

  it('filters by what a model must have, says so, and says when none has it', async () => {
    await openFresh();
    await titleButton('Filter Models').click();
    await titled(/^Filter Models/);
    await story.workbench.pick(/^Filter Models/, 'Free');
    await titled(/^Filter Models \(\d+ of \d+\)/);
    await story.workbench.pick(/^Filter Models/, 'Tools');
    await story.workbench.input.fill('');
    await row('Tools').locator('.codicon-check').waitFor();
    await row('Free').locator('.codicon-check').waitFor();
    await look('6-filter');
    await story.workbench.pick(/^Filter Models/, 'Back');
    await titled(/^Switch Model \(Free, Tools; \d+ of \d+\)/);
    await row('free').waitFor();
    await look('7-filtered');
    await titleButton('Filter Models').click();
    await story.workbench.pick(/^Filter Models/, 'Minimum context');
    await story.workbench.answerInput('Filter Models: Context', '9M');
    await titled(/^Filter Models \(0 of/);
    await story.workbench.pick(/^Filter Models/, 'Back');
    await row('No model matches every filter').waitFor();
    await look('8-none');
    await row('No model matches every filter').click();
    await titled(/^Switch Model$/);
    await close();
  });

  it('asks the service for speed and retention only when they are wanted', async () => {
    const isWanted = ({ path, query }: { path: string; query: object }): boolean =>
      path.endsWith('/zdr') || 'sort' in query;
    assert.ok(!story.simulator.journal.requests.some(isWanted));
    await openFresh();
    await titleButton('Sort Models').click();
    await story.workbench.pick(/^Sort Models/, 'fastest');
    await story.simulator.journal.waitFor(({ query }) => query['sort'] === 'throughput-high-to-low');
    await titled(/^Switch Model/);
    await titleButton('Sort Models').click();
    await look('9-sort');
    await story.workbench.pick(/^Sort Models/, "OpenRouter's order");
    await titled(/^Switch Model/);
    await close();
  });

  it('warns of a model that will be gone, and names what follows it', async () => {
    await openFresh();
    await story.workbench.input.fill('claude-3.7');
    await row('until', 'then').waitFor();
    await look('10-expiry');
    await close();
  });

  it('offers similar models for an unknown id, and the id as typed', async () => {
    await openFresh();
    await story.workbench.input.fill('anthropic/claude-sonet-4.8');
    await row('Use as typed').waitFor();
    await row('anthropic/claude-sonnet-4.8').waitFor();
    await look('11-unknown');
    await story.workbench.focusedRow('anthropic/claude-sonnet-4.8').waitFor();
    await story.workbench.input.press('Enter');
    await chosen('anthropic/claude-sonnet-4.8');
    await openFresh();
    await story.workbench.input.fill('anthropic/claude-sonnet-4.6:nitro');
    await story.workbench.focusedRow('Use as typed').waitFor();
    await story.workbench.input.press('Enter');
    await chosen('anthropic/claude-sonnet-4.6:nitro');
  });

  it('finds by what models can do or cost where none is called so, and keeps their buttons', async () => {
    await openFresh();
    await story.workbench.input.fill('audio structured');
    await titled(/^Switch Model \(no model has that name; matching descriptions\)/);
    await row('structured output').filter({ hasText: 'audio' }).waitFor();
    await look('11b-described');
    const first = story.workbench.pickRows.first();
    await first.hover();
    await first.getByRole('button', { name: 'Show Model' }).waitFor();
    await story.workbench.input.fill('claude');
    await titled(/^Switch Model$/);
    await row('anthropic/claude').waitFor();
    await close();
  });

  it('works offline with the list that it has, and says so', async () => {
    story.simulator.use('offline');
    await open(/^Switch Model \(the list couldn't be refreshed/);
    await look('12-offline');
    await story.workbench.pick(/^Switch Model/, 'openrouter/auto');
    await chosen('openrouter/auto');
    story.simulator.use('default');
  });

  it('shows the model that really answered where a router chose it', async () => {
    await story.workbench.openChat();
    assert.equal(await ask('Hello'), 'openrouter/auto');
    const details = story.workbench.panel.getByRole('group', { name: 'Answer details' });
    await details.last().filter({ hasText: 'claude-sonnet-4.8' }).waitFor();
    await story.workbench.panel.getByRole('button', { name: 'Model: Auto Router' }).waitFor();
    await openFresh();
    await story.workbench.pick(/^Switch Model/, 'openrouter/free');
    await chosen('openrouter/free');
    assert.equal(await ask('And now?'), 'openrouter/free');
    await details.last().filter({ hasText: 'llama-3.3' }).waitFor();
    await look('13-router');
  });

  it('sets a model for one chat only, which keeps it', async () => {
    await openFresh();
    await titleButton('For a Workspace').click();
    await titled(/^Switch Model For$/);
    await look('14-targets');
    await story.workbench.pick(/^Switch Model For$/, 'This chat');
    await titled(/^Switch Model for This Chat/);
    await story.workbench.pick(/^Switch Model for This Chat/, 'anthropic/claude-haiku-4.8');
    const { panel } = story.workbench;
    await panel.getByRole('button', { name: /^Model: .*Claude Haiku 4.8/ }).waitFor();
    assert.equal(await story.workbench.userSetting('switchboard.model'), '"openrouter/free"');
    assert.equal(await ask('Only here'), 'anthropic/claude-haiku-4.8');
    await heard(/^Model: .*Claude Haiku 4\.8.*\. Set for this chat only\./);
    await story.workbench.hoverOver('model', 'Set for this chat only.');
    await look('15-chat');
    await story.workbench.reload();
    await story.workbench.openChat();
    await panel.getByRole('button', { name: /^Model: .*Claude Haiku 4.8/ }).waitFor();
    await heard(/^Model: .*Claude Haiku 4\.8.*\. Set for this chat only\./);
  });

  it("shows the active chat's model in the status bar, and where it is set", async () => {
    const { panel } = story.workbench;
    const reopen = async (): Promise<void> => {
      await story.workbench.runCommand('Switchboard: Search Chats');
      await story.workbench.pickRows.first().click();
      await story.workbench.focusIsBack();
    };
    await heard(/^Model: .*Claude Haiku 4\.8.*\. Set for this chat only\./);
    await story.workbench.runCommand('Switchboard: New Chat');
    await heard(/^Model: Free Models Router.*\. Set for all workspaces\./);
    // The panel had the focus before; it has it again only after this.
    await story.workbench.panelHasAnswered();
    await story.workbench.focusIsBack();
    await reopen();
    await heard(/^Model: .*Claude Haiku 4\.8.*\. Set for this chat only\./);
    await story.workbench.runCommand('Switchboard: Open Chat in Editor');
    await panel.getByRole('button', { name: /^Model: Free Models Router/ }).waitFor();
    await story.workbench.editorPanel.locator('textarea:focus[aria-label="Message"]').waitFor();
    await heard(/^Model: .*Claude Haiku 4\.8.*\. Set for this chat only\./);
    await story.workbench.runCommand('View: Close Editor');
    await heard(/^Model: Free Models Router.*\. Set for all workspaces\./);
    await reopen();
    await heard(/^Model: .*Claude Haiku 4\.8.*\. Set for this chat only\./);
  });

  it('has ways on where the model of a chat is not there any more', async () => {
    await open(/^Switch Model for This Chat/);
    await story.workbench.input.fill('anthropic/claude-haiku-4.8-gone');
    await row('Use as typed').click();
    await heard(/^Model: .*gone.*\. Set for this chat only\./);
    await story.workbench.hoverOver('model', "This model isn't in the model list.");
    await look('15c-gone');
    await story.workbench.sendMessage('Are you still there?');
    const alert = story.workbench.panel.getByRole('alert').last();
    await alert.getByText('No provider can serve this request with this model').waitFor();
    await look('15d-gone-asked');
    await alert.getByRole('button', { name: 'Switch model' }).click();
    await story.workbench.pick(/^Switch Model for This Chat/, 'anthropic/claude-haiku-4.5');
    await heard(/^Model: .*Claude Haiku 4\.5.*\. Set for this chat only\./);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await story.workbench.panel
      .getByRole('group', { name: 'Answer details' })
      .last()
      .filter({ hasText: 'claude-haiku-4.5' })
      .waitFor();
  });

  it('gives a chat the general model again', async () => {
    await open(/^Switch Model for This Chat/);
    await look('15b-own');
    await story.workbench.pick(/^Switch Model for This Chat/, 'Default model');
    await story.workbench.panel.getByRole('button', { name: /^Model: Free Models Router/ }).waitFor();
  });

  it('sets a model for one command', async () => {
    await openFresh();
    await titleButton('For a Workspace').click();
    await story.workbench.pick(/^Switch Model For$/, 'Review Selection');
    await titled(/^Switch Model for Review Selection/);
    await look('16-command');
    await story.workbench.pick(/^Switch Model for Review Selection/, 'openai/gpt-5.6-codex');
    await story.workbench.input.waitFor({ state: 'hidden' });
    await story.workbench.savedUserSetting(
      'switchboard.commandModels',
      '{"switchboard.reviewSelection":"openai/gpt-5.6-codex"}',
    );
  });

  for (const theme of ['light', 'hc-dark', 'hc-light'] as const) {
    it(`can be read in the theme "${themes[theme]}"`, async () => {
      await story.workbench.setUserSetting('workbench.colorTheme', themes[theme]);
      await openFresh();
      await row('recommended').waitFor();
      await look(`2-sections-${theme}`);
      await story.workbench.input.fill('thedrummer');
      await row('excluded').waitFor();
      await look(`3-excluded-${theme}`);
      await close();
    });
  }

  it('has a page for each model, from the list and from the palette', async () => {
    await openFresh();
    await story.workbench.input.fill('openai/gpt-5.4-pro');
    const gpt = row('openai/gpt-5.4-pro');
    await gpt.hover();
    await gpt.getByRole('button', { name: 'Show Model' }).click();
    const page: FrameLocator = story.workbench.editorPanel;
    await page.getByRole('heading', { name: 'GPT-5.4 Pro' }).waitFor();
    await page.getByRole('table', { name: 'Prices' }).getByText('over 272k tokens').waitFor();
    await page.getByRole('table', { name: 'Providers' }).getByRole('row', { name: /Azure/ }).waitFor();
    await look('17-page');
    await page
      .getByRole('group', { name: 'Routing of Azure' })
      .getByRole('button', { name: 'Try first' })
      .click();
    await page.getByRole('button', { name: 'Try first (1.)' }).waitFor();
    await story.workbench.savedUserSetting(
      'switchboard.modelRouting',
      '{"openai/gpt-5.4-pro":{"order":["azure"]}}',
    );
    await page.getByRole('button', { name: 'Use this model' }).click();
    await page.getByRole('button', { name: 'In use' }).waitFor();
    await chosen('openai/gpt-5.4-pro');
    await story.workbench.runCommand('View: Close Editor');
    await story.workbench.runCommand('Switchboard: Show Model');
    await page.getByRole('heading', { name: 'GPT-5.4 Pro' }).waitFor();
    await story.workbench.runCommand('View: Close Editor');
  });

  it('generates chat titles with the background model, if one is set', async () => {
    const titles = (): number =>
      story.simulator.journal.requests.filter(({ body }) =>
        JSON.stringify(body ?? '').includes('Write a title'),
      ).length;
    assert.equal(titles(), 0, 'nobody has asked for that so far');
    await openFresh();
    await titleButton('For a Workspace').click();
    await story.workbench.pick(/^Switch Model For$/, 'Titles and commit');
    await titled(/^Switch Model for Titles/);
    await story.workbench.pick(/^Switch Model for Titles/, 'openai/gpt-5-nano');
    await story.workbench.savedUserSetting('switchboard.backgroundModel', '"openai/gpt-5-nano"');
    await story.workbench.runCommand('Switchboard: New Chat');
    await story.workbench.panel.getByRole('heading', { name: 'New chat' }).waitFor();
    story.simulator.use({
      name: 'titled',
      about: 'Answers shortly',
      answer: { content: 'Greetings in English' },
    });
    await ask('How does one say hello?');
    await story.simulator.journal.waitFor(({ body }) => JSON.stringify(body ?? '').includes('Write a title'));
    await story.workbench.panel.getByRole('heading', { name: 'Greetings in English' }).waitFor();
    await look('18-title');
    assert.equal(titles(), 1);
  });
});
