import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import type { ScenarioName } from '../simulator/scenarios.ts';
import { simulatorKey } from '../simulator/simulator.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

/** Failures as users meet them: what is said, and that the button leads on. */
describe('a failure in the panel', () => {
  const story = workbenchOfSuite({
    signedIn: true,
    chat: true,
    settings: {
      'switchboard.model': 'anthropic/claude-sonnet-4.6',
      'switchboard.routing': { max_price: { prompt: 9, completion: 90 } },
    },
  });
  const { lastAnswer } = story;

  const alert = (): Locator => lastAnswer().getByRole('alert');
  const answered = async (): Promise<void> => {
    await lastAnswer().getByRole('group', { name: 'Answer details' }).waitFor();
  };
  const sent = (): Record<string, unknown> =>
    (story.simulator.journal.last('/chat/completions')?.body ?? {}) as Record<string, unknown>;
  /** Asks something that fails so, and gives the words that are shown. */
  const failWith = async (scenario: ScenarioName, words: RegExp): Promise<void> => {
    story.simulator.use(scenario);
    story.simulator.journal.clear();
    await story.workbench.sendMessage(`What about ${scenario}?`);
    await alert().filter({ hasText: words }).waitFor();
  };
  /** Lets the service recover, and takes a way on. */
  const recover = async (button: string | RegExp): Promise<void> => {
    story.simulator.use('default');
    await alert().getByRole('button', { name: button }).click();
  };

  /** One types, and the words go into the composer: it has the focus, or gets it back by itself. */
  const typesOn = async (): Promise<void> => {
    await story.workbench.focusIsBack();
    await story.workbench.page.keyboard.type('on');
    const composer = story.workbench.panel.getByRole('textbox', { name: 'Message' });
    assert.equal(await composer.inputValue(), 'on');
    await composer.fill('');
  };

  it('for want of credit asks for a shorter answer', async () => {
    await failWith('error-credit', /enough credit/);
    await story.workbench.screenshot('errors-1-credit');
    await recover('Lower answer length');
    await answered();
    assert.deepEqual([sent()['max_tokens'], sent()['model']], [1_204, 'anthropic/claude-sonnet-4.6']);
  });

  it('for want of credit asks a free model, this time only', async () => {
    await failWith('error-credit', /enough credit/);
    await recover('Use a free model');
    await answered();
    assert.match(String(sent()['model']), /free$/);
    await story.workbench.sendMessage('And now?');
    await story.workbench.panel.getByText('And now?').first().waitFor();
    await answered();
    assert.equal(sent()['model'], 'anthropic/claude-sonnet-4.6');
  });

  it('for lack of credit offers the page to buy it, and otherwise leaves the composer usable', async () => {
    await failWith('error-credit', /enough credit/);
    await recover('Add credits');
    const dialog = story.workbench.page.locator('.monaco-dialog-box').filter({ hasText: 'external website' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await typesOn();
  });

  it('for want of a model asks one that the service offers', async () => {
    await failWith('error-availability-model-deprecated', /No provider can serve this request/);
    await recover(/^Use OpenAI/);
    await answered();
    assert.notEqual(sent()['model'], 'anthropic/claude-sonnet-4.6');
  });

  it('that may be temporary is retried automatically, which can be canceled', async () => {
    story.simulator.use('error-retry-after');
    story.simulator.journal.clear();
    await story.workbench.sendMessage('Hurry up!');
    const status = story.workbench.panel.getByRole('status').filter({ hasText: /Retrying in \d+ s/ });
    await status.waitFor();
    await story.workbench.screenshot('errors-2-countdown');
    await story.workbench.panel.getByRole('button', { name: 'Cancel' }).click();
    await alert().filter({ hasText: 'Too many requests' }).waitFor();
    assert.equal(story.simulator.journal.requests.filter(({ method }) => method === 'POST').length, 1);
    await recover('Try again');
    await answered();
  });

  it('that lasts makes three requests, and then says so', async () => {
    await failWith('error-502', /model's provider failed/);
    assert.equal(story.simulator.journal.requests.filter(({ method }) => method === 'POST').length, 3);
    await recover('Try again');
    await answered();
  });

  it('of the daily limit says when that ends', async () => {
    await failWith('error-free-daily', /free requests are used up\. They reset at \d/);
    assert.equal(story.simulator.journal.requests.filter(({ method }) => method === 'POST').length, 1);
    await recover('Switch model');
    await story.workbench.pickRows.first().waitFor();
    await story.workbench.page.keyboard.press('Escape');
  });

  it('of the key leads to setting another one', async () => {
    await failWith('error-401', /API key was rejected/);
    await recover('Set API key');
    await story.workbench.answerInput('Set API Key', simulatorKey);
    await story.workbench.notifications.filter({ hasText: /API key .*saved/ }).waitFor();
    await typesOn();
    await story.workbench.dismissNotifications();
  });

  it('of the key leaves the palette open that one opens while the other key is checked', async () => {
    await recover('Set API key');
    const letGo = story.simulator.hold('/key');
    story.simulator.journal.clear();
    await story.workbench.answerInput('Set API Key', simulatorKey);
    await story.simulator.journal.waitFor(({ path }) => path.endsWith('/key'));
    await story.workbench.page.keyboard.press('F1');
    await story.workbench.paletteIsOpen();
    letGo();
    await story.workbench.notifications.filter({ hasText: /API key .*saved/ }).waitFor();
    await story.workbench.panelHasAnswered();
    await story.workbench.paletteIsOpen();
    await story.workbench.page.keyboard.press('Escape');
    await story.workbench.dismissNotifications();
  });

  const plain: readonly (readonly [scenario: ScenarioName, words: RegExp])[] = [
    ['error-moderation', /Content moderation rejected/],
    ['error-403', /doesn't allow this request/],
    ['error-data-policy', /privacy settings exclude/],
    ['error-type-context-length-exceeded', /too long for this model/],
    ['error-413', /too large for the server/],
    ['error-422', /rejected the request/],
  ];
  for (const [scenario, words] of plain) {
    it(`told by "${scenario}" can be tried again`, async () => {
      await failWith(scenario, words);
      await recover('Try again');
      await answered();
    });
  }

  it('for want of a provider asks without the routing that left none, this time only', async () => {
    await failWith('error-availability-constraint-filtered', /No provider of this model meets/);
    assert.deepEqual(sent()['provider'], { max_price: { prompt: 9, completion: 90 } });
    await story.workbench.screenshot('errors-3-routing');
    await recover('Relax routing');
    await answered();
    assert.equal(sent()['provider'], undefined);
  });

  it('of an unknown name offers the models that are like it', async () => {
    await failWith('error-no-endpoints', /No provider can serve this request/);
    await recover(/^Use .*Claude Sonnet 4\.8/);
    await answered();
    assert.match(String(sent()['model']), /claude/);
  });

  it('of moderation says what was flagged', async () => {
    await failWith('error-moderation', /Flagged for: violence/);
  });

  it('in the middle lets the model go on from where it broke off', async () => {
    story.simulator.use({
      name: 'breaks off',
      about: 'The connection ends without an end',
      answer: { content: 'Once upon a time there was a fox that lived in a wood' },
      ending: { kind: 'truncate', after: 6 },
    });
    await story.workbench.sendMessage('Tell me a tale');
    await alert().filter({ hasText: 'was cut off' }).waitFor();
    const said = await lastAnswer().locator('.markdown').innerText();
    await story.workbench.screenshot('errors-4-continue');
    story.simulator.use({ name: 'goes on', about: 'The rest', answer: { content: ' and it was happy.' } });
    await alert().getByRole('button', { name: 'Continue' }).click();
    await lastAnswer().getByText(`${said.trim()} and it was happy.`).waitFor();
    await answered();
    const messages = sent()['messages'];
    assert.ok(Array.isArray(messages));
    assert.deepEqual(messages.at(-1), { role: 'assistant', content: said.trim() });
  });

  it('of the length limit offers to continue, too', async () => {
    story.simulator.use({
      name: 'cut',
      about: 'The length limit',
      answer: { content: 'One two three four five six', finishReason: 'length', cutAfter: 8 },
    });
    await story.workbench.sendMessage('Count');
    await lastAnswer().getByText('reached the length limit').waitFor();
    story.simulator.use('default');
    await lastAnswer().getByRole('button', { name: 'Continue' }).click();
    await lastAnswer().getByText('reached the length limit').waitFor({ state: 'detached' });
  });

  it('in the middle keeps what had arrived', async () => {
    story.simulator.use({
      name: 'breaks off',
      about: 'The connection ends without an end',
      answer: { content: 'These words had arrived before it ended' },
      ending: { kind: 'truncate', after: 4 },
    });
    await story.workbench.sendMessage('Tell me a story');
    await alert().filter({ hasText: 'was cut off' }).waitFor();
    await story.workbench.panel
      .getByRole('article', { name: /^Assistant/ })
      .last()
      .getByText(/These words/)
      .waitFor();
    await recover('Try again');
    await answered();
  });
});
