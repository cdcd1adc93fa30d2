import assert from 'node:assert/strict';
import { pagesOfSuite } from './opened.ts';
import type { Panel } from './panelHarness.ts';
import { states } from './states.ts';
import { aQuestion, anAnswer, anAttachment, aView } from './views.ts';

describe('The panel, as a screen reader finds it', () => {
  const pages = pagesOfSuite();
  let panel: Panel;

  it('has a log, a text box and buttons under their names', async () => {
    panel = await pages.panel({ view: states.welcome });
    await panel.transcript.waitFor({ state: 'attached' });
    await panel.composer.waitFor();
    for (const name of ['New chat', 'Attach context', 'Model: Claude Sonnet 4.5', 'Send']) {
      await panel.button(name).waitFor();
    }
    assert.equal(await panel.button('Stop').count(), 0);
    assert.equal(await panel.transcript.getAttribute('aria-live'), 'off');
  });

  it('names articles, details and code blocks', async () => {
    panel = await pages.panel({ view: states.answer });
    await panel.article(/^You/).waitFor();
    const answer = panel.article(/^Assistant/);
    const details = await answer.getByRole('group', { name: 'Answer details' }).innerText();
    for (const fact of [
      'claude-sonnet-4.5',
      'Anthropic',
      '1,482 input tokens',
      '367 output tokens',
      '$0.009951',
      '84 tokens/s',
    ]) {
      assert.ok(details.includes(fact), `${fact} is missing in ${details}`);
    }
    assert.match(details, /first token after 0\.42 s/);
    const code = answer.getByRole('group', { name: 'Code block typescript' });
    await code.getByRole('button', { name: 'Copy' }).waitFor();
    await code.getByRole('button', { name: 'Insert at cursor' }).waitFor();
  });

  it('shows one line of details, led by model and cost, and all of them on demand', async () => {
    panel = await pages.panel({ view: states.answer, width: 300 });
    const details = panel.page.getByRole('group', { name: 'Answer details' });
    const fold = details.getByRole('button', { name: 'All details' });
    const seen = (): Promise<readonly string[]> =>
      details.evaluate((group) => {
        const { bottom } = group.getBoundingClientRect();
        return [...group.querySelectorAll('.answer-facts > span')]
          .filter((fact) => fact.getBoundingClientRect().top < bottom - 4)
          .map((fact) => fact.textContent);
      });
    const { height } = (await details.boundingBox()) ?? {};
    assert.deepEqual(await seen(), ['anthropic/claude-sonnet-4.5', '$0.009951']);
    assert.equal(await fold.getAttribute('aria-expanded'), 'false');
    await fold.click();
    assert.equal(await fold.getAttribute('aria-expanded'), 'true');
    assert.equal((await seen()).length, 9);
    await details.getByText('You asked for this model directly.').waitFor();
    await details.getByRole('button', { name: 'Never use Anthropic again' }).click();
    assert.equal((await panel.waitForPost('avoidProvider')).messageId, states.answer.messages[1]?.id);
    await details.getByRole('button', { name: 'Cost on other models' }).click();
    await panel.waitForPost('costElsewhere');
    await fold.click();
    assert.equal((await details.boundingBox())?.height, height);
  });

  it('shows the cost of this chat and of today in its title line, with a link to the usage page', async () => {
    panel = await pages.panel({ view: states.answer, width: 300 });
    const spent = panel.page.locator('.title-bar').getByRole('button', { name: / today$/ });
    assert.match(await spent.innerText(), /^\$0\.031204/);
    await spent.click();
    await panel.waitForPost('showUsage');
    await panel.show(aView([], { spent: {} }));
    await panel.page.locator('.title-bar').getByRole('button', { name: 'Usage', exact: true }).click();
    await panel.waitForPost('showUsage');
  });

  it('shows another version of a message, and asks for one more', async () => {
    panel = await pages.panel({ view: states.versions });
    const [question, answer] = [panel.article(/^You/), panel.article(/^Assistant/)];
    await answer.getByText('Version 3 of 3').waitFor();
    assert.equal(await answer.getByRole('button', { name: 'Next version' }).isDisabled(), true);
    await answer.getByRole('button', { name: 'Previous version' }).click();
    assert.partialDeepStrictEqual(await panel.waitForPost('showVersion'), { step: -1 });
    await question.getByRole('button', { name: 'Next version' }).click();
    await answer.getByRole('button', { name: 'Regenerate' }).click();
    assert.equal((await panel.waitForPost('regenerate')).messageId, states.versions.messages[1]?.id);
    await answer.getByRole('button', { name: 'Ask another model' }).click();
    assert.equal((await panel.waitForPost('regenerateWith')).messageId, states.versions.messages[1]?.id);
  });

  it('takes other words for a question, keeps them while hidden, and gives them up on Escape', async () => {
    panel = await pages.panel({ view: states.answer });
    const box = panel.page.getByRole('textbox', { name: 'Edit message' });
    await panel.button('Edit message').click();
    assert.equal(
      await box.inputValue(),
      states.answer.messages[0]?.role === 'user' ? states.answer.messages[0].text : '',
    );
    await box.fill('Why so?');
    await panel.hideAndShow();
    await panel.show(states.answer);
    assert.equal(await box.inputValue(), 'Why so?');
    await box.press('Escape');
    await box.waitFor({ state: 'detached' });
    await panel.button('Edit message').click();
    await box.fill('Why not?');
    await box.press('Enter');
    const { messageId, text } = await panel.waitForPost('edit');
    assert.equal(text, 'Why not?');
    await box.waitFor({ state: 'detached' });
    await panel.send({ type: 'editRefused', messageId, text });
    assert.equal(await box.inputValue(), 'Why not?', 'what is not asked can be written on');
    await box.press('Escape');
    await box.waitFor({ state: 'detached' });
    await panel.button('Edit message').click();
    assert.notEqual(await box.inputValue(), 'Why not?');
  });

  it("doesn't allow editing questions while an answer is streaming", async () => {
    panel = await pages.panel({ view: states.streaming });
    await panel.button('Stop').waitFor();
    assert.equal(await panel.button('Edit message').count(), 0);
    assert.equal(await panel.button('Regenerate').count(), 0);
  });

  it('offers no list where nothing is attached', async () => {
    panel = await pages.panel({ view: aView([aQuestion('Hello')]) });
    await panel.article(/^You/).waitFor();
    assert.equal(await panel.page.getByRole('list', { name: 'Attached context' }).count(), 0);
  });

  it('lists attachments with their size and a remove button', async () => {
    panel = await pages.panel({ view: states.attachments });
    const lists = panel.page.getByRole('list', { name: 'Attached context' });
    await lists.nth(1).waitFor();
    assert.match(await lists.first().getByRole('listitem').innerText(), /cart\.ts:10-24\s+1,312 tokens/);
    assert.equal(await lists.first().getByRole('button').count(), 0);
    await lists.nth(1).getByRole('button', { name: 'Remove cart.ts:10-24' }).click();
    assert.deepEqual(await panel.waitForPost('removeAttachment'), { type: 'removeAttachment', id: 'cart' });
    await lists.nth(1).getByRole('button', { name: 'Include secrets in client.ts' }).click();
    assert.equal((await panel.waitForPost('includeSecrets')).id, 'key');
    await lists.nth(1).getByText('with secrets').waitFor();
    await lists.nth(1).getByRole('button', { name: 'Remove AGENTS.md' }).click();
    assert.equal((await panel.waitForPost('removeAttachment')).id, 'instructions:AGENTS.md');
  });

  it('estimates what a question takes before it is sent, and reads none of it aloud', async () => {
    panel = await pages.panel({ view: states.attachments });
    const estimate = panel.page.getByRole('status', { name: 'Estimate' });
    assert.match(await estimate.innerText(), /14,318 tokens\s+\$0\.042969 to \$0\.165834/);
    assert.equal(await estimate.getAttribute('aria-live'), 'off');
    const meter = estimate.getByRole('meter', { name: 'Context used' });
    assert.equal(await meter.getAttribute('aria-valuetext'), '7% of 200,000 tokens');
    await panel.button('Reasoning effort: Medium').click();
    await panel.waitForPost('selectEffort');
    await panel.show(states.welcome);
    await estimate.waitFor({ state: 'detached' });
    assert.equal(await panel.button(/^Reasoning effort/).count(), 0);
  });

  it('says of a question that it waits, and forks a chat at an answer', async () => {
    panel = await pages.panel({ view: states.queued });
    await panel
      .article(/^You: And where/)
      .getByText(/^Queued/)
      .waitFor();
    await panel.show(states.answer);
    await panel.button('Fork chat').click();
    assert.equal((await panel.waitForPost('fork')).messageId, 'answer');
  });

  it("shows what isn't a failure as a quiet notice", async () => {
    panel = await pages.panel({ view: states.welcome });
    await panel.show(states.notice);
    const notice = panel.page.getByRole('note').filter({ hasText: 'Web search is off' });
    await notice.waitFor();
    assert.equal(await panel.page.getByRole('alert').count(), 0);
    assert.equal(await notice.locator('.icon-error').count(), 0);
    await panel.spoken("Web search is off: this server isn't OpenRouter.");
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    assert.partialDeepStrictEqual(await panel.waitForPost('remedy'), {
      alertId: 'left out',
      kind: 'dismiss',
    });
    await panel.show(states.warning);
    await panel.page.getByRole('alert').locator('.icon-warning').waitFor();
  });

  it('copies an answer as the Markdown it was written in, also while the next one comes', async () => {
    const text = 'It **is** `so`:\n\n| a |\n|---|\n| 1 |\n';
    panel = await pages.panel({ view: aView([aQuestion('Why?'), anAnswer(text)]) });
    const copy = panel.button('Copy answer');
    await copy.focus();
    await copy.press('Enter');
    assert.equal((await panel.waitForPost('copy')).text, text);
    await panel.spoken('Copied.');
    await panel.show(
      aView(
        [
          aQuestion('Why?'),
          anAnswer(text),
          aQuestion('And?', { id: 'next' }),
          anAnswer('Now', { id: 'growing', state: 'streaming' }),
        ],
        { busy: true },
      ),
    );
    await panel.button('Stop').waitFor();
    assert.equal(await copy.count(), 1, 'an answer that still comes is not whole yet');
    await panel.show(aView([aQuestion('Why?'), anAnswer('', { state: 'stopped' })]));
    await copy.waitFor({ state: 'detached' });
  });

  it('asks the host for what only the host can do', async () => {
    panel = await pages.panel({ view: states.answer });
    const code = 'export function total(cart: Cart): number {';
    await panel.button('Copy').click();
    assert.ok((await panel.waitForPost('copy')).text.startsWith(code));
    await panel.button('Insert at cursor').click();
    assert.ok((await panel.waitForPost('insertAtCursor')).text.endsWith('}'));
    for (const [name, type] of [
      ['Apply to file', 'applyToFile'],
      ['New file', 'newFile'],
    ] as const) {
      await panel.button(name).click();
      const { text, language, fileName } = await panel.waitForPost(type);
      assert.ok(text.startsWith(code) && text.endsWith('}'));
      assert.deepEqual([language, fileName], ['typescript', undefined]);
    }
    await panel.button('New chat').click();
    await panel.waitForPost('newChat');
    await panel.button('Search chats').click();
    await panel.waitForPost('searchChats');
    await panel.button('Attach context').click();
    await panel.waitForPost('attachContext');
    await panel.button(/^Model: /).click();
    await panel.waitForPost('selectModel');
  });

  it('names the file of a code block, wraps its lines, and hands a diagram on', async () => {
    const fences = '```ts src/cart.ts\nconst total = 1;\n```\n\n```mermaid\ngraph TD; A-->B;\n```\n';
    panel = await pages.panel({ view: aView([aQuestion('How?'), anAnswer(fences)]) });
    const code = panel.page.getByRole('group', { name: 'Code block ts' });
    await code.getByText('src/cart.ts').waitFor();
    await code.getByRole('button', { name: 'Apply to file' }).click();
    assert.equal((await panel.waitForPost('applyToFile')).fileName, 'src/cart.ts');
    const wrap = code.getByRole('button', { name: 'Wrap lines' });
    assert.equal(await wrap.getAttribute('aria-pressed'), 'false');
    await wrap.click();
    assert.equal(await wrap.getAttribute('aria-pressed'), 'true');
    assert.equal(
      await code.locator('pre code').evaluate((element) => getComputedStyle(element).whiteSpace),
      'pre-wrap',
    );
    await panel.button('Open diagram').click();
    assert.equal((await panel.waitForPost('openDiagram')).text, 'graph TD; A-->B;');
  });

  it('folds long code, but not under the eyes of whoever watches it grow', async () => {
    const lines = Array.from({ length: 120 }, (_, line) => `line ${line}`).join('\n');
    const fence = '```\n' + lines + '\n```\n';
    panel = await pages.panel({ view: aView([aQuestion('How?'), anAnswer(fence)]) });
    const fold = panel.button('Show all 120 lines');
    const height = (): Promise<number> =>
      panel.page.locator('.code pre').evaluate((element) => element.clientHeight);
    await fold.waitFor();
    const folded = await height();
    await fold.click();
    await panel.button('Show fewer lines').waitFor();
    assert.ok((await height()) > 3 * folded);
    await panel.close();
    panel = await pages.panel({ view: states['long code'] });
    await panel.button('Show all 61 lines').waitFor();
    await panel.close();
    panel = await pages.panel({ view: aView([aQuestion('How?'), anAnswer('', { state: 'streaming' })]) });
    await panel.append('```\n' + lines);
    await panel.page.getByText('line 119').waitFor();
    await panel.append('\n```\n\nDone.\n');
    await panel
      .article(/^Assistant/)
      .getByText('Done.')
      .waitFor();
    await panel.button('Show fewer lines').waitFor();
  });

  it('confirms a copy to the eye and in words', async () => {
    panel = await pages.panel({ view: states.answer });
    await panel.button('Copy').click();
    await panel.page.getByText('Copied', { exact: true }).waitFor();
    await panel.spoken('Copied.');
    await panel.page.getByText('Copied', { exact: true }).waitFor({ state: 'detached' });
  });

  it('folds reasoning and says how long it took', async () => {
    panel = await pages.panel({ view: states.thinking });
    const reasoning = panel.page.getByRole('group', { name: 'Reasoning' });
    await reasoning.getByText('Thinking…').waitFor();
    assert.equal(await reasoning.evaluate((element) => element.tagName), 'DETAILS');
    await panel.change({
      type: 'append',
      messageId: 'answer',
      at: 0,
      text: ' Then the **discount**.',
    });
    await panel.change({
      type: 'message',
      message: anAnswer('It is', {
        state: 'streaming',
        reasoning: 'Let me look at the cart. Then the **discount**.',
        durationMs: 3_240,
      }),
    });
    await reasoning.getByText('Thought for 3.2 s').click();
    await reasoning.locator('strong', { hasText: 'discount' }).waitFor();
  });

  it('shows each tool call in its place, with name, arguments, and state', async () => {
    panel = await pages.panel({ view: states.tools });
    const answer = panel.article(/^Assistant/);
    const read = answer.getByRole('group', { name: 'Tool call read_file' });
    await read.getByText('"path": "src/cart.ts"').waitFor();
    await read.getByText('done').waitFor();
    await read.getByText('Result', { exact: true }).click();
    await read.getByText('const a = 1;').waitFor();
    await answer.getByRole('group', { name: 'Tool call search_text' }).getByText('denied').waitFor();
    const words = (await answer.innerText()).replace(/\s+/g, ' ');
    assert.match(words, /Let me see\..*read_file.*search_text.*It adds\./);
  });

  it('adds a part to an answer that comes, and grows it from there', async () => {
    panel = await pages.panel({
      view: aView([aQuestion('Go'), { ...anAnswer(''), state: 'waiting', parts: [] }]),
    });
    const at = (place: number) => ({ messageId: 'answer', at: place });
    const call = { type: 'toolCall', name: 'read_file', arguments: '{}' } as const;
    await panel.change({ type: 'part', ...at(0), part: { type: 'text', text: 'Let me ' } });
    await panel.change({ type: 'append', ...at(0), text: '**see**' });
    await panel.change({ type: 'part', ...at(1), part: { ...call, state: 'waiting' } });
    const group = panel.page.getByRole('group', { name: 'Tool call read_file' });
    await group.getByText('waiting').waitFor();
    await panel.change(
      { type: 'part', ...at(1), part: { ...call, state: 'done', result: 'a' } },
      { type: 'part', ...at(2), part: { type: 'text', text: 'It ' } },
      { type: 'append', ...at(2), text: '**adds**' },
    );
    await group.getByText('done').waitFor();
    const strong = panel.page.locator('.markdown strong');
    await strong.nth(1).waitFor();
    assert.deepEqual(await strong.allInnerTexts(), ['see', 'adds']);
  });

  it('shows an alert with a button for each remedy, and the service words on demand', async () => {
    panel = await pages.panel({ view: states.alert });
    const alert = panel.page.getByRole('alert');
    await alert.getByText("don't have enough credit").waitFor();
    assert.equal(await alert.getByText('This request requires').isVisible(), false);
    await alert.getByText('Details').click();
    await alert.getByText('This request requires').waitFor();
    await alert.getByRole('button', { name: 'Switch model' }).click();
    assert.deepEqual(await panel.waitForPost('remedy'), {
      type: 'remedy',
      alertId: 'alert',
      kind: 'switchModel',
    });
    await panel
      .article(/^Assistant/)
      .getByText('The discount is applied')
      .waitFor();
  });

  it('offers sign-in while there is no key', async () => {
    panel = await pages.panel({ view: states['no key'] });
    await panel.button('Sign in').click();
    assert.deepEqual(await panel.waitForPost('remedy'), { type: 'remedy', alertId: '', kind: 'signIn' });
  });

  it('offers to set a key while there is none, and keeps the composer', async () => {
    panel = await pages.panel({ view: states['no key'] });
    await panel.composer.fill('Already a question');
    await panel.button('Set API key').click();
    assert.deepEqual(await panel.waitForPost('remedy'), { type: 'remedy', alertId: '', kind: 'setApiKey' });
    await panel.change({ type: 'header', header: states.welcome.header });
    await panel.page.getByRole('heading', { name: 'Ask about your code' }).waitFor();
    assert.equal(await panel.composer.inputValue(), 'Already a question');
  });

  it('tells of a key that is not accepted, with the same way out', async () => {
    panel = await pages.panel({ view: states['rejected key'] });
    const alert = panel.page.getByRole('alert').filter({ hasText: 'rejected the API key' });
    await alert.getByRole('button', { name: 'Sign in' }).waitFor();
    await alert.getByRole('button', { name: 'Set API key' }).click();
    assert.deepEqual(await panel.waitForPost('remedy'), { type: 'remedy', alertId: '', kind: 'setApiKey' });
    await panel.button('Dismiss').click();
    assert.deepEqual(await panel.waitForPost('remedy'), {
      type: 'remedy',
      alertId: 'refused',
      kind: 'dismiss',
    });
  });

  it('says how an answer ended that was stopped or cut', async () => {
    panel = await pages.panel({ view: aView([anAnswer('Half of', { state: 'stopped' })]) });
    await panel
      .article(/^Assistant/)
      .getByText('You stopped this answer')
      .waitFor();
    await panel.change({ type: 'message', message: anAnswer('Half of', { state: 'cut' }) });
    await panel
      .article(/^Assistant/)
      .getByText('reached the length limit')
      .waitFor();
  });

  it('speaks sentences and endings, never tokens', async () => {
    panel = await pages.panel({ view: aView([aQuestion('Hello')]) });
    await panel.change({ type: 'message', message: anAnswer('', { state: 'waiting' }) });
    await panel.spoken('Waiting for the answer.');
    await panel.append('The **total** is');
    await panel.append(' right. The rest');
    await panel.spoken('The total is right.');
    await panel.change({ type: 'message', message: anAnswer('The **total** is right. The rest too') });
    await panel.spoken('The rest too Answer finished.');
  });

  it('reads nothing aloud that was there before', async () => {
    panel = await pages.panel({ view: states.answer });
    await panel.article(/^Assistant/).waitFor();
    assert.equal(await panel.page.locator('[aria-live="polite"]').innerText(), '');
  });

  it('shows what goes with a question under it', async () => {
    const question = aQuestion('Compare', { attachments: [anAttachment({ tokens: 1 })] });
    panel = await pages.panel({ view: aView([question]) });
    const item = panel.article(/^You/).getByRole('list', { name: 'Attached context' }).getByRole('listitem');
    assert.match(await item.innerText(), /1 token$/);
  });
});
