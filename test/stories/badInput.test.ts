import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { ensurePackage } from '../../scripts/package.ts';
import { keys, simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { Workbench } from '../support/workbench.ts';

describe('bad input', () => {
  let simulator: Simulator;
  let workbench: Workbench;

  before(async () => {
    const vsix = await ensurePackage();
    simulator = await startSimulator();
    workbench = await Workbench.open({ vsix, settings: { 'switchboard.baseUrl': simulator.baseUrl } });
  });

  after(async () => {
    await workbench.close();
    await simulator.close();
  });

  const chats = (): number => simulator.journal.requests.filter(({ method }) => method === 'POST').length;

  describe('as a key', () => {
    before(async () => {
      await workbench.runCommand('Switchboard: Set API Key');
    });

    beforeEach(() => {
      simulator.journal.clear();
    });

    const refused: readonly (readonly [string, string, RegExp, number])[] = [
      ['an empty one', '   ', /Enter an API key/, 0],
      ['one with a space in it', 'sk-or-v1-abc def', /can't contain spaces/, 0],
      ['one that no header can carry', 'sk-or-v1-größer', /letters, digits/, 0],
      ['one that is too short', 'abc', /too short/, 0],
      ['one of another form', 'not-a-key-at-all', /start with "sk-or-"/, 0],
      ['a revoked one', keys.rejected, /API key was rejected/, 1],
      ['a management key', keys.management, /management key/, 1],
    ];
    for (const [what, key, words, requests] of refused) {
      it(`${what} is refused in place, after ${requests} request(s)`, async () => {
        await workbench.answerInput('Set API Key', key);
        await workbench.inputMessage.filter({ hasText: words }).waitFor();
        assert.equal(simulator.journal.requests.length, requests);
        await workbench.statusItem('credit').filter({ hasText: 'Set API key' }).waitFor();
      });
    }

    it('one of another form is tried when the user insists, because a gateway may have it', async () => {
      await workbench.answerInput('Set API Key', 'not-a-key-at-all');
      await workbench.inputMessage.filter({ hasText: /press Enter again/ }).waitFor();
      await workbench.page.keyboard.press('Enter');
      await workbench.inputMessage.filter({ hasText: /API key was rejected/ }).waitFor();
      assert.equal(simulator.journal.requests.length, 1);
    });

    it('one whose box gives way to something else is checked all the same, and what is wrong with it is said', async () => {
      const release = simulator.hold('/key');
      await workbench.answerInput('Set API Key', keys.rejected);
      await simulator.journal.waitFor(({ path }) => path.endsWith('/key'));
      await workbench.openFile('cart.ts');
      await workbench.notifications.filter({ hasText: 'Checking the API key' }).waitFor();
      release();
      const told = workbench.notifications.filter({
        hasText: /API key was rejected.*The key wasn't saved/,
      });
      await told.getByRole('button', { name: 'Set API Key' }).click();
      await workbench.statusItem('credit').filter({ hasText: 'Set API key' }).waitFor();
    });

    it('a good one is taken after all of them', async () => {
      await workbench.answerInput('Set API Key', simulatorKey);
      await workbench.statusItem('credit').filter({ hasText: 'left' }).waitFor();
    });

    it('another good one brings the models that it may use', async () => {
      await workbench.setApiKey(keys.noLimit);
      await workbench.statusItem('credit').filter({ hasText: 'today' }).waitFor();
      await simulator.journal.waitFor(
        ({ path, headers }) =>
          path.endsWith('/models/user') && headers['authorization'] === `Bearer ${keys.noLimit}`,
      );
    });
  });

  describe('as a selection', () => {
    beforeEach(() => {
      simulator.journal.clear();
    });

    const alert = () => workbench.panel.getByRole('alert');

    it('none at all is told, with a way on', async () => {
      await workbench.runCommand('Switchboard: Open Chat');
      await workbench.panel.getByRole('textbox', { name: 'Message' }).waitFor();
      await workbench.openFile('cart.ts');
      await workbench.runCommand('Switchboard: Ask About Selection');
      await alert().filter({ hasText: 'Nothing is selected in cart.ts' }).waitFor();
      await workbench.notifications.getByRole('button', { name: 'Ask About the Whole File' }).waitFor();
      assert.equal(chats(), 0);
      await alert().getByRole('button', { name: 'Dismiss' }).click();
      await alert().waitFor({ state: 'detached' });
      await workbench.dismissNotifications();
    });

    it('5 MB of text are refused with their token count before anything is sent', async () => {
      await writeFile(
        join(workbench.workspace, 'big.txt'),
        'lorem ipsum dolor sit amet, consectetur\n'.repeat(131_072),
      );
      await workbench.selectAllOf('big.txt');
      await workbench.runCommand('Switchboard: Ask About Selection');
      await alert()
        .filter({ hasText: /about [\d,]{7,} tokens/ })
        .waitFor();
      assert.equal(chats(), 0);
      await alert().getByRole('button', { name: 'Dismiss' }).click();
    });

    it('a binary file is refused', async () => {
      await writeFile(
        join(workbench.workspace, 'data.bin'),
        Buffer.from('text\0\u0001\u0002 and more text\n'),
      );
      await workbench.openBinaryFile('data.bin');
      await workbench.page.keyboard.press('Control+A');
      await workbench.runCommand('Switchboard: Ask About Selection');
      await alert().filter({ hasText: 'looks like a binary file' }).waitFor();
      assert.equal(chats(), 0);
      await alert().getByRole('button', { name: 'Dismiss' }).click();
    });
  });

  describe('as something that must not leave', () => {
    const key = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;
    const alert = () => workbench.panel.getByRole('alert');

    it('a file of secrets is refused, whoever excludes it', async () => {
      await writeFile(join(workbench.workspace, '.env.local'), 'PASSWORD=hunter2\n');
      await writeFile(join(workbench.workspace, 'plans.md'), '# Plans\n');
      await workbench.setWorkspaceSetting('switchboard.context.exclude', ['**/plans.md']);
      for (const file of ['.env.local', 'plans.md']) {
        simulator.journal.clear();
        await workbench.selectAllOf(file);
        await workbench.runCommand('Switchboard: Ask About Selection');
        await alert()
          .filter({ hasText: `${file} is excluded` })
          .waitFor();
        assert.equal(chats(), 0);
        await alert().getByRole('button', { name: 'Dismiss' }).click();
      }
    });

    it('a key in the code or in the question is taken out, for all to see', async () => {
      simulator.journal.clear();
      await writeFile(join(workbench.workspace, 'config.ts'), `export const key = '${key}';\n`);
      await workbench.selectAllOf('config.ts');
      await workbench.runCommand('Switchboard: Ask About Selection');
      await workbench.inputMessage.filter({ hasText: '1 secret redacted' }).waitFor();
      await workbench.answerInput('Ask About Selection', `Is ${key} right?`);
      await workbench.panel.getByRole('group', { name: 'Answer details' }).last().waitFor();
      const sent = simulator.journal.last('/chat/completions')?.text ?? '';
      assert.ok(!sent.includes('0123456789abcdef'));
      assert.match(sent, /export const key = '\[redacted: openrouter\]'/);
      const question = workbench.panel.getByRole('article', { name: /^You/ }).last();
      await question.getByText('Is [redacted: openrouter] right?').waitFor();
      await question.getByText('1 redacted').waitFor();
    });
  });

  describe('as a server', () => {
    it('one that answers with web pages is named as such, with a way on, and the question stays', async () => {
      simulator.use('html');
      await workbench.sendMessage('Is anybody there?');
      const alert = workbench.panel.getByRole('alert');
      await alert.filter({ hasText: "isn't in OpenRouter's format" }).waitFor();
      await alert.getByRole('button', { name: 'Open settings' }).waitFor();
      await workbench.panel
        .getByRole('article', { name: /^You/ })
        .filter({ hasText: 'Is anybody there?' })
        .waitFor();
      simulator.use('default');
      await alert.getByRole('button', { name: 'Try again' }).click();
      await workbench.panel.getByRole('group', { name: 'Answer details' }).nth(1).waitFor();
    });

    it('one without https that is not this machine gets nothing', async () => {
      await workbench.setUserSetting('switchboard.baseUrl', 'http://gateway.example.com/v1');
      const alert = workbench.panel.getByRole('alert').filter({ hasText: 'switchboard.baseUrl' });
      await alert.first().waitFor();
      simulator.journal.clear();
      await workbench.sendMessage('Hello?');
      await alert.filter({ hasText: 'nothing was sent' }).first().waitFor();
      assert.equal(simulator.journal.requests.length, 0);
      await workbench.setUserSetting('switchboard.baseUrl', simulator.baseUrl);
    });

    it('one that the workspace sets is ignored', async () => {
      const other = await startSimulator();
      await workbench.setWorkspaceSetting('switchboard.baseUrl', other.baseUrl);
      simulator.journal.clear();
      await workbench.sendMessage('Who are you?');
      await simulator.journal.waitFor(({ path }) => path.endsWith('/chat/completions'));
      assert.equal(other.journal.requests.length, 0);
      await other.close();
    });
  });
});
