import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { AssistantMessageView } from '../../src/protocol/chatView.ts';
import { remedies } from '../../src/host/words/report.ts';
import { findViolations } from './axe.ts';
import { pagesOfSuite } from './opened.ts';
import type { Panel, PanelOptions } from './panelHarness.ts';
import { aQuestion, anAnswer, anAttachment, aView } from './views.ts';

const names = ['Claude Sonnet 4.5', 'GPT-5 mini'] as const;
const columns = [
  { model: 'anthropic/claude-sonnet-4.5', name: names[0] },
  { model: 'openai/gpt-5-mini', name: names[1] },
];
const question = aQuestion('Which is faster?', { attachments: [anAttachment()] });
const waiting = (id: string): AssistantMessageView => anAnswer('', { id, state: 'waiting' });
const details = {
  model: 'openai/gpt-5-mini',
  provider: 'OpenAI',
  promptTokens: 1_482,
  completionTokens: 367,
  cost: '$0.009951',
  firstTokenMs: 420,
  tokensPerSecond: 84,
};
const done = anAnswer('The second.\n\n```ts\nconst a = 1;\n```\n', { id: 'two', details });
const failed = anAnswer('', {
  id: 'one',
  state: 'failed',
  alert: { id: 'one', message: "The model's provider failed.", remedies: [remedies.tryAgain] },
});
const bothWaiting = aView([question, waiting('one'), waiting('two')]);

describe('A comparison', () => {
  const pages = pagesOfSuite();
  let panel: Panel;

  async function open(view = bothWaiting, options: PanelOptions = {}): Promise<void> {
    panel = await pages.panel({ page: 'compare', width: 900, ...options });
    await panel.send({ type: 'columns', columns });
    // Nothing stands around the transcript of a comparison.
    const { header: _header, ...transcript } = view;
    await panel.show(transcript);
    await column(0).waitFor();
  }

  const column = (at: 0 | 1): Locator => panel.page.getByRole('region', { name: names[at], exact: true });
  const button = (at: 0 | 1, name: string): Locator => column(at).getByRole('button', { name, exact: true });

  it('has the question, and a region with a heading for each model', async () => {
    await open();
    const asked = panel.page.getByRole('region', { name: 'Question' });
    assert.match(await asked.innerText(), /cart\.ts:10-24[\s\S]*Which is faster\?/);
    for (const at of [0, 1] as const) {
      await column(at).getByRole('heading', { name: names[at] }).waitFor();
      await button(at, 'Stop').waitFor();
      assert.equal(await button(at, 'Continue with this answer').count(), 0);
    }
    assert.equal(await panel.button('Show differences').isDisabled(), true);
  });

  it('streams into both columns at once and announces finished answers', async () => {
    await open();
    await panel.change(
      { type: 'append', messageId: 'one', at: 0, text: 'The **fi' },
      { type: 'append', messageId: 'two', at: 0, text: 'The **sec' },
    );
    await panel.append('rst**', 'one');
    await panel.append('ond**', 'two');
    await column(0).locator('strong', { hasText: 'first' }).waitFor();
    await column(1).locator('strong', { hasText: 'second' }).waitFor();
    assert.equal(await panel.button('Show differences').isEnabled(), true);
    await panel.change({ type: 'message', message: done });
    const facts = await column(1).getByRole('group', { name: 'Answer details' }).innerText();
    for (const fact of ['gpt-5-mini', 'OpenAI', '1,482', '367', '$0.009951', '0.42 s', '84 tokens/s']) {
      assert.ok(facts.includes(fact), `${fact} is missing in ${facts}`);
    }
    await panel.spoken('GPT-5 mini has answered.');
    await button(0, 'Stop').waitFor();
    assert.equal(await button(1, 'Stop').count(), 0);
  });

  it('stops one column, and tries another again', async () => {
    await open(aView([question, failed, waiting('two')]));
    await button(1, 'Stop').click();
    assert.deepEqual(await panel.waitForPost('inColumn'), {
      type: 'inColumn',
      column: 1,
      message: { type: 'stop' },
    });
    const alert = column(0).getByRole('alert');
    assert.match(await alert.innerText(), /The model's provider failed\./);
    await alert.getByRole('button', { name: 'Try again' }).click();
    assert.deepEqual(await panel.waitForPost('inColumn'), {
      type: 'inColumn',
      column: 0,
      message: { type: 'remedy', alertId: 'one', kind: 'tryAgain' },
    });
    await panel.show({ ...aView([question, waiting('again'), done]), revision: 7 });
    await button(0, 'Stop').waitFor();
    assert.equal(await alert.count(), 0);
  });

  it('continues, copies, and compares answers', async () => {
    await open(aView([question, anAnswer('The first.', { id: 'one' }), done]));
    await button(1, 'Continue with this answer').click();
    assert.deepEqual(await panel.waitForPost('keep'), { type: 'keep', column: 1 });
    await button(0, 'Copy').click();
    assert.deepEqual(await panel.waitForPost('copy'), { type: 'copy', text: 'The first.' });
    await panel.spoken('Copied.');
    await panel.button('Show differences').click();
    await panel.waitForPost('showDifferences');
    await button(1, 'Insert at cursor').click();
    await panel.waitForPost('insertAtCursor');
  });

  it('is unchanged when shown again', async () => {
    await open();
    await panel.append('The fi', 'one');
    await panel.hideAndShow();
    await panel.send({ type: 'columns', columns });
    await panel.show({ ...aView([question, anAnswer('The first.', { id: 'one' }), done]), revision: 40 });
    await column(0).getByText('The first.').waitFor();
    await column(1).getByText('The second.').waitFor();
  });

  for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] as const) {
    it(`has no serious finding in ${theme}`, async () => {
      await open(aView([question, failed, done]), { theme });
      assert.deepEqual(await findViolations(panel.page), []);
    });
  }

  for (const [width, sideBySide] of [
    [240, false],
    [900, true],
  ] as const) {
    it(`${sideBySide ? 'stands side by side' : 'wraps'} and fits at ${width} pixels`, async () => {
      await open(aView([question, failed, done]), { width });
      const [one, two] = [await column(0).boundingBox(), await column(1).boundingBox()];
      assert.ok(one && two);
      assert.equal(one.y === two.y, sideBySide);
      const cut = await panel.page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.comparison, .column, .alert')].some(
          (box) => box.scrollWidth > box.clientWidth,
        ),
      );
      assert.equal(cut, false);
    });
  }
});
