import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, beforeEach, describe, it } from 'mocha';
import { keys, simulatorKey, startSimulator } from '../simulator/simulator.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('bad input', () => {
  const story = workbenchOfSuite();

  const chats = (): number =>
    story.simulator.journal.requests.filter(({ method }) => method === 'POST').length;

  describe('as a key', () => {
    before(async () => {
      await story.workbench.runCommand('Switchboard: Set API Key');
    });

    beforeEach(() => {
      story.simulator.journal.clear();
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
        await story.workbench.answerInput('Set API Key', key);
        await story.workbench.inputMessage.filter({ hasText: words }).waitFor();
        assert.equal(story.simulator.journal.requests.length, requests);
        await story.workbench.statusItem('credit').filter({ hasText: 'Set API key' }).waitFor();
      });
    }

    it('one of another form is tried when the user insists, because a gateway may have it', async () => {
      await story.workbench.answerInput('Set API Key', 'not-a-key-at-all');
      await story.workbench.inputMessage.filter({ hasText: /press Enter again/ }).waitFor();
      await story.workbench.page.keyboard.press('Enter');
      await story.workbench.inputMessage.filter({ hasText: /API key was rejected/ }).waitFor();
      assert.equal(story.simulator.journal.requests.length, 1);
    });

    it('one whose box gives way to something else is checked all the same, and what is wrong with it is said', async () => {
      const release = story.simulator.hold('/key');
      await story.workbench.answerInput('Set API Key', keys.rejected);
      await story.simulator.journal.waitFor(({ path }) => path.endsWith('/key'));
      await story.workbench.openFile('cart.ts');
      await story.workbench.notifications.filter({ hasText: 'Checking the API key' }).waitFor();
      release();
      const told = story.workbench.notifications.filter({
        hasText: /API key was rejected.*The key wasn't saved/,
      });
      await told.getByRole('button', { name: 'Set API Key' }).click();
      await story.workbench.statusItem('credit').filter({ hasText: 'Set API key' }).waitFor();
    });

    it('a good one is taken after all of them', async () => {
      await story.workbench.answerInput('Set API Key', simulatorKey);
      await story.workbench.statusItem('credit').filter({ hasText: 'left' }).waitFor();
    });

    it('another good one brings the models that it may use', async () => {
      await story.workbench.setApiKey(keys.noLimit);
      await story.workbench.statusItem('credit').filter({ hasText: 'today' }).waitFor();
      await story.simulator.journal.waitFor(
        ({ path, headers }) =>
          path.endsWith('/models/user') && headers['authorization'] === `Bearer ${keys.noLimit}`,
      );
    });
  });

  describe('as a selection', () => {
    beforeEach(() => {
      story.simulator.journal.clear();
    });

    const alert = () => story.workbench.panel.getByRole('alert');

    it('none at all is told, with a way on', async () => {
      await story.workbench.openChat();
      await story.workbench.panel.getByRole('textbox', { name: 'Message' }).waitFor();
      await story.workbench.openFile('cart.ts');
      await story.workbench.runCommand('Switchboard: Ask About Selection');
      await alert().filter({ hasText: 'Nothing is selected in cart.ts' }).waitFor();
      await story.workbench.notifications.getByRole('button', { name: 'Ask About the Whole File' }).waitFor();
      assert.equal(chats(), 0);
      await alert().getByRole('button', { name: 'Dismiss' }).click();
      await alert().waitFor({ state: 'detached' });
      await story.workbench.dismissNotifications();
    });

    it('5 MB of text are refused with their token count before anything is sent', async () => {
      await writeFile(
        join(story.workbench.workspace, 'big.txt'),
        'lorem ipsum dolor sit amet, consectetur\n'.repeat(131_072),
      );
      await story.workbench.selectAllOf('big.txt');
      await story.workbench.runCommand('Switchboard: Ask About Selection');
      await alert()
        .filter({ hasText: /about [\d,]{7,} tokens/ })
        .waitFor();
      assert.equal(chats(), 0);
      await alert().getByRole('button', { name: 'Dismiss' }).click();
    });

    it('a binary file is refused', async () => {
      await writeFile(
        join(story.workbench.workspace, 'data.bin'),
        Buffer.from('text\0\u0001\u0002 and more text\n'),
      );
      await story.workbench.openBinaryFile('data.bin');
      await story.workbench.page.keyboard.press('Control+A');
      await story.workbench.runCommand('Switchboard: Ask About Selection');
      await alert().filter({ hasText: 'looks like a binary file' }).waitFor();
      assert.equal(chats(), 0);
      await alert().getByRole('button', { name: 'Dismiss' }).click();
    });
  });

  describe('as something that must not leave', () => {
    const key = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;
    const alert = () => story.workbench.panel.getByRole('alert');

    it('a file of secrets is refused, whoever excludes it', async () => {
      await writeFile(join(story.workbench.workspace, '.env.local'), 'PASSWORD=hunter2\n');
      await writeFile(join(story.workbench.workspace, 'plans.md'), '# Plans\n');
      await story.workbench.setWorkspaceSetting('switchboard.context.exclude', ['**/plans.md']);
      for (const file of ['.env.local', 'plans.md']) {
        story.simulator.journal.clear();
        await story.workbench.selectAllOf(file);
        await story.workbench.runCommand('Switchboard: Ask About Selection');
        await alert()
          .filter({ hasText: `${file} is excluded` })
          .waitFor();
        assert.equal(chats(), 0);
        await alert().getByRole('button', { name: 'Dismiss' }).click();
      }
    });

    it('a key in the code or in the question is taken out, for all to see', async () => {
      story.simulator.journal.clear();
      await writeFile(join(story.workbench.workspace, 'config.ts'), `export const key = '${key}';\n`);
      await story.workbench.selectAllOf('config.ts');
      await story.workbench.runCommand('Switchboard: Ask About Selection');
      await story.workbench.inputMessage.filter({ hasText: '1 secret redacted' }).waitFor();
      await story.workbench.answerInput('Ask About Selection', `Is ${key} right?`);
      await story.workbench.panel.getByRole('group', { name: 'Answer details' }).last().waitFor();
      const sent = story.simulator.journal.last('/chat/completions')?.text ?? '';
      assert.ok(!sent.includes('0123456789abcdef'));
      assert.match(sent, /export const key = '\[redacted: openrouter\]'/);
      const question = story.workbench.panel.getByRole('article', { name: /^You/ }).last();
      await question.getByText('Is [redacted: openrouter] right?').waitFor();
      await question.getByText('1 redacted').waitFor();
    });
  });

  describe('as a server', () => {
    it('one that answers with web pages is named as such, with a way on, and the question stays', async () => {
      story.simulator.use('html');
      await story.workbench.sendMessage('Is anybody there?');
      const alert = story.workbench.panel.getByRole('alert');
      await alert.filter({ hasText: 'A web page came instead of an answer' }).waitFor();
      await alert.getByRole('button', { name: 'Open settings' }).waitFor();
      await story.workbench.panel
        .getByRole('article', { name: /^You/ })
        .filter({ hasText: 'Is anybody there?' })
        .waitFor();
      story.simulator.use('default');
      await alert.getByRole('button', { name: 'Try again' }).click();
      await story.workbench.panel.getByRole('group', { name: 'Answer details' }).nth(1).waitFor();
    });

    it('one without https that is not this machine gets nothing', async () => {
      await story.workbench.setUserSetting('switchboard.baseUrl', 'http://gateway.example.com/v1');
      const alert = story.workbench.panel.getByRole('alert').filter({ hasText: 'switchboard.baseUrl' });
      await alert.first().waitFor();
      story.simulator.journal.clear();
      await story.workbench.sendMessage('Hello?');
      await alert.filter({ hasText: 'nothing was sent' }).first().waitFor();
      assert.equal(story.simulator.journal.requests.length, 0);
      await story.workbench.setUserSetting('switchboard.baseUrl', story.simulator.baseUrl);
    });

    it('one that the workspace sets is ignored', async () => {
      const other = await startSimulator();
      await story.workbench.setWorkspaceSetting('switchboard.baseUrl', other.baseUrl);
      story.simulator.journal.clear();
      await story.workbench.sendMessage('Who are you?');
      await story.simulator.journal.waitFor(({ path }) => path.endsWith('/chat/completions'));
      assert.equal(other.journal.requests.length, 0);
      await other.close();
    });
  });
});
