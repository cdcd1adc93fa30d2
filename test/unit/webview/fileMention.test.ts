import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toHost } from '../../../src/protocol/toHost.ts';
import { fileMention, linkedFile } from '../../../src/webview/files/fileMention.ts';

describe('fileMention', () => {
  it('reads a path, and the place in the file', () => {
    const places = {
      'src/cart.ts': { path: 'src/cart.ts' },
      './src/cart.ts': { path: 'src/cart.ts' },
      'cart.ts': { path: 'cart.ts' },
      'CART.TS': { path: 'CART.TS' },
      'cart.ts:12': { path: 'cart.ts', line: 12 },
      'src/cart.ts:12-24': { path: 'src/cart.ts', line: 12, endLine: 24 },
      'src/cart.ts:12:5': { path: 'src/cart.ts', line: 12, column: 5 },
      'src/cart.ts#L12': { path: 'src/cart.ts', line: 12 },
      'src/cart.ts#L12-L24': { path: 'src/cart.ts', line: 12, endLine: 24 },
      'src/cart.ts#L12-24': { path: 'src/cart.ts', line: 12, endLine: 24 },
      'src/cart.ts#L12C5-L24C3': { path: 'src/cart.ts', line: 12, column: 5, endLine: 24 },
      'src/cart.ts:24-12': { path: 'src/cart.ts', line: 24 },
      'src/cart.ts:0': { path: 'src/cart.ts' },
      'cart.unheardof:3': { path: 'cart.unheardof', line: 3 },
      'b/src/cart.ts': { path: 'b/src/cart.ts' },
      'bin/run': { path: 'bin/run' },
      'app/(shop)/[id]/+page.svelte': { path: 'app/(shop)/[id]/+page.svelte' },
      'docs/Übersicht.md': { path: 'docs/Übersicht.md' },
      '.github/workflows/ci.yml': { path: '.github/workflows/ci.yml' },
      '.eslintrc.json': { path: '.eslintrc.json' },
    };
    for (const [text, place] of Object.entries(places)) {
      assert.deepEqual(fileMention(text), place, text);
    }
  });

  it('takes nothing else for a file', () => {
    const others = [
      ...['', ' ', '.', '..', '/', './', 'a/', '/a', 'a//b.ts', '.ts', 'src', 'Makefile'],
      ...['../cart.ts', '../../etc/passwd', 'src/../../x.ts', 'src/..', './../x.ts', '..\\x.ts'],
      ...[
        '/etc/passwd',
        '//server/share/x.ts',
        '\\\\server\\x.ts',
        'C:\\x',
        'C:\\x\\y.ts',
        'C:/x.ts',
        '~/x.ts',
      ],
      ...[
        'file:///etc/passwd',
        'https://example.org/x.ts',
        'javascript:alert(1)',
        'command:x.y',
        'vscode://x/y.ts',
      ],
      ...['1.5', '1.5:2', '1/2', '2024/01/02', 'v1.2.3', 'e.g.', 'i.e.', 'etc.', '...', '3.14f'],
      ...['foo.bar()', 'a/foo()', 'Math.round', 'user.name', 'console.table', 'this.items', 'example.com'],
      ...[
        'cart.ts ',
        'npm run x.ts',
        'a/b c',
        'a/*.ts',
        '{a,b}.ts',
        'a?.ts',
        'a|b/c',
        'a<b/c',
        'cart.ts\n',
        'a\0/b.ts',
      ],
      ...['localhost:8080', 'cart.ts:', 'cart.ts:x', 'cart.ts:123456789', 'cart.ts#top', '#L3', ':12'],
      ...['src/\u202estk.ts', 'src/cart.ts%00', '%2e%2e/x.ts', 'src/%2e%2e/x.ts'],
      ...[
        'a'.repeat(10_000),
        '/'.repeat(10_000),
        'a/'.repeat(5_000),
        `${'a'.repeat(400)}.ts`,
        ':1'.repeat(5_000),
      ],
    ];
    assert.deepEqual(
      others.filter((text) => fileMention(text) !== undefined),
      [],
    );
  });

  it('never leads out of the workspace, and never says what the host would drop', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      'a',
      'src',
      '.ts',
      ':',
      '1',
      '-',
      '#L',
      '%2e',
      '~',
      ' ',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        for (const place of [fileMention(pieces.join('')), linkedFile(pieces.join(''))]) {
          if (place) {
            assert.doesNotMatch(place.path, /^[/~]|[:\\]|(^|\/)\.\.(\/|$)/);
            assert.ok(toHost.safeParse({ type: 'openFile', place }).success);
          }
        }
      }),
    );
  });
});

describe('linkedFile', () => {
  it('reads the target of a link', () => {
    assert.deepEqual(linkedFile('src/cart.ts#L3'), { path: 'src/cart.ts', line: 3 });
    assert.deepEqual(linkedFile('docs/%C3%9Cbersicht.md'), { path: 'docs/Übersicht.md' });
  });

  it("isn't misled by encoded characters", () => {
    for (const href of [
      'src%2f..%2f..%2fx.ts',
      '%2e%2e/x.ts',
      '%2fetc/passwd',
      'src/%00.ts',
      '%',
      '%E0%A4%A',
    ]) {
      assert.equal(linkedFile(href), undefined, href);
    }
    assert.equal(linkedFile('%61'.repeat(4_000)), undefined);
  });
});

describe('what the panel says of files', () => {
  it('is dropped when it is too much', () => {
    const question = (paths: readonly string[]): boolean =>
      toHost.safeParse({ type: 'findFiles', question: { id: 'one', paths } }).success;
    assert.ok(question(Array.from({ length: 50 }, () => 'a'.repeat(300))));
    assert.ok(!question(Array.from({ length: 51 }, () => 'a')));
    assert.ok(!question(['a'.repeat(301)]));
    assert.ok(!question(['']));
    for (const line of [0, -1, 1.5, 1e9, '1']) {
      assert.ok(!toHost.safeParse({ type: 'openFile', place: { path: 'a.ts', line } }).success);
    }
  });
});
