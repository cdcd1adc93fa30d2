import assert from 'node:assert/strict';
import { pagesOfSuite } from './opened.ts';
import type { Panel } from './panelHarness.ts';
import { aQuestion, anAnswer, anAttachment, aView } from './views.ts';

/** Texts that would run, load or imitate something if a single one of them became an element or a link. */
const corpus = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://evil.example/pixel.png">',
  '<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x dur=1s></svg>',
  '<svg><script href="https://evil.example/x.js"></script></svg>',
  '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
  '<iframe src="https://evil.example"></iframe><iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="https://evil.example">',
  '<a href="javascript:alert(1)">x</a> <a href="https://evil.example" onclick="alert(1)">y</a>',
  '<form action="https://evil.example"><button formaction="javascript:alert(1)">Set API key</button></form>',
  '<style>@import "https://evil.example/x.css"; * { display: none }</style>',
  '<link rel=stylesheet href="https://evil.example/x.css"><base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<p style="position:fixed;inset:0;background:url(https://evil.example)">x</p>',
  '<details open ontoggle=alert(1)><summary>x</summary></details>',
  '<video src=x onerror=alert(1)></video><audio autoplay src="https://evil.example"></audio>',
  '<div\nonmouseover="alert(1)"\n>x</div>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '</div></article></main><script>alert(1)</script>',
  '[x](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) [x]( javascript:alert(1)) [x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1)) [x](javascript&colon;alert(1)) [x](&#x6A;avascript&#58;alert(1))',
  '[x](data:text/html,<script>alert(1)</script>) [x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](vbscript:msgbox(1)) [x](file:///etc/passwd) [x](command:workbench.action.quit) [x](vscode://x/y)',
  '[x](blob:https://evil.example/1) [x](//evil.example/x) [x](ftp://evil.example) [x](view-source:https://x)',
  '[x]: javascript:alert(1)\n\n[x] and [text][x]',
  '<javascript:alert(1)> <data:text/html,x>',
  '![x](https://evil.example/track.png) ![x](http://evil.example/track.png "t") ![x](//evil.example/a.png)',
  '![x](javascript:alert(1)) ![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+) ![x](data:text/html,x)',
  '[![x](https://evil.example/a.png)](javascript:alert(1))',
  '```"><img src=x onerror=alert(1)>\ncode\n```',
  '```ts\n</code></pre><script>alert(1)</script>\n```',
  '`</code><script>alert(1)</script>`',
  '| <img src=x onerror=alert(1)> | b |\n|---|---|\n| <script>alert(1)</script> | [x](javascript:alert(1)) |',
  '- <script>alert(1)</script>\n  > <img src=x onerror=alert(1)>\n  1. [x](javascript:alert(1))',
  '# <img src=x onerror=alert(1)>\n\n<b onclick=alert(1)>\n=====',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;',
  '[constructor] [__proto__][toString] [x][hasOwnProperty]\n\n[__proto__]: https://ok.example',
  '[x]: <javascript:alert(1)>\n[y]: JAVASCRIPT:alert(1) "t"\n[z]:\n  data:text/html,x\n\n[x] ![y] [z][z] [text][y]',
  '![x]: javascript:alert(1)\n\n![x][y]\n\n[y]: data:image/svg+xml,<svg/onload=alert(1)>',
  '![x](data:image/svg+xml;utf8,<svg><script>alert(1)</script></svg>) ![x](DATA:IMAGE/SVG+XML;BASE64,PHN2Zz4=)',
  '![x](data:image/png;base64,iVBORw0KGgo="onerror=alert(1)) ![x](data:image/png,<svg>)',
  '[x](command:workbench.action.terminal.new) [x](COMMAND:x) [x](vscode-resource:x) [x](vscode-webview:x) [x](about:blank)',
  '[x](../../../../etc/passwd) [x](..%2f..%2fetc%2fpasswd) [x](/etc/passwd:1) [x](C:\\Windows\\win.ini) `../../x.ts:1`',
  '[x](&Tab;javascript:alert(1)) [x](java&#10;script:alert(1)) [x](&#0;javascript:alert(1)) [x](\u0001javascript:alert(1))',
  '[x](jav&#x0A;ascript&colon;alert&lpar;1&rpar;) [x](%6A%61vascript:alert(1)) [x](https&colon;//ok.example)',
  '<https://evil.example/\u202e> <mailto:a@b.example?attach=/etc/passwd> javascript:alert(1) www.ok.example',
  '$\\href{javascript:alert(1)}{x}$ $\\url{javascript:alert(1)}$ $\\includegraphics{https://evil.example/x.png}$',
  '$$\\htmlData{x=y}{z} \\htmlStyle{position:fixed}{z} \\htmlClass{composer}{z} \\htmlId{root}{z}$$',
  '$\\style{background:url(https://evil.example)}{x}$ $\\text{<img src=x onerror=alert(1)>}$ $\\def\\a{\\a\\a}\\a$',
  '```mermaid\nclick A "javascript:alert(1)"\n```\n\n```<img src=x onerror=alert(1)>\n```',
  '\u202eexe.gnp\u202c \u0000 \ufffd \ud800',
];

/** Inputs that make a careless reader of Markdown take quadratic time, or its stack overflow. */
const exhausting = {
  'nested quotes': '>'.repeat(20_000),
  'nested lists on one line': '- '.repeat(10_000) + 'x',
  'openers without an end': '**_a'.repeat(5_000),
  'openers with one end': `${'*a, '.repeat(5_000)}b*`,
  'brackets around emphasis': `${'[*a'.repeat(6_000)}](b)`,
  'an endless address': `${'a.'.repeat(10_000)}@`,
  'a line of 100,000 letters': 'x'.repeat(100_000),
  'a line of 20,000 words': 'word '.repeat(20_000),
  'quotes on many lines': Array.from({ length: 500 }, (_, depth) => `${'>'.repeat(depth % 100)} a`).join(
    '\n',
  ),
  'images without an end': '!['.repeat(10_000),
  'links in links': `${'['.repeat(5_000)}a${'](b)'.repeat(5_000)}`,
  'backticks of all lengths': Array.from({ length: 300 }, (_, length) => '`'.repeat(length + 1)).join(' '),
  dollars: '$'.repeat(20_000),
  'dollars around letters': '$a '.repeat(10_000),
  'a table of many columns': `${'|a'.repeat(1_000)}|\n${'|-'.repeat(1_000)}|\n${'|b'.repeat(1_000)}|`,
  'angle brackets': '<a '.repeat(10_000),
  'comments without an end': `${'<!--'.repeat(10_000)}-->`,
  references: Array.from({ length: 2_000 }, (_, at) => `[r${at}]: https://x.example/${at}\n[r${at}]`).join(
    '\n',
  ),
  entities: '&amp;&#0;&#x110000;&nosuch;'.repeat(4_000),
  'formulas in formulas': `$$${'\\frac{1}{'.repeat(400)}x${'}'.repeat(400)}$$`,
  'macros that grow': '$$\\def\\a{xx}\\def\\b{\\a\\a}\\def\\c{\\b\\b}\\c$$'.repeat(200),
  underscores: 'a_b_'.repeat(5_000),
  'deep indentation': Array.from({ length: 100 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n'),
};

/** Each is more than a model says in one line. */
const huge = {
  'one line of letters': 'x'.repeat(100_000),
  'one line of words': 'word '.repeat(20_000),
  'one line of code': `\`\`\`\n${'x = 1; '.repeat(15_000)}\n\`\`\``,
};

describe('Hostile text', () => {
  const pages = pagesOfSuite();
  let panel: Panel;

  it('runs, loads and imitates nothing, whole or streamed', async () => {
    const text = corpus.join('\n\n');
    panel = await pages.panel({ view: aView([anAnswer(text, { reasoning: text })]) });
    await panel.page.getByRole('group', { name: 'Reasoning' }).locator('summary').click();
    await checkElements(panel);
    for (const [at, each] of corpus.entries()) {
      const id = `answer${at}`;
      await panel.change({ type: 'message', message: anAnswer('', { id, state: 'waiting' }) });
      for (const piece of each.match(/[\s\S]{1,9}/g) ?? []) {
        await panel.append(piece, id);
      }
      await panel.change({ type: 'message', message: anAnswer(each, { id }) });
    }
    await panel.page.locator(`[data-message="answer${corpus.length - 1}"] .markdown p`).waitFor();
    await checkElements(panel);
  });

  it('shows raw HTML as the text that it is', async () => {
    panel = await pages.panel({ view: aView([anAnswer(`Before <b>bold</b>.\n\n${corpus[1] ?? ''}`)]) });
    await panel.page.getByText('Before <b>bold</b>.').waitFor();
    await panel.page.getByText('<img src=x onerror=alert(1)>').waitFor();
  });

  it('is harmless in questions, names, alerts, and titles, too', async () => {
    const text = corpus[1] ?? '';
    const alert = { id: text, message: text, detail: text, remedies: [] };
    panel = await pages.panel({
      view: aView(
        [
          aQuestion(text, { attachments: [anAttachment({ label: text })] }),
          anAnswer('', { state: 'failed', alert, details: { model: text, provider: text, cost: text } }),
        ],
        { title: text, model: { id: text, name: text }, alert, attachments: [anAttachment({ label: text })] },
      ),
    });
    await panel.button(`Model: ${text}`).waitFor();
    await checkElements(panel);
  });

  it('keeps the links that may be followed, and turns pictures into links', async () => {
    const text =
      '[ok](https://ok.example/a?b=1&amp;c=2) <https://auto.example> https://bare.example/x [mail](mailto:a@b.example) ![a picture](https://remote.example/p.png)';
    panel = await pages.panel({ view: aView([anAnswer(text)]) });
    await panel.page.getByRole('link', { name: 'a picture' }).waitFor();
    const links = await panel.page
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    assert.deepEqual(links, [
      'https://ok.example/a?b=1&c=2',
      'https://auto.example/',
      'https://bare.example/x',
      'mailto:a@b.example',
      'https://remote.example/p.png',
    ]);
  });

  for (const [name, text] of Object.entries(huge)) {
    it(`draws at once what is huge: ${name}`, async () => {
      panel = await pages.panel({ view: aView() });
      const startedAt = performance.now();
      await panel.show(aView([anAnswer(`${text}\n\nThe end.`)]));
      await panel.page.locator('.answer').getByText('The end.', { exact: true }).waitFor();
      assert.ok(performance.now() - startedAt < 10_000);
    });
  }

  for (const [name, text] of Object.entries(exhausting)) {
    it(`does not exhaust the panel: ${name}`, async () => {
      panel = await pages.panel({ view: aView([anAnswer('', { state: 'waiting' })]) });
      const startedAt = performance.now();
      for (let at = 0; at < text.length; at += 4_000) {
        await panel.append(text.slice(at, at + 4_000));
      }
      await panel.change({ type: 'message', message: anAnswer(`${text}\n\nThe end.`) });
      await panel.page.locator('.answer').getByText('The end.', { exact: true }).waitFor();
      assert.ok(performance.now() - startedAt < 10_000);
    });
  }
});

/** Nothing but the panel's own kinds of elements, attributes and link targets. */
async function checkElements(panel: Panel): Promise<void> {
  const strange = await panel.page.evaluate(() => {
    const tags =
      /^(math|semantics|annotation|m[a-z]+|MAIN|HEADER|DIV|SPAN|P|UL|OL|LI|A|IMG|H[1-6]|BR|HR|PRE|CODE|EM|STRONG|DEL|BLOCKQUOTE|TABLE|THEAD|TBODY|TR|TH|TD|ARTICLE|SECTION|DETAILS|SUMMARY|BUTTON|TEXTAREA)$/;
    return Array.from(document.querySelectorAll('#root *')).flatMap((element) => {
      const names = element
        .getAttributeNames()
        .filter((name) => /^on|^style$|^src|^form|^action|^srcdoc/.test(name));
      const href = element.getAttribute('href');
      return [
        ...(tags.test(element.tagName) ? [] : [element.tagName]),
        ...names.map((name) => `${element.tagName} ${name}`),
        ...(href === null || /^(https?|mailto):/.test(href) ? [] : [href]),
      ];
    });
  });
  assert.deepEqual(strange, []);
}
