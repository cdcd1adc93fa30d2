import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { panelPage, panelPolicy } from '../../../src/host/webviews/panelPage.ts';
import { toHost } from '../../../src/protocol/toHost.ts';

const parts = { cspSource: 'https://source.test', nonce: 'n0nce', scriptUri: 'a.js', styleUri: 'a.css' };

describe("the panel's page", () => {
  const rules = Object.fromEntries(
    panelPolicy(parts)
      .split('; ')
      .map((rule) => [rule.slice(0, rule.indexOf(' ')), rule.slice(rule.indexOf(' ') + 1)]),
  );

  it('allows only its own script, style, and font', () => {
    assert.deepEqual(rules, {
      'default-src': "'none'",
      'script-src': "'nonce-n0nce'",
      'style-src': 'https://source.test',
      'font-src': 'https://source.test',
      'img-src': 'data:',
      'base-uri': "'none'",
      'form-action': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': "'none'",
    });
  });

  it('has one script with the nonce, one style, and nothing inline', () => {
    const page = panelPage(parts);
    assert.deepEqual(page.match(/<script[^>]*>[^<]*/g), ['<script type="module" nonce="n0nce" src="a.js">']);
    assert.ok(page.includes(`content="${panelPolicy(parts)}"`));
    assert.match(page, /<link rel="stylesheet" href="a\.css" \/>/);
    assert.doesNotMatch(page, /style=|<style|\son\w+=/);
  });
});

describe("the panel's page in another language", () => {
  const words = { Send: 'Senden', '</script><b>': '<!-- </script> & "' };
  const page = panelPage({ ...parts, translation: { language: 'de', words } });

  it('says which, and holds its words as data that no parser of HTML takes for anything else', () => {
    assert.match(page, /<html lang="de">/);
    const [, json = ''] = /<script type="application\/json" id="l10n">([^<]*)<\/script>/.exec(page) ?? [];
    assert.deepEqual(JSON.parse(json), words);
    assert.ok(page.indexOf('id="l10n"') < page.indexOf('src="a.js"'));
  });

  it('runs the same one script', () => {
    assert.equal(page.match(/<script/g)?.length, 2);
    assert.equal(page.match(/<script type="module" nonce="n0nce" src="a.js">/g)?.length, 1);
  });

  it('is English without words', () => {
    assert.match(panelPage(parts), /<html lang="en">/);
    assert.doesNotMatch(panelPage(parts), /l10n/);
  });
});

describe('what the panel may say', () => {
  it('is what the contract lists', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'send', text: 'x' },
      { type: 'stop' },
      { type: 'copy', text: '' },
      { type: 'remedy', alertId: 'a', kind: 'tryAgain' },
    ]) {
      assert.equal(toHost.safeParse(message).success, true, message.type);
    }
  });

  it('is nothing else', () => {
    for (const odd of [
      undefined,
      null,
      'send',
      [],
      {},
      { type: 'send' },
      { type: 'send', text: 7 },
      { type: 'run', command: 'x' },
      { type: 'remedy', alertId: 'a', kind: 'rm' },
      { type: 'remedy', kind: 'tryAgain' },
    ]) {
      assert.equal(toHost.safeParse(odd).success, false, JSON.stringify(odd));
    }
  });
});
