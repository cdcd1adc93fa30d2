import assert from 'node:assert/strict';
import { pagesOfSuite } from './opened.ts';
import type { Panel } from './panelHarness.ts';
import { states } from './states.ts';
import { aQuestion, anAnswer, anAttachment, aView } from './views.ts';

/** What has the focus, by its name. */
async function focused(panel: Panel): Promise<string> {
  return panel.page.evaluate(() => {
    const { activeElement: element } = document;
    return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
  });
}

/** Presses a button by keyboard. */
async function press(panel: Panel, name: string, index = 0): Promise<void> {
  const button = panel.button(name).nth(index);
  await button.focus();
  await button.press('Enter');
}

const question = aQuestion('Why?');
const answer = anAnswer('Because.');

describe('The focus', () => {
  const pages = pagesOfSuite();
  let panel: Panel;

  async function showAll(messages: Parameters<typeof aView>[0], header: Parameters<typeof aView>[1] = {}) {
    await panel.show(aView(messages, header));
  }

  it('goes to the next item when an attached one is removed, and to the composer after the last', async () => {
    const [one, two] = [
      anAttachment({ id: 'one', label: 'one.ts' }),
      anAttachment({ id: 'two', label: 'two.ts' }),
    ];
    panel = await pages.panel({ view: aView([], { attachments: [one, two] }) });
    await press(panel, 'Remove one.ts');
    await panel.waitForPost('removeAttachment');
    await showAll([], { attachments: [two] });
    await panel.button('Remove one.ts').waitFor({ state: 'detached' });
    assert.equal(await focused(panel), 'Remove two.ts');
    await press(panel, 'Remove two.ts');
    await showAll([]);
    await panel.button('Remove two.ts').waitFor({ state: 'detached' });
    assert.equal(await focused(panel), 'Message');
  });

  it('stays at an answer that is retried', async () => {
    panel = await pages.panel({ view: aView([question, answer]) });
    await press(panel, 'Regenerate');
    await panel.waitForPost('regenerate');
    await showAll([question, anAnswer('', { id: 'other', state: 'waiting' })], { busy: true });
    await panel.page.locator('[data-message="other"]').waitFor();
    assert.equal(await focused(panel), 'Assistant');
    await showAll([question, anAnswer('Thus.', { id: 'other' })]);
    await panel.button('Regenerate').waitFor();
    assert.equal(await focused(panel), 'Assistant');
  });

  it('stays at the versions of an answer while one goes through them', async () => {
    const version = (id: string, shown: number) => anAnswer(id, { id, versions: { shown, count: 2 } });
    panel = await pages.panel({ view: aView([question, version('second', 2)]) });
    await press(panel, 'Previous version');
    await panel.waitForPost('showVersion');
    await showAll([question, version('first', 1)]);
    await panel.page.locator('[data-message="first"]').waitFor();
    assert.equal(await focused(panel), 'Next version');
  });

  it('stays at a question that was put in other words', async () => {
    panel = await pages.panel({ view: aView([question, answer]) });
    await press(panel, 'Edit message');
    const box = panel.page.getByRole('textbox', { name: 'Edit message' });
    await box.fill('How?');
    await box.press('Enter');
    await panel.waitForPost('edit');
    await showAll([aQuestion('How?', { id: 'edited' }), anAnswer('', { id: 'other', state: 'waiting' })], {
      busy: true,
    });
    await panel.page.locator('[data-message="edited"]').waitFor();
    assert.equal(await focused(panel), 'You: How?');
  });

  it('stays at an answer whose failure is tried again', async () => {
    panel = await pages.panel({ view: states.alert });
    await press(panel, 'Try again');
    await showAll([question, anAnswer('', { state: 'waiting' })], { busy: true });
    await panel.page.getByRole('alert').waitFor({ state: 'detached' });
    assert.equal(await focused(panel), 'Assistant');
  });

  it('stays at an answer whose retry is canceled, and at one that continues', async () => {
    panel = await pages.panel({ view: states.retrying });
    await press(panel, 'Cancel');
    await showAll([question, anAnswer('', { state: 'stopped', canContinue: true })]);
    await panel.button('Cancel').waitFor({ state: 'detached' });
    assert.equal(await focused(panel), 'Assistant');
    await press(panel, 'Continue');
    await showAll([question, anAnswer('', { state: 'waiting' })], { busy: true });
    await panel.button('Continue').waitFor({ state: 'detached' });
    assert.equal(await focused(panel), 'Assistant');
  });

  it('goes to the composer when an alert is dismissed, or another chat shown', async () => {
    panel = await pages.panel({ view: states['rejected key'] });
    await press(panel, 'Dismiss');
    await showAll(states['rejected key'].messages);
    await panel.button('Dismiss').waitFor({ state: 'detached' });
    assert.equal(await focused(panel), 'Message');
    await press(panel, 'Fork chat');
    await panel.waitForPost('fork');
    await panel.show({ ...aView([question, { ...answer, id: 'copy' }]), conversationId: 'fork' });
    await panel.page.locator('[data-conversation="fork"]').waitFor();
    assert.equal(await focused(panel), 'Message');
  });

  it('goes to the composer when the welcome has done its work', async () => {
    panel = await pages.panel({ view: states['no key'] });
    await press(panel, 'Sign in');
    await showAll([]);
    await panel.page.getByText('Ask about your code').first().waitFor();
    assert.equal(await focused(panel), 'Message');
  });

  it('is back where it was when the user comes back from another part of the editor', async () => {
    panel = await pages.panel({ view: aView([question, answer]) });
    await panel.button('Regenerate').focus();
    await panel.page.evaluate(() => {
      // So does VS Code.
      (document.activeElement as HTMLElement).blur();
      window.dispatchEvent(new Event('blur'));
      window.dispatchEvent(new Event('focus'));
    });
    assert.equal(await focused(panel), 'Regenerate');
  });

  it('is left alone where nothing takes it away', async () => {
    panel = await pages.panel({ view: aView([question, answer]) });
    await panel.transcript.focus();
    await panel.append(' So it is.');
    await panel.page.getByText('So it is.').waitFor();
    assert.equal(await focused(panel), 'Conversation');
    await panel.page.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
    });
    await panel.append(' Really.');
    await panel.page.getByText('Really.').waitFor();
    assert.equal(await panel.page.evaluate(() => document.activeElement === document.body), true);
  });

  it('is taken by a panel that was drawn late only when the user is there', async () => {
    panel = await pages.panel({ view: aView([question, answer]) });
    await panel.page.evaluate(() => {
      document.hasFocus = () => false;
    });
    await panel.send({ type: 'focusComposer', late: true });
    await panel.append(' So it is.');
    await panel.page.getByText('So it is.').waitFor();
    assert.equal(await panel.page.evaluate(() => document.activeElement === document.body), true);
    await panel.page.evaluate(() => {
      document.hasFocus = () => true;
      window.dispatchEvent(new Event('focus'));
    });
    await panel.page.locator('textarea:focus').waitFor();
    assert.equal(await focused(panel), 'Message');
  });
});
