import assert from 'node:assert/strict';
import { pagesOfSuite } from './opened.ts';
import type { Panel } from './panelHarness.ts';
import { sampleAnswer } from './sampleAnswer.ts';
import { aQuestion, anAnswer, aView } from './views.ts';

const paragraphs = Array.from({ length: 60 }, (_, at) => `Paragraph ${at}.`).join('\n\n');

describe('The transcript', () => {
  const pages = pagesOfSuite();
  let panel: Panel;

  beforeEach(async () => {
    panel = await pages.panel({
      view: aView([aQuestion('Go'), anAnswer(paragraphs, { state: 'streaming' })]),
    });
    await panel.page.getByText('Paragraph 59.').waitFor();
  });

  it('stays at its end while an answer grows', async () => {
    await atEnd(panel);
    await panel.append(`\n\n${sampleAnswer(6_000)}\n\nThe very end.`);
    await panel.page.getByText('The very end.').waitFor();
    await atEnd(panel);
    assert.equal(await panel.button('Scroll to bottom').count(), 0);
  });

  it('moves on while more comes than can be drawn, and is at the end when all of it is there', async () => {
    const places = await panel.page.evaluateHandle(() => {
      const box = document.querySelector('[role=log]');
      const seen: number[] = [];
      box?.addEventListener('scroll', () => seen.push(box.scrollTop));
      return seen;
    });
    await panel.append(`\n\n${sampleAnswer(400_000)}\n\nThe very end.`);
    await panel.page.getByText('The very end.').waitFor();
    await panel.page.waitForFunction(() => document.querySelector('.behind') === null);
    await atEnd(panel);
    const seen = await places.evaluate((each) => [...each]);
    assert.ok(new Set(seen).size > 2, 'one sees that it grows');
    assert.deepEqual(
      seen,
      seen.toSorted((one, other) => one - other),
    );
  });

  it('never scrolls down while the user reads above, and offers a way back', async () => {
    await panel.transcript.hover();
    await panel.page.mouse.wheel(0, -400);
    await panel.button('Scroll to bottom').waitFor();
    const before = await topOf(panel, 'Paragraph 40.');
    await panel.append(`\n\n${sampleAnswer(6_000)}\n\nThe very end.`);
    await panel.page.getByText('The very end.').waitFor();
    assert.equal(await topOf(panel, 'Paragraph 40.'), before);
    await panel.button('Scroll to bottom').click();
    await atEnd(panel);
    await panel.append('\n\nAnd beyond.');
    await panel.page.getByText('And beyond.').waitFor();
    await atEnd(panel);
    assert.equal(await panel.button('Scroll to bottom').count(), 0);
  });

  it('goes to a message that was searched for, also one that is not drawn yet, and marks it', async () => {
    const messages = Array.from({ length: 200 }, (_, at) =>
      anAnswer(`Answer ${at}.\n\n${paragraphs}`, { id: `answer-${at}` }),
    );
    await panel.show({ ...aView(messages), conversationId: 'long' });
    await panel.send({ type: 'showMessage', messageId: 'answer-3', search: 'answer' });
    await panel.page.locator('.message.found', { hasText: 'Answer 3.' }).waitFor();
    await panel.page.locator('[data-message="answer-0"]').waitFor({ state: 'attached' });
    const box = await panel.transcript.boundingBox();
    const top = await topOf(panel, 'Answer 3.');
    assert.ok(box && top >= box.y && top < box.y + 40, `it is at ${top}`);
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.getAttribute('data-message')),
      'answer-3',
    );
  });

  it('scrolls to the searched words, however deep in a message, and highlights them until the next action', async () => {
    const marked = (): Promise<readonly string[]> =>
      panel.page.evaluate(() =>
        Array.from(CSS.highlights.get('found') ?? [], (range) => (range as Range).toString()),
      );
    const found = [
      aQuestion('Which?'),
      anAnswer(`${paragraphs}\n\nA Quokka.\n\nMany *quokkas*.\n\n${paragraphs}`),
    ];
    const other = anAnswer(paragraphs, { id: 'other' });
    await panel.show({ ...aView([...found, other]), conversationId: 'deep' });
    await panel.send({ type: 'showMessage', messageId: 'answer', search: 'quokka' });
    await panel.page.locator('.message.found').waitFor();
    const box = await panel.transcript.boundingBox();
    const top = await topOf(panel, 'A Quokka.');
    assert.ok(box && top > box.y && top < box.y + box.height / 2, `it is at ${top}`);
    assert.deepEqual(await marked(), ['Quokka', 'quokka']);
    await panel.show({
      ...aView([...found, other, aQuestion('And?', { id: 'next' })], { busy: true }),
      conversationId: 'deep',
    });
    await panel.article(/^You: And/).waitFor();
    assert.deepEqual(await marked(), []);
  });

  it('can be read by keyboard', async () => {
    await panel.transcript.focus();
    await panel.page.keyboard.press('Home');
    await panel.button('Scroll to bottom').waitFor();
    await panel.page.keyboard.press('End');
    await panel.button('Scroll to bottom').waitFor({ state: 'detached' });
  });

  it('follows again when the user comes back to the end', async () => {
    await panel.transcript.hover();
    await panel.page.mouse.wheel(0, -400);
    await panel.button('Scroll to bottom').waitFor();
    await panel.page.mouse.wheel(0, 4_000);
    await panel.button('Scroll to bottom').waitFor({ state: 'detached' });
    await panel.append('\n\nThe very end.');
    await panel.page.getByText('The very end.').waitFor();
    await atEnd(panel);
  });

  it('stays at its end when it gets narrower, and when the composer grows', async () => {
    await panel.page.setViewportSize({ width: 240, height: 500 });
    await atEnd(panel);
    await panel.composer.fill('line\n'.repeat(8));
    await atEnd(panel);
  });

  it('goes to a question that the user asks', async () => {
    await panel.transcript.hover();
    await panel.page.mouse.wheel(0, -400);
    await panel.button('Scroll to bottom').waitFor();
    await panel.change({ type: 'message', message: aQuestion('And now?', { id: 'second' }) });
    await panel.article(/^You: And now/).waitFor();
    await atEnd(panel);
  });

  it('is where the user was reading when the panel is shown again', async () => {
    await panel.transcript.hover();
    // A wheel that is turned before the page is ready for it moves nothing.
    for (let kept = false; !kept;) {
      await panel.page.mouse.wheel(0, -600);
      kept = await panel.page
        .waitForFunction(() => sessionStorage.getItem('state')?.includes('"place"'), undefined, {
          timeout: 3_000,
        })
        .then(() => true)
        .catch(() => false);
    }
    const before = await topOf(panel, 'Paragraph 40.');
    await panel.hideAndShow();
    await panel.show(aView([aQuestion('Go'), anAnswer(paragraphs)]));
    await panel.button('Scroll to bottom').waitFor();
    assert.ok(Math.abs((await topOf(panel, 'Paragraph 40.')) - before) <= 2);
  });

  it('keeps unfolded reasoning unfolded when the panel is shown again', async () => {
    const view = aView([anAnswer('Yes.', { reasoning: 'Because it is so.' })]);
    await panel.show(view);
    await panel.page.getByRole('group', { name: 'Reasoning' }).locator('summary').click();
    await panel.page.getByText('Because it is so.').waitFor();
    await panel.hideAndShow();
    await panel.show(view);
    await panel.page.getByText('Because it is so.').waitFor();
  });

  it('keeps the head of a long code block in view', async () => {
    const code = `\`\`\`ts\n${'const line = 1;\n'.repeat(120)}\`\`\``;
    await panel.show({ ...aView([anAnswer(code)]), conversationId: 'other' });
    await panel.button('Show all 120 lines').click();
    await atEnd(panel);
    await panel.transcript.hover();
    await panel.page.mouse.wheel(0, -500);
    await panel.button('Scroll to bottom').waitFor();
    const [head, log] = [
      await panel.page.locator('.code-head').boundingBox(),
      await panel.transcript.boundingBox(),
    ];
    assert.ok(head && log && Math.abs(head.y - log.y) < 2, `${head?.y} is not ${log?.y}`);
  });
});

async function atEnd(panel: Panel): Promise<void> {
  await panel.page.waitForFunction(() => {
    const log = document.querySelector('[role="log"]');
    return log && log.scrollHeight - log.scrollTop - log.clientHeight <= 1;
  });
}

async function topOf(panel: Panel, text: string): Promise<number> {
  return panel.page
    .getByText(text, { exact: true })
    .evaluate((element) => element.getBoundingClientRect().top);
}
