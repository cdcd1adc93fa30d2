import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { pagesOfSuite } from './opened.ts';
import type { Panel } from './panelHarness.ts';
import { aQuestion, anAnswer, aView } from './views.ts';

/** TeX that would load, run, imitate or style something, or never end. */
const hostile = [
  String.raw`\href{javascript:alert(1)}{x}`,
  String.raw`\url{javascript:alert(1)}`,
  String.raw`\href{https://evil.example}{x}`,
  String.raw`\includegraphics{https://evil.example/x.png}`,
  String.raw`\htmlData{a=b}{x} \htmlClass{primary}{y} \htmlId{root}{z}`,
  String.raw`\htmlStyle{position:fixed; inset:0}{x}`,
  String.raw`\text{<img src=x onerror=alert(1)><script>alert(1)</script>}`,
  String.raw`\color{url(https://evil.example)} x`,
  String.raw`\fcolorbox{red}{blue}{x} \pmb{y} \colorbox{#f00}{z}`,
  String.raw`\raisebox{9999em}{x} \rule{9999em}{9999em} \kern{-9999em} y`,
  String.raw`\def\a{\a\a}\a`,
  String.raw`\def\a{xxxxxxxxxx}\def\b{\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b}\c\c\c\c`,
  String.raw`\newcommand{\a}{${'x'.repeat(3_000)}} ${String.raw`\a`.repeat(900)}`,
  String.raw`\let\a\href \a{javascript:alert(1)}{x}`,
  '{'.repeat(2_400) + 'x' + '}'.repeat(2_400),
  String.raw`\large `.repeat(700) + 'x',
  String.raw`\left(`.repeat(300) + 'x' + String.raw`\right)`.repeat(300),
  'x'.repeat(20_000),
];

describe('Maths in an answer', () => {
  const pages = pagesOfSuite();
  let panel: Panel;
  let answer: Locator;

  async function open(text: string): Promise<void> {
    panel = await pages.panel({ view: aView([aQuestion('Go'), anAnswer(text)]) });
    answer = panel.article(/^Assistant/).locator('.markdown');
  }

  it('is drawn in a line and as a block, in lists and tables, and keeps its TeX', async () => {
    await open('So $x_1$:\n$$\n\\frac{a}{b}\n- c\n$$\n\n- \\(y\\)\n\n| $z$ |\n|---|\n| \\[w\\] |');
    await answer.locator('math').nth(4).waitFor();
    assert.equal(await answer.locator('p math').count(), 1);
    assert.equal(await answer.getByRole('group', { name: 'Formula' }).locator('mfrac').count(), 1);
    assert.equal(await answer.locator('li math, th math, td math[display="block"]').count(), 3);
    assert.deepEqual(await answer.locator('annotation').allTextContents(), [
      'x_1',
      '\\frac{a}{b}\n- c',
      'y',
      'z',
      'w',
    ]);
    assert.equal(await answer.locator('code:visible').count(), 0);
  });

  it('is drawn while the answer grows, once it is closed', async () => {
    panel = await pages.panel({ view: aView([anAnswer('', { state: 'waiting' })]) });
    await panel.append('Then $a');
    await panel.page.locator('.markdown').getByText('Then $a').waitFor();
    await panel.append('^2$ and $$b');
    await panel.page.locator('math').waitFor();
    await panel.append('_3$$ hold');
    await panel.page.locator('math[display="block"]').waitFor();
  });

  it('shows the source of invalid TeX', async () => {
    await open('A $x$ and $\\frac{a$, then $\\unknown$.');
    await answer.locator('math').waitFor();
    assert.deepEqual(await answer.locator('code:visible').allTextContents(), ['$\\frac{a$', '$\\unknown$']);
  });

  it('is copied as its source', async () => {
    await open('So $x_1$ is:\n\n$$\n\\frac{a}{b}\n$$\n\nand more.');
    await answer.locator('math').nth(1).waitFor();
    const copied = await answer.evaluate((element) => {
      document.getSelection()?.selectAllChildren(element);
      const clipboardData = new DataTransfer();
      element.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
      return clipboardData.getData('text/plain');
    });
    assert.equal(copied.replace(/\s+/g, ' ').trim(), 'So $x_1$ is: $$ \\frac{a}{b} $$ and more.');
  });

  it('loads the renderer only if there is math', async () => {
    await open('It costs $5 and $10, in `$x$`.');
    const chunks = (): Promise<number> =>
      panel.page.evaluate(
        () =>
          performance.getEntriesByType('resource').filter(({ name }) => name.includes('/chunks/tex')).length,
      );
    await answer.getByText('It costs $5').waitFor();
    assert.equal(await chunks(), 0);
    await panel.change({ type: 'message', message: anAnswer('Then $x$.') });
    await answer.locator('math').waitFor();
    assert.equal(await chunks(), 1);
  });

  it('scrolls separately if wider than the panel', async () => {
    const sum = Array.from({ length: 60 }, (_, at) => `a_{${at}}`).join(' + ');
    await open(`So $${sum}$ is:\n\n$$${sum}$$`);
    await answer.locator('math').nth(1).waitFor();
    const wide = await answer
      .locator('.maths')
      .evaluateAll((all) => all.map((each) => each.scrollWidth > each.clientWidth));
    assert.deepEqual(wide, [true, true]);
    assert.ok(await answer.evaluate((element) => element.scrollWidth <= element.clientWidth));
  });

  it('runs, loads and imitates nothing, and does not hang, whatever the TeX', async () => {
    const startedAt = performance.now();
    const formulas = hostile.map((tex) => `In a line $${tex}$ and:\n\n$$\n${tex}\n$$`);
    await open([...formulas, 'The end is $x$.'].join('\n\n'));
    const blocks = answer.getByRole('group', { name: 'Formula' });
    await answer.locator('p', { hasText: 'The end' }).locator('math').waitFor();
    assert.equal(await blocks.count(), hostile.length);
    assert.ok(performance.now() - startedAt < 10_000);
    const strange = await answer.evaluate((element) =>
      Array.from(element.querySelectorAll('*')).flatMap((each) =>
        each
          .getAttributeNames()
          .filter((name) => /^on|^style$|href|src|^id$|^data-|^action/.test(name))
          .map((name) => `${each.tagName} ${name}`)
          .concat(/^(a|img|script|iframe|mglyph|maction)$/i.test(each.tagName) ? [each.tagName] : []),
      ),
    );
    assert.deepEqual(strange, []);
    assert.equal(await answer.locator('.primary').count(), 0);
  });
});
