import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Locator } from 'playwright-core';
import { pagesOfSuite } from './opened.ts';
import type { Panel } from './panelHarness.ts';
import type { ThemeName } from './themes.ts';
import { aQuestion, anAnswer, aView } from './views.ts';

describe('Files that an answer names', () => {
  const pages = pagesOfSuite();
  let panel: Panel;

  const link = (name: string): Locator => panel.page.getByRole('link', { name, exact: true });

  /** Says that these files are there, and gives what was asked. */
  async function find(...found: readonly string[]): Promise<readonly string[]> {
    const { question } = await panel.waitForPost('findFiles');
    await panel.send({ type: 'foundFiles', id: question.id, paths: found });
    return question.paths;
  }

  it('are requested once and become links if they exist', async () => {
    const text =
      'See `src/cart.ts:12-24`, `src/cart.ts`, `gone.ts` and [the map](src/map.ts#L3), not `a.b()`.';
    panel = await pages.panel({ view: aView([aQuestion('Why `src/no.ts`?'), anAnswer(text)]) });
    await panel.page.getByText('[the map](src/map.ts#L3)').waitFor();
    assert.equal(await panel.page.getByRole('link').count(), 0);
    assert.deepEqual(await find('src/cart.ts', 'src/map.ts'), ['src/cart.ts', 'gone.ts', 'src/map.ts']);
    await link('src/cart.ts:12-24').click();
    assert.deepEqual((await panel.waitForPost('openFile')).place, {
      path: 'src/cart.ts',
      line: 12,
      endLine: 24,
    });
    await link('the map').click();
    assert.deepEqual((await panel.waitForPost('openFile')).place, { path: 'src/map.ts', line: 3 });
    assert.equal(await panel.page.getByRole('link').count(), 3);
    await panel.change({ type: 'message', message: anAnswer(`${text}\n\nAgain: \`gone.ts:4\`.`) });
    await panel.page.getByText('gone.ts:4', { exact: true }).waitFor();
    assert.ok((await panel.allPosted()).every(({ type }) => type !== 'findFiles'));
  });

  it('can be reached and opened by keyboard', async () => {
    panel = await pages.panel({ view: aView([anAnswer('See `src/cart.ts:12:5`.')]) });
    await find('src/cart.ts');
    await link('src/cart.ts:12:5').waitFor();
    await panel.transcript.focus();
    await panel.page.keyboard.press('Tab');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual((await panel.waitForPost('openFile')).place, {
      path: 'src/cart.ts',
      line: 12,
      column: 5,
    });
  });

  it('become links one by one in a growing answer, without re-rendering what is around them', async () => {
    panel = await pages.panel({ view: aView([anAnswer('', { state: 'waiting' })]) });
    await panel.append('First `a.ts` and `b.ts`.\n\nThen *more*.\n\n');
    const { question } = await panel.waitForPost('findFiles');
    await panel.append('And `c');
    await panel.page.locator('.markdown p').nth(2).waitFor();
    await panel.page.evaluate(() => {
      const watch = window as unknown as { changed: string[] };
      watch.changed = [];
      new MutationObserver((changes) => {
        watch.changed.push(...changes.map(({ target }) => (target as Element).textContent));
      }).observe(document.querySelector('.markdown') as Element, { childList: true, subtree: true });
    });
    await panel.send({ type: 'foundFiles', id: question.id, paths: ['b.ts'] });
    await link('b.ts').waitFor();
    assert.equal(await link('a.ts').count(), 0);
    const changed = await panel.page.evaluate(() => (window as unknown as { changed: string[] }).changed);
    assert.deepEqual([...new Set(changed.filter((text) => text !== 'b.ts'))], ['First a.ts and b.ts.']);
    await panel.append('.ts` here.\n\nEnd');
    assert.deepEqual(await find('c.ts'), ['c.ts']);
    await link('c.ts').waitFor();
  });

  it('are requested in messages of bounded size and number', async () => {
    const text = Array.from({ length: 400 }, (_, at) => `\`file${at}.ts\``).join(' ');
    panel = await pages.panel({ view: aView([anAnswer(text)]) });
    const sizes: number[] = [];
    while (sizes.reduce((sum, size) => sum + size, 0) < 300) {
      sizes.push((await panel.waitForPost('findFiles')).question.paths.length);
    }
    const sum = sizes.reduce((total, size) => total + size, 0);
    assert.deepEqual([sum, Math.max(...sizes)], [300, 50]);
    assert.ok((await panel.allPosted()).every(({ type }) => type !== 'findFiles'));
  });

  it('are requested again in another chat, where late answers are ignored', async () => {
    panel = await pages.panel({ view: aView([anAnswer('See `a.ts`.')]) });
    const { question } = await panel.waitForPost('findFiles');
    await panel.show({ ...aView([anAnswer('And `a.ts`, `b.ts`.')]), conversationId: 'another' });
    const { question: next } = await panel.waitForPost('findFiles');
    await panel.send({ type: 'foundFiles', id: question.id, paths: ['a.ts'] });
    await panel.send({ type: 'foundFiles', id: next.id, paths: ['b.ts', '__proto__', 'never.ts'] });
    await link('b.ts').waitFor();
    assert.equal(await link('a.ts').count(), 0);
  });

  it("aren't links within links, and paths that lead outside aren't requested", async () => {
    panel = await pages.panel({
      view: aView([
        anAnswer(
          '[`a.ts`](https://ok.example) [![x](https://ok.example/x.png) `c.ts`](b.ts) ' +
            '[x](../../etc/passwd) `../../etc/passwd` [x](file:///etc/passwd) [x](/etc/x.ts) `C:\\x.ts`',
        ),
      ]),
    });
    assert.deepEqual(await find('b.ts'), ['b.ts']);
    await link('x c.ts').waitFor();
    assert.equal(await panel.page.getByRole('link').count(), 2);
    assert.equal(await panel.page.locator('a a').count(), 0);
    assert.ok((await panel.allPosted()).every(({ type }) => type !== 'findFiles'));
  });

  for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] satisfies readonly ThemeName[]) {
    it(`are accessible in ${theme}, and fit`, async () => {
      const path = `${'folder/'.repeat(12)}cart.ts`;
      panel = await pages.panel({
        theme,
        width: 240,
        view: aView([anAnswer(`See \`${path}\`, [it](b.ts).`)]),
      });
      await find(path, 'b.ts');
      await link('it').waitFor();
      await panel.page.evaluate(
        await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
      );
      const violations = await panel.page.evaluate(
        `axe.run('.markdown').then(({ violations }) => violations.map(({ id }) => id))`,
      );
      assert.deepEqual(violations, []);
      assert.ok(await panel.transcript.evaluate((box) => box.scrollWidth <= box.clientWidth));
    });
  }
});
