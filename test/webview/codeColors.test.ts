import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import type { CodeTheme } from '../../src/host/colors/themeRules.ts';
import { pagesOfSuite } from './opened.ts';
import type { Panel } from './panelHarness.ts';
import { aQuestion, anAnswer, aView } from './views.ts';

const red = 'rgb(255, 0, 0)';
const blue = 'rgb(0, 0, 255)';

const theme: CodeTheme = {
  type: 'dark',
  foreground: '#cccccc',
  rules: [
    { scope: ['keyword', 'storage'], settings: { foreground: '#ff0000' } },
    { scope: 'comment', settings: { foreground: '#00ff00', fontStyle: 'italic' } },
    { scope: 'string', settings: { foreground: '#ffff00' } },
  ],
};

const source = [
  '/* One comment',
  '   over two lines. */',
  'const greeting = `Hello ${name}`;',
  'if (greeting !== "") return greeting;',
].join('\n');

const fenced = (code: string, language = 'ts'): string => `\`\`\`${language}\n${code}\n\`\`\`\n`;

describe('The colors of code', () => {
  const pages = pagesOfSuite();
  let panel: Panel;

  beforeEach(async () => {
    panel = await pages.panel({ width: 500 });
  });

  const show = (text: string): Promise<void> => panel.show(aView([aQuestion('Go'), anAnswer(text)]));
  const block = (): Locator => panel.page.locator('.code code').last();
  const colored = (words: string): Locator => block().locator('span[style]', { hasText: words }).first();
  const colorOf = async (words: string): Promise<string> => {
    await colored(words).waitFor();
    return colored(words).evaluate((element) => getComputedStyle(element).color);
  };

  it("are those of the editor's theme, under the shipped policy", async () => {
    await show(fenced(source));
    await panel.colorCode(theme);
    assert.equal(await colorOf('const'), red);
    assert.equal(await colorOf('over two lines'), 'rgb(0, 255, 0)');
    const style = await colored('over two lines').evaluate((element) => getComputedStyle(element).fontStyle);
    assert.equal(style, 'italic');
    assert.equal(await block().evaluate((element) => element.textContent), source);
  });

  it('follow the theme', async () => {
    await show(fenced(source));
    await panel.colorCode(theme);
    await colored('const').waitFor();
    const rules = [{ scope: 'storage', settings: { foreground: '#0000ff' } }];
    await panel.colorCode({ ...theme, rules });
    await block().locator('span[style*="rgb(0, 0, 255)"]', { hasText: 'const' }).waitFor();
    assert.equal(await colorOf('const'), blue);
  });

  it('come while the code is still being written, also to a line that is not finished', async () => {
    await panel.colorCode(theme);
    await panel.show(aView([aQuestion('Go'), anAnswer('', { state: 'waiting' })], { busy: true }));
    await panel.append('```ts\nconst a = "x');
    assert.equal(await colorOf('const'), red);
    await panel.append('y";\nif (a) {');
    assert.equal(await colorOf('if'), red);
    assert.equal(await block().evaluate((element) => element.textContent), 'const a = "xy";\nif (a) {');
  });

  it('leave unknown languages, and code without a language, plain', async () => {
    await panel.colorCode(theme);
    await show(
      `${fenced('const a = 1;', 'klingon')}\n${fenced('const b = 2;', '')}\n${fenced('const c = 3;')}`,
    );
    await colored('const').waitFor();
    for (const index of [0, 1]) {
      assert.equal(await panel.page.locator('.code code').nth(index).locator('span[style]').count(), 0);
    }
  });

  it('give each language that is offered its words', async () => {
    await panel.colorCode(theme);
    const samples: readonly (readonly [language: string, code: string, word: string])[] = [
      ['python', 'def f(): return 1', 'def'],
      ['rust', 'fn main() {}', 'fn'],
      ['go', 'func main() {}', 'func'],
      ['java', 'public class A {}', 'public'],
      ['csharp', 'public class A {}', 'public'],
      ['cpp', 'const int a = 1;', 'const'],
      ['php', '<?php function f() {}', 'function'],
      ['bash', 'if true; then exit; fi', 'if'],
      ['sql', 'SELECT a FROM b;', 'SELECT'],
      ['kotlin', 'fun main() {}', 'fun'],
      ['swift', 'func main() {}', 'func'],
      ['powershell', 'if ($true) { exit }', 'if'],
      ['tsx', 'const a = <b>{c}</b>;', 'const'],
      ['yaml', '# a\nb: "c"', '"c"'],
      ['json', '{"a": "b"}', '"b"'],
      ['html', '<a href="b">c</a>', '"b"'],
      ['css', 'a { color: "b"; }', '"b"'],
      ['dockerfile', 'FROM a', 'FROM'],
      ['lua', 'local a = 1', 'local'],
      ['makefile', '# a\nifeq (a,b)\nendif', 'ifeq'],
    ];
    for (const [language, code, word] of samples) {
      await show(fenced(code, language));
      await panel.page.getByRole('group', { name: `Code block ${language}`, exact: true }).waitFor();
      await colored(word).waitFor();
      assert.equal(await block().evaluate((element) => element.textContent), code, language);
    }
  });

  it('hold nothing up: 3,000 lines are colored a few at a time', async () => {
    await panel.colorCode(theme);
    const lines = Array.from(
      { length: 3_000 },
      (_, at) => `const value${at} = compute("${at}", ${at}); // ${at}`,
    );
    await panel.page.evaluate(() => {
      const tasks: number[] = [];
      new PerformanceObserver((list) => {
        tasks.push(...list.getEntries().map(({ duration }) => duration));
      }).observe({ entryTypes: ['longtask'] });
      Object.assign(window, { longTasks: tasks });
    });
    await show(fenced(lines.join('\n')));
    await colored('// 2999').waitFor();
    assert.equal(await block().evaluate((element) => element.textContent), lines.join('\n'));
    const longest = await panel.page.evaluate(() =>
      Math.max(0, ...(window as never as { longTasks: number[] }).longTasks),
    );
    // A page that is blocked for longer is broken, whatever the machine.
    assert.ok(longest < 1_000, `the page was blocked for ${longest} ms`);
  });
});
