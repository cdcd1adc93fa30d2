import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

const words = Array.from({ length: 400 }, (_, index) => `word${index}`).join(' ');

describe('a conversation', () => {
  const story = workbenchOfSuite({ signedIn: true, chat: true });
  const { willSay, lastAnswer: answer, newChat } = story;

  describe('with versions of messages', () => {
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

  describe('of which nothing is lost', () => {
    before(() => newChat());

    const question = () => story.workbench.panel.getByRole('article', { name: /^You/ }).last();

    it('keeps a draft and the conversation while the panel is hidden', async () => {
      story.simulator.use({ name: 'whole', about: 'The whole text at once', answer: { content: words } });
      await story.workbench.sendMessage('Say all the words');
      await answer().filter({ hasText: 'word399' }).waitFor();
      await story.workbench.panel.getByRole('textbox', { name: 'Message' }).fill('half a thought');
      await story.workbench.showExplorer();
      await story.workbench.openChat();
      await answer().filter({ hasText: 'word399' }).waitFor();
      const composer = story.workbench.panel.getByRole('textbox', { name: 'Message' });
      assert.equal(await composer.inputValue(), 'half a thought');
      await composer.fill('');
    });

    it('keeps what had arrived when the extension host is killed in the middle of an answer', async () => {
      story.simulator.use({
        name: 'stops half-way',
        about: 'Half of it, then silence',
        answer: { content: words },
        ending: { kind: 'stall', after: 150 },
      });
      await story.workbench.sendMessage('Begin, and never end');
      await story.simulator.journal.waitFor(({ pieces, outcome }) => pieces >= 150 && outcome === 'open');
      const seen =
        ((await answer().filter({ hasText: 'word20' }).textContent()) ?? '').match(/word\d+/g) ?? [];
      await story.workbench.untilSaved('word20');
      story.workbench.killExtensionHost();
      await story.workbench.reload();
      await story.workbench.openChat();
      await question().filter({ hasText: 'Begin, and never end' }).waitFor();
      await answer().filter({ hasText: 'word20' }).waitFor();
      assert.ok(seen.length > 0);
      const alert = answer().getByRole('alert').filter({ hasText: 'The partial answer was kept' });
      await alert.getByRole('button', { name: 'Try again' }).waitFor();
    });

    it('says what a stopped answer cost: about so much at once, and the truth when the service knows it', async () => {
      story.simulator.use({
        name: 'long',
        about: 'So long that it can be stopped',
        answer: { content: words },
        pace: { tokensPerSecond: 100 },
      });
      await story.workbench.sendMessage('Talk until I stop you');
      await answer().filter({ hasText: 'word5' }).waitFor();
      await story.workbench.panel.getByRole('button', { name: 'Stop' }).click();
      const details = answer().getByRole('group', { name: 'Answer details' });
      await details.filter({ hasText: /≈ \$0\.\d{6}/ }).waitFor();
      await details.filter({ hasText: /output tokens ?·? ?\$0\.\d{6}/ }).waitFor();
    });

    it('shows a second window the same conversation, and loses nothing when both write', async () => {
      story.simulator.use({ name: 'short', about: 'A short answer', answer: { content: 'Certainly.' } });
      const second = await story.workbench.openWindow();
      await second.openChat();
      await second.panel.getByRole('article', { name: /^You/ }).filter({ hasText: 'never end' }).waitFor();
      await Promise.all([
        story.workbench.sendMessage('From the first window'),
        second.sendMessage('From the second window'),
      ]);
      await story.workbench.panel.getByText('From the first window').waitFor();
      await second.panel.getByText('From the second window').waitFor();
      await second.page.close();
      await story.workbench.reload();
      await story.workbench.openChat();
      // Asked at the same moment, one is another version of the other; both are found.
      const words = ['From the first window', 'From the second window'] as const;
      await story.workbench.runCommand('Switchboard: Search Chats');
      for (const each of words) {
        await story.workbench.input.fill(each);
        await story.workbench.pickRows.filter({ hasText: each }).first().waitFor();
      }
      await story.workbench.page.keyboard.press('Enter');
      await story.workbench.panel.getByRole('article', { name: `You: ${words[1]}` }).waitFor();
    });

    it('reports that the file is missing, keeps working, and saves everything once it is back', async () => {
      const away = `${story.workbench.databaseFile}.away`;
      await rename(story.workbench.databaseFile, away);
      await story.workbench.sendMessage('Is this kept?');
      const alert = story.workbench.panel.getByRole('alert').filter({ hasText: 'moved or deleted' });
      await alert.waitFor();
      await story.workbench.panel.getByText('Is this kept?').first().waitFor();
      await answer().filter({ hasText: 'Certainly.' }).waitFor();
      await story.workbench.screenshot('nothing-lost-file-gone');
      await rename(away, story.workbench.databaseFile);
      await alert.getByRole('button', { name: 'Dismiss' }).click();
      await story.workbench.sendMessage('And this?');
      await story.workbench.panel.getByText('And this?').first().waitFor();
      await story.workbench.panel.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
      await story.workbench.reload();
      await story.workbench.openChat();
      for (const words of ['Is this kept?', 'And this?']) {
        await story.workbench.panel.getByRole('article', { name: `You: ${words}` }).waitFor();
      }
    });

    it('sets a damaged database aside, says so, and begins a new one', async () => {
      const garbage = 'this is no database at all, '.repeat(1_000);
      await story.workbench.restart(async () => {
        for (const suffix of ['', '-wal', '-shm']) {
          await rm(story.workbench.databaseFile + suffix, { force: true });
        }
        await writeFile(story.workbench.databaseFile, garbage);
      });
      await story.workbench.openChat();
      const alert = story.workbench.panel.getByRole('alert').filter({ hasText: 'was damaged' });
      await alert.waitFor();
      await alert.getByRole('button', { name: 'Dismiss' }).click();
      await story.workbench.sendMessage('Does it still work?');
      await answer().filter({ hasText: 'Certainly.' }).waitFor();
      const folder = dirname(story.workbench.databaseFile);
      const aside = (await readdir(folder)).find((name) => name.startsWith('chats.sqlite.damaged-'));
      assert.ok(aside, 'the damaged file is still there');
      assert.equal(await readFile(join(folder, aside), 'utf8'), garbage);
    });

    it("reports a file that can't be opened, and still works", async () => {
      await story.workbench.restart(async () => {
        for (const suffix of ['', '-wal', '-shm']) {
          await rm(story.workbench.databaseFile + suffix, { force: true });
        }
        await mkdir(story.workbench.databaseFile);
      });
      await story.workbench.openChat();
      const alert = story.workbench.panel.getByRole('alert').filter({ hasText: "can't be opened" });
      await alert.filter({ hasText: /Export the chats you want to keep.*reload the window/ }).waitFor();
      await story.workbench.sendMessage('Does it work without a file?');
      await answer().filter({ hasText: 'Certainly.' }).waitFor();
    });
  });
});
