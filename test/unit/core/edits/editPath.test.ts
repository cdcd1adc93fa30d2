import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editPath, fileNamed } from '../../../../src/core/edits/editPath.ts';

const decided = (name: string): string => {
  const result = editPath(name);
  return result.state === 'allowed' ? result.path : `(${result.why})`;
};

describe('A file that an answer names', () => {
  const names: readonly (readonly [string, string])[] = [
    ['src/cart.ts', 'src/cart.ts'],
    ['./src//./cart.ts\n', 'src/cart.ts'],
    ['.github/a b/..c/日本.md', '.github/a b/..c/日本.md'],
    ['.gitignore', '.gitignore'],
    ['', '(noFile)'],
    ['./', '(noFile)'],
    ['src/', '(noFile)'],
    ['src/.', '(noFile)'],
    ['/etc/passwd', '(absolute)'],
    ['//host/share/a', '(absolute)'],
    ['~/.ssh/config', '(absolute)'],
    ['./~/.ssh/config', '(absolute)'],
    ['./ a', '(outside)'],
    ['..', '(outside)'],
    ['../a', '(outside)'],
    ['src/../../a', '(outside)'],
    ['src/.. /a', '(outside)'],
    ['src/.../a', '(outside)'],
    ['src/a.ts.', '(outside)'],
    ['C:/a', '(colon)'],
    ['c:a', '(colon)'],
    ['file:///etc/passwd', '(colon)'],
    ['vscode-userdata:/User/settings.json', '(colon)'],
    ['a.ts:stream', '(colon)'],
    ['..\\a', '(backslash)'],
    ['src\\a.ts', '(backslash)'],
    ['\\\\host\\share', '(backslash)'],
    ['a\0.ts', '(character)'],
    ['src/a\n../b', '(character)'],
    ['a\u202Est.ts', '(character)'],
    ['src/%2e%2E/a', '(character)'],
    ['..%2Fa', '(character)'],
    ['.git/hooks/pre-commit', '(git)'],
    ['sub/.GIT/config', '(git)'],
    ['GIT~1/config', '(git)'],
  ];
  for (const [name, wanted] of names) {
    it(`is ${wanted} for ${JSON.stringify(name)}`, () => assert.equal(decided(name), wanted));
  }

  it('never lies outside, and is the same when it is decided on again', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      'a',
      ' ',
      ':',
      '~',
      '%2e',
      '.git',
      '\0',
      'b.ts',
      '\u200B',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const result = editPath(parts.join(''));
        if (result.state === 'allowed') {
          const { pathname } = new URL(result.path, 'file:///workspace/');
          assert.ok(pathname.startsWith('/workspace/') && pathname.length > '/workspace/'.length);
          assert.doesNotMatch(result.path, /\/\/|^\/|\/$|[\\:]/);
          assert.deepEqual(editPath(result.path), result);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('The file that a model names', () => {
  const paths = ['src/cart.ts', 'lib/cart.ts', 'src/money.ts'];

  it('is the one with its path, or the only one that ends like it', () => {
    assert.equal(fileNamed(paths, './src/cart.ts'), 'src/cart.ts');
    assert.equal(fileNamed(paths, 'src\\money.ts '), 'src/money.ts');
    assert.equal(fileNamed(paths, 'money.ts'), 'src/money.ts');
    assert.equal(fileNamed(paths, 'b/src/money.ts'), 'src/money.ts');
  });

  it('is none where that is not certain', () => {
    for (const name of ['cart.ts', 'oney.ts', 'src', '', '../secret.ts', '/etc/passwd']) {
      assert.equal(fileNamed(paths, name), undefined, name);
    }
  });
});
