import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { panelPage, panelPolicy } from '../../../src/host/chat/panelPage.ts';
import { toHost } from '../../../src/protocol/toHost.ts';

const parts = { cspSource: 'https://source.test', nonce: 'n0nce', scriptUri: 'a.js', styleUri: 'a.css' };

describe("the panel's page", () => {
  const rules = Object.fromEntries(
    panelPolicy(parts)
      .split('; ')
      .map((rule) => [rule.slice(0, rule.indexOf(' ')), rule.slice(rule.indexOf(' ') + 1)]),
  );

  it('allows its own script, style and font, and nothing else', () => {
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

  it('has one script, with the nonce, and one style, and nothing inline', () => {
    const page = panelPage(parts);
    assert.deepEqual(page.match(/<script[^>]*>[^<]*/g), ['<script type="module" nonce="n0nce" src="a.js">']);
    assert.ok(page.includes(`content="${panelPolicy(parts)}"`));
    assert.match(page, /<link rel="stylesheet" href="a\.css" \/>/);
    assert.doesNotMatch(page, /style=|<style|\son\w+=/);
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
