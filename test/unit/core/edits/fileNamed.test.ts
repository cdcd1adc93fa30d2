import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fileNamed } from '../../../../src/core/edits/fileNamed.ts';

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
