import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'mocha';
import { simulatorKey } from '../simulator/simulator.ts';
import type { themes } from '../support/workbench.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

/** The color of a comment in each theme. */
const comments = { dark: 'rgb(106, 153, 85)', light: 'rgb(0, 128, 0)', 'hc-dark': 'rgb(124, 166, 104)' };

type Theme = keyof typeof comments & keyof typeof themes;

const selected = { from: 15, to: 24 };

/** The first day with Switchboard; each step is there to be looked at in each kind of theme. */
describe('the main job', () => {
  const looked = new AbortController();
  const story = workbenchOfSuite({
    simulator: {
      scenario: {
        name: 'readable',
        about: 'A person can follow it',
        pace: { tokensPerSecond: 400 },
        // Until it was looked at while it streams.
        pause: { after: 12, until: once(looked.signal, 'abort') },
      },
    },
  });

  /** Begins in the theme in which the last look ended. */
  const order: Theme[] = ['dark', 'light', 'hc-dark'];
  const look = async (step: string, isDrawn?: (theme: Theme) => Promise<void>): Promise<void> => {
    for (const theme of order) {
      await story.workbench.showTheme(theme);
      await isDrawn?.(theme);
      await story.workbench.screenshot(`main-job-${theme}-${step}`);
    }
    order.reverse();
  };

  it('offers to set a key while there is none', async () => {
    await story.workbench.statusItem('credit').filter({ hasText: 'Set API key' }).waitFor();
    await story.workbench.runCommand('Switchboard: Open Chat');
    await story.workbench.panel.getByRole('button', { name: 'Set API key' }).first().waitFor();
    await look('1-no-key');
  });

  it('keeps a key that the service accepts, and shows the remaining credit', async () => {
    await story.workbench.setApiKey(`  ${simulatorKey}\t`);
    await story.workbench.notifications.filter({ hasText: /API key .*saved/ }).waitFor();
    await story.workbench.statusItem('credit').filter({ hasText: '$7.48 left' }).waitFor();
    await look('2-credit');
  });

  it('streams an answer about the selected code', async () => {
    await story.workbench.openFile('cart.ts');
    await story.workbench.selectLines(selected.from, selected.to);
    await story.workbench.runCommand('Switchboard: Ask About Selection');
    await story.workbench.answerInput('Ask About Selection', 'What does this class do?');
    const { panel } = story.workbench;
    await panel.getByRole('button', { name: 'Stop' }).waitFor();
    await panel
      .getByRole('article', { name: /^Assistant/ })
      .getByText(/\w{3}/)
      .first()
      .waitFor();
    await look('3-streaming');
    looked.abort();
    const item = panel.getByRole('list', { name: 'Attached context' }).getByRole('listitem');
    assert.match(await item.innerText(), /cart\.ts:15-24[\s\S]*\d+ tokens/);
    const details = panel.getByRole('group', { name: 'Answer details' });
    await details.waitFor();
    assert.match(await details.innerText(), /\$0\.\d{6}/);
    const request = story.simulator.journal.last('/chat/completions');
    assert.match(request?.text ?? '', /src\/cart\.ts, lines 15-24 \(typescript\)/);
    assert.equal(request?.headers['authorization'], `Bearer ${simulatorKey}`);
    // Code has the colors of the editor.
    await look('4-answer', (theme) => panel.locator(`code span[style*="${comments[theme]}"]`).waitFor());
  });

  it('asks on its own for nothing but the key, the models, and what its requests cost', () => {
    const asked = story.simulator.journal.requests.map(
      ({ method, path }) => `${method} ${path.replace(/^\/api\/v1/, '')}`,
    );
    const own = asked.filter((each) => each !== 'POST /chat/completions');
    assert.equal(asked.length - own.length, 1, 'the user has asked once');
    assert.ok(own.includes('GET /key'), own.join());
    const allowed = ['GET /key', 'GET /models', 'GET /models/user', 'GET /generation'];
    assert.deepEqual(
      own.filter((each) => !allowed.includes(each)),
      [],
    );
  });

  it('reads the credit again after the answer', async () => {
    const { journal } = story.simulator;
    const asked = journal.last('/chat/completions');
    assert.ok(asked);
    await journal.waitFor(({ path, number }) => path.endsWith('/key') && number > asked.number);
  });

  it('switches the model from the palette', async () => {
    await story.workbench.runCommand('Switchboard: Switch Model');
    await story.workbench.input.fill('anthropic/claude');
    const row = story.workbench.pickRows.filter({ hasText: 'anthropic/claude' }).first();
    await row.waitFor();
    await look('5-models');
    const name = (await row.locator('.label-name').first().innerText()).trim();
    await row.click();
    await story.workbench.statusItem('model').filter({ hasText: name }).waitFor();
    await story.workbench.panel.getByRole('button', { name: `Model: ${name}` }).waitFor();
  });

  it('generates a snippet with working tab stops', async () => {
    await story.workbench.openFile('money.ts');
    await story.workbench.page.keyboard.press('Control+End');
    await story.workbench.runCommand('Switchboard: Generate Snippet');
    await story.workbench.answerInput('Generate Snippet', 'a guard that throws on negative amounts');
    await story.workbench.notifications.filter({ hasText: 'Inserted' }).waitFor();
    await look('6-snippet');
    // In the first tab stop its default is selected: what is typed takes its place, and Tab goes on.
    await story.workbench.page.locator('.editor-instance .view-lines').click({ trial: true });
    await story.workbench.page.keyboard.type('firstPlace');
    await story.workbench.page.keyboard.press('Tab');
    await story.workbench.page.keyboard.press('Control+S');
    const saved = await story.workbench.savedFile('src/money.ts', /firstPlace/);
    assert.match(saved, /^\/\*\* Formats an amount/, 'what was there is still there');
    assert.doesNotMatch(saved, /\{\{/);
  });
});
