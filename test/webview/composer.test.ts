import assert from 'node:assert/strict';
import { pagesOfSuite } from './opened.ts';
import type { Panel } from './panelHarness.ts';
import { states } from './states.ts';
import { aHeader, aQuestion, anAnswer, aView } from './views.ts';

const alert = { id: 'refused', message: 'The file is too long.', remedies: [] };

describe('The composer', () => {
  const pages = pagesOfSuite();
  let panel: Panel;

  beforeEach(async () => {
    panel = await pages.panel({ view: states.welcome });
  });

  it('is there before the host has said anything', async () => {
    const early = await pages.panel();
    await early.composer.fill('Quick');
    await early.show(states.welcome);
    await early.button('Model: Claude Sonnet 4.5').waitFor();
    assert.equal(await early.composer.inputValue(), 'Quick');
  });

  it('sends with Enter and breaks the line with Shift+Enter', async () => {
    await panel.composer.fill('first');
    await panel.composer.press('Shift+Enter');
    await panel.page.keyboard.type('second');
    await panel.composer.press('Enter');
    assert.deepEqual(await panel.waitForPost('send'), { type: 'send', text: 'first\nsecond' });
  });

  it('sends with its button and keeps the caret', async () => {
    await panel.composer.fill('  a question \n');
    await panel.button('Send').click();
    assert.equal((await panel.waitForPost('send')).text, 'a question');
    assert.equal(await panel.composer.evaluate((box) => box === document.activeElement), true);
  });

  it('does not send nothing', async () => {
    await panel.composer.fill('  \n ');
    await panel.composer.press('Enter');
    assert.equal(await panel.button('Send').isDisabled(), true);
    assert.ok((await panel.allPosted()).every(({ type }) => type !== 'send'));
  });

  it('leaves Enter and Escape to an input method that is composing', async () => {
    await panel.show(aView([anAnswer('', { state: 'waiting' })], { busy: true }));
    await panel.button('Stop').waitFor();
    await panel.composer.fill('にほん');
    await panel.composer.evaluate((box) => {
      for (const key of ['Enter', 'Escape']) {
        box.dispatchEvent(
          new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }),
        );
      }
    });
    assert.ok((await panel.allPosted()).every(({ type }) => type !== 'send' && type !== 'stop'));
    await panel.composer.press('Enter');
    await panel.waitForPost('send');
  });

  it('stops with Escape, and with its button, only while an answer is on its way', async () => {
    await panel.composer.press('Escape');
    assert.ok((await panel.allPosted()).every(({ type }) => type !== 'stop'));
    await panel.change({ type: 'header', header: aHeader({ busy: true }) });
    await panel.button('Stop').waitFor();
    await panel.composer.press('Escape');
    await panel.waitForPost('stop');
    await panel.button('Stop').click();
    await panel.waitForPost('stop');
    await panel.change({ type: 'header', header: aHeader() });
    await panel.button('Stop').waitFor({ state: 'detached' });
    assert.equal(await panel.composer.evaluate((box) => box === document.activeElement), true);
  });

  it('says that a question is begun, on focus and at its first character', async () => {
    await panel.composer.focus();
    await panel.waitForPost('composing');
    await panel.page.keyboard.type('ab');
    await panel.waitForPost('composing');
    assert.ok((await panel.allPosted()).every(({ type }) => type !== 'composing'));
  });

  it('takes the caret when the host asks for it', async () => {
    await panel.send({ type: 'focusComposer' });
    await panel.page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  });

  it('keeps the words until the question is in the conversation', async () => {
    await panel.composer.fill('Why?');
    await panel.composer.press('Enter');
    await panel.waitForPost('send');
    await panel.change({ type: 'header', header: aHeader({ busy: true }) });
    await panel.button('Stop').waitFor();
    assert.equal(await panel.composer.inputValue(), 'Why?');
    await panel.change({ type: 'message', message: aQuestion('Why?') });
    await panel.article(/^You: Why/).waitFor();
    assert.equal(await panel.composer.inputValue(), '');
  });

  it('keeps the words of a question that is refused, also from a like question later', async () => {
    await panel.composer.fill('Why?');
    await panel.composer.press('Enter');
    await panel.waitForPost('send');
    await panel.change({ type: 'header', header: aHeader({ alert }) });
    await panel.page.getByRole('alert').waitFor();
    await panel.change({ type: 'message', message: aQuestion('Why?') });
    await panel.article(/^You: Why/).waitFor();
    assert.equal(await panel.composer.inputValue(), 'Why?');
  });

  it('keeps text typed after sending', async () => {
    await panel.composer.fill('Why?');
    await panel.composer.press('Enter');
    await panel.waitForPost('send');
    await panel.page.keyboard.type('\nAnd how?');
    await panel.change({ type: 'message', message: aQuestion('Why?') });
    await panel.article(/^You: Why/).waitFor();
    assert.equal(await panel.composer.inputValue(), 'And how?');
  });

  it('gives up a question whose secrets the host has taken out', async () => {
    await panel.composer.fill('Is sk-abc123 a key?');
    await panel.composer.press('Enter');
    await panel.waitForPost('send');
    await panel.change({ type: 'message', message: aQuestion('Is [redacted: OpenRouter key] a key?') });
    await panel.article(/^You/).waitFor();
    assert.equal(await panel.composer.inputValue(), '');
  });

  it('has the words again after the panel was hidden, before the host speaks', async () => {
    await panel.composer.fill('half a thought');
    await panel.hideAndShow();
    assert.equal(await panel.composer.inputValue(), 'half a thought');
  });

  it('does not bring back a question that arrived while the panel was hidden', async () => {
    await panel.composer.fill('Why?');
    await panel.composer.press('Enter');
    await panel.waitForPost('send');
    await panel.hideAndShow();
    assert.equal(await panel.composer.inputValue(), 'Why?');
    await panel.show(aView([aQuestion('Why?'), anAnswer('Because.')]));
    await panel.article(/^Assistant/).waitFor();
    assert.equal(await panel.composer.inputValue(), '');
  });

  it('survives a state that another version has kept', async () => {
    for (const state of [null, 7, 'text', { draft: 3, unfolded: 'x', place: { offset: 'y' } }, []]) {
      const odd = await pages.panel({ state, view: states.welcome });
      await odd.button('Model: Claude Sonnet 4.5').waitFor();
      assert.equal(await odd.composer.inputValue(), '');
    }
  });

  it('gets the words of a withdrawn question back, and the caret behind them', async () => {
    await panel.show(states.queued);
    const question = panel.article(/^You: And where/);
    const withdraw = question.getByRole('button', { name: 'Withdraw question' });
    await withdraw.focus();
    await withdraw.press('Enter');
    assert.equal((await panel.waitForPost('withdraw')).messageId, 'next');
    await panel.change({ type: 'withdrawn', messageId: 'next' });
    await panel.send({ type: 'giveBack', text: 'And where is it rounded?' });
    await panel.send({ type: 'focusComposer' });
    await question.waitFor({ state: 'detached' });
    await panel.page.keyboard.type(' Here?');
    assert.equal(await panel.composer.inputValue(), 'And where is it rounded? Here?');
    assert.equal(await panel.transcript.getByRole('article').count(), 2);
  });
});
