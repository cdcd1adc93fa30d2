import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { ensurePackage } from '../../scripts/package.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { Workbench } from '../support/workbench.ts';

const words = Array.from({ length: 400 }, (_, index) => `word${index}`).join(' ');

describe('nothing lost', () => {
  let simulator: Simulator;
  let workbench: Workbench;

  before(async () => {
    const vsix = await ensurePackage();
    simulator = await startSimulator();
    workbench = await Workbench.open({
      vsix,
      settings: { 'switchboard.baseUrl': simulator.baseUrl },
      env: { OPENROUTER_API_KEY: simulatorKey },
    });
    await workbench.runCommand('Switchboard: Open Chat');
    await workbench.statusItem('credit').filter({ hasText: 'left' }).waitFor();
  });

  after(async () => {
    await workbench.close();
    await simulator.close();
  });

  const answer = () => workbench.panel.getByRole('article', { name: /^Assistant/ }).last();
  const question = () => workbench.panel.getByRole('article', { name: /^You/ }).last();

  it('keeps a draft and the conversation while the panel is hidden', async () => {
    simulator.use({ name: 'whole', about: 'The whole text at once', answer: { content: words } });
    await workbench.sendMessage('Say all the words');
    await answer().filter({ hasText: 'word399' }).waitFor();
    await workbench.panel.getByRole('textbox', { name: 'Message' }).fill('half a thought');
    await workbench.showExplorer();
    await workbench.runCommand('Switchboard: Open Chat');
    await answer().filter({ hasText: 'word399' }).waitFor();
    const composer = workbench.panel.getByRole('textbox', { name: 'Message' });
    assert.equal(await composer.inputValue(), 'half a thought');
    await composer.fill('');
  });

  it('keeps what had arrived when the extension host is killed in the middle of an answer', async () => {
    simulator.use({
      name: 'stops half-way',
      about: 'Half of it, then silence',
      answer: { content: words },
      ending: { kind: 'stall', after: 150 },
    });
    await workbench.sendMessage('Begin, and never end');
    await simulator.journal.waitFor(({ pieces, outcome }) => pieces >= 150 && outcome === 'open');
    const seen = ((await answer().filter({ hasText: 'word20' }).textContent()) ?? '').match(/word\d+/g) ?? [];
    await workbench.untilSaved('word20');
    workbench.killExtensionHost();
    await workbench.reload();
    await workbench.runCommand('Switchboard: Open Chat');
    await question().filter({ hasText: 'Begin, and never end' }).waitFor();
    await answer().filter({ hasText: 'word20' }).waitFor();
    assert.ok(seen.length > 0);
    const alert = answer().getByRole('alert').filter({ hasText: 'The partial answer was kept' });
    await alert.getByRole('button', { name: 'Try again' }).waitFor();
  });

  it('says what a stopped answer cost: about so much at once, and the truth when the service knows it', async () => {
    simulator.use({
      name: 'long',
      about: 'So long that it can be stopped',
      answer: { content: words },
      pace: { tokensPerSecond: 100 },
    });
    await workbench.sendMessage('Talk until I stop you');
    await answer().filter({ hasText: 'word5' }).waitFor();
    await workbench.panel.getByRole('button', { name: 'Stop' }).click();
    const details = answer().getByRole('group', { name: 'Answer details' });
    await details.filter({ hasText: /≈ \$0\.\d{6}/ }).waitFor();
    await details.filter({ hasText: /output tokens ?·? ?\$0\.\d{6}/ }).waitFor();
  });

  it('shows a second window the same conversation, and loses nothing when both write', async () => {
    simulator.use({ name: 'short', about: 'A short answer', answer: { content: 'Certainly.' } });
    const second = await workbench.openWindow();
    await second.runCommand('Switchboard: Open Chat');
    await second.panel.getByRole('article', { name: /^You/ }).filter({ hasText: 'never end' }).waitFor();
    await Promise.all([
      workbench.sendMessage('From the first window'),
      second.sendMessage('From the second window'),
    ]);
    await workbench.panel.getByText('From the first window').waitFor();
    await second.panel.getByText('From the second window').waitFor();
    await second.page.close();
    await workbench.reload();
    await workbench.runCommand('Switchboard: Open Chat');
    await workbench.focusIsBack();
    // Asked at the same moment, one is another version of the other; both are found.
    const words = ['From the first window', 'From the second window'] as const;
    await workbench.runCommand('Switchboard: Search Chats');
    for (const each of words) {
      await workbench.input.fill(each);
      await workbench.pickRows.filter({ hasText: each }).first().waitFor();
    }
    await workbench.page.keyboard.press('Enter');
    await workbench.panel.getByRole('article', { name: `You: ${words[1]}` }).waitFor();
  });

  it('says that the file is not there any more, goes on, and keeps all of it when it is back', async () => {
    const away = `${workbench.databaseFile}.away`;
    await rename(workbench.databaseFile, away);
    await workbench.sendMessage('Is this kept?');
    const alert = workbench.panel.getByRole('alert').filter({ hasText: 'moved or deleted' });
    await alert.waitFor();
    await workbench.panel.getByText('Is this kept?').first().waitFor();
    await answer().filter({ hasText: 'Certainly.' }).waitFor();
    await workbench.screenshot('nothing-lost-file-gone');
    await rename(away, workbench.databaseFile);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await workbench.sendMessage('And this?');
    await workbench.panel.getByText('And this?').first().waitFor();
    await workbench.panel.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await workbench.reload();
    await workbench.runCommand('Switchboard: Open Chat');
    for (const words of ['Is this kept?', 'And this?']) {
      await workbench.panel.getByRole('article', { name: `You: ${words}` }).waitFor();
    }
  });

  it('sets a damaged database aside, says so, and begins a new one', async () => {
    const garbage = 'this is no database at all, '.repeat(1_000);
    await workbench.restart(async () => {
      for (const suffix of ['', '-wal', '-shm']) {
        await rm(workbench.databaseFile + suffix, { force: true });
      }
      await writeFile(workbench.databaseFile, garbage);
    });
    await workbench.runCommand('Switchboard: Open Chat');
    const alert = workbench.panel.getByRole('alert').filter({ hasText: 'was damaged' });
    await alert.waitFor();
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await workbench.sendMessage('Does it still work?');
    await answer().filter({ hasText: 'Certainly.' }).waitFor();
    const folder = dirname(workbench.databaseFile);
    const aside = (await readdir(folder)).find((name) => name.startsWith('chats.sqlite.damaged-'));
    assert.ok(aside, 'the damaged file is still there');
    assert.equal(await readFile(join(folder, aside), 'utf8'), garbage);
  });

  it('says so, and works all the same, where the file cannot be opened at all', async () => {
    await workbench.restart(async () => {
      for (const suffix of ['', '-wal', '-shm']) {
        await rm(workbench.databaseFile + suffix, { force: true });
      }
      await mkdir(workbench.databaseFile);
    });
    await workbench.runCommand('Switchboard: Open Chat');
    const alert = workbench.panel.getByRole('alert').filter({ hasText: "can't be opened" });
    await alert.filter({ hasText: /Export the chats you want to keep.*reload the window/ }).waitFor();
    await workbench.sendMessage('Does it work without a file?');
    await answer().filter({ hasText: 'Certainly.' }).waitFor();
  });
});
