import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeEntities } from '../../../src/webview/markdown/entities.ts';
import { safeImage, safeLink } from '../../../src/webview/markdown/safeLink.ts';

describe('safeLink', () => {
  it('lets addresses of the web and of mail pass', () => {
    assert.equal(safeLink('https://example.org/a b?c=d#e'), 'https://example.org/a%20b?c=d#e');
    assert.equal(safeLink('HTTP://example.org'), 'http://example.org/');
    assert.equal(safeLink('mailto:a@example.org'), 'mailto:a@example.org');
  });

  it('lets nothing else pass, however it is written', () => {
    const refused = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      '\u0001javascript:alert(1)',
      'java\tscript:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      'command:workbench.action.quit',
      'vscode://file/x',
      'blob:https://example.org/1',
      '//example.org',
      '/path',
      'src/cart.ts',
      '#top',
      '',
      'https:',
      'https://',
    ];
    assert.deepEqual(
      refused.filter((href) => safeLink(href) !== undefined),
      [],
    );
  });

  it('never gives an address of another kind, whatever it is given', () => {
    const scheme = fc.constantFrom('javascript:', 'data:', 'https:', 'HTTP:', 'mailto:', 'file:', '//', '');
    fc.assert(
      fc.property(fc.string(), scheme, fc.string(), (before, kind, after) => {
        assert.match(safeLink(before + kind + after) ?? 'https:', /^(https?|mailto):/);
      }),
    );
  });
});

describe('safeImage', () => {
  it('accepts embedded images, except types that can contain scripts', () => {
    assert.equal(safeImage('data:image/png;base64,iVBORw0='), 'data:image/png;base64,iVBORw0=');
    for (const href of [
      'data:image/svg+xml;base64,PHN2Zz4=',
      'data:image/png,<svg>',
      'https://x.example/a.png',
    ]) {
      assert.equal(safeImage(href), undefined);
    }
  });
});

describe('decodeEntities', () => {
  it('decodes once', () => {
    assert.equal(decodeEntities('&lt;b&gt; &amp;lt; &#65;&#x42; &unknown; &'), '<b> &lt; AB &unknown; &');
  });

  it('leaves invalid character references as text', () => {
    assert.equal(decodeEntities('&#0; &#xD800; &#x110000;'), '\ufffd \ufffd \ufffd');
  });
});
