import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

const words = Array.from({ length: 400 }, (_, index) => `word${index}`).join(' ');

describe('nothing lost', () => {
  const story = workbenchOfSuite({ signedIn: true, chat: true });
  const { lastAnswer: answer } = story;

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
    const seen = ((await answer().filter({ hasText: 'word20' }).textContent()) ?? '').match(/word\d+/g) ?? [];
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
