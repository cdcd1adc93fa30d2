import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('versions of messages', () => {
  const story = workbenchOfSuite({ signedIn: true, chat: true });
  const { willSay } = story;

  const article = (who: 'You' | 'Assistant', at = 0): Locator =>
    story.workbench.panel.getByRole('article', { name: new RegExp(`^${who}`) }).nth(at);
  const answered = (at: number, words: string): Promise<void> =>
    article('Assistant', at)
      .filter({ hasText: words })
      .getByRole('group', { name: 'Answer details' })
      .waitFor();
  const sentWords = (): readonly string[] => {
    const body = story.simulator.journal.last('/chat/completions')?.body;
    assert.ok(typeof body === 'object' && body !== null && 'messages' in body);
    return (body.messages as { content: unknown }[]).slice(1).map(({ content }) => String(content));
  };

  it('of an answer: another one takes its place, and the old one stays reachable', async () => {
    willSay('It is a fox.');
    await story.workbench.sendMessage('What is it?');
    await answered(0, 'It is a fox.');
    willSay('It runs.');
    await story.workbench.sendMessage('What does it do?');
    await answered(1, 'It runs.');
    willSay('It is a hare.');
    await article('Assistant').getByRole('button', { name: 'Regenerate' }).click();
    await answered(0, 'It is a hare.');
    assert.deepEqual(sentWords(), ['What is it?']);
    assert.equal(await story.workbench.panel.getByRole('article').count(), 2);
    await story.workbench.screenshot('versions-1-regenerated');
    await article('Assistant').getByRole('button', { name: 'Previous version' }).click();
    await answered(1, 'It runs.');
    await answered(0, 'It is a fox.');
  });

  it('of an answer by another model, this once only', async () => {
    willSay('It is a hound.');
    await article('Assistant').getByRole('button', { name: 'Ask another model' }).click();
    await story.workbench.input.fill('openrouter/free');
    await story.workbench.pickRows.filter({ hasText: 'openrouter/free' }).first().click();
    await answered(0, 'It is a hound.');
    assert.partialDeepStrictEqual(story.simulator.journal.last('/chat/completions')?.body, {
      model: 'openrouter/free',
    });
    assert.equal(await story.workbench.userSetting('switchboard.model'), undefined);
    await article('Assistant').getByRole('button', { name: 'Previous version' }).click();
    await article('Assistant').getByRole('button', { name: 'Previous version' }).click();
    await answered(1, 'It runs.');
  });

  it('of a question: it is edited, and the chat continues from there', async () => {
    willSay('It sleeps.');
    await article('You', 1).getByRole('button', { name: 'Edit message' }).click();
    const box = story.workbench.panel.getByRole('textbox', { name: 'Edit message' });
    assert.equal(await box.inputValue(), 'What does it do?');
    await story.workbench.screenshot('versions-2-editing');
    await box.fill('Does it rest?');
    await box.press('Enter');
    await answered(1, 'It sleeps.');
    assert.deepEqual(sentWords(), ['What is it?', 'It is a fox.', 'Does it rest?']);
    willSay('Yes, at night.');
    await story.workbench.sendMessage('When?');
    await answered(2, 'Yes, at night.');
    assert.deepEqual(sentWords(), ['What is it?', 'It is a fox.', 'Does it rest?', 'It sleeps.', 'When?']);
  });

  it('of a question that waits for its turn: it is withdrawn, goes back into the composer, and is never asked', async () => {
    story.simulator.use('slow');
    await story.workbench.sendMessage('Tell me more');
    await story.workbench.panel.getByRole('button', { name: 'Stop' }).waitFor();
    await story.workbench.sendMessage('And the tail?');
    await article('You', 4).getByRole('button', { name: 'Withdraw question' }).click();
    await article('You', 4).waitFor({ state: 'detached' });
    await story.workbench.focusIsBack();
    const composer = story.workbench.panel.getByRole('textbox', { name: 'Message' });
    assert.equal(await composer.inputValue(), 'And the tail?');
    await story.workbench.screenshot('versions-3-withdrawn');
    await composer.press('Escape');
    await story.workbench.panel.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    assert.equal(sentWords().at(-1), 'Tell me more');
    await composer.fill('');
  });

  it('that are out of sight are found by their words', async () => {
    await story.workbench.runCommand('Switchboard: Search Chats');
    await story.workbench.input.fill('hare');
    await story.workbench.pickRows.filter({ hasText: 'It is a hare.' }).first().waitFor();
    await story.workbench.page.keyboard.press('Enter');
    await answered(0, 'It is a hare.');
    await story.workbench.panel.locator('article:focus').waitFor();
  });

  it('are all there after a restart', async () => {
    await story.workbench.reloadWindow();
    await story.workbench.openChat();
    await article('Assistant').getByText('Version 3 of 3').waitFor();
    await article('Assistant').getByRole('button', { name: 'Previous version' }).click();
    await article('Assistant').getByText('Version 2 of 3').waitFor();
    await article('Assistant').getByRole('button', { name: 'Previous version' }).click();
    await answered(2, 'Yes, at night.');
    await article('You', 1).getByRole('button', { name: 'Previous version' }).click();
    await answered(1, 'It runs.');
  });
});
