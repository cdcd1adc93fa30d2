import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { shellQuote } from '../../../src/core/util/shellQuote.ts';

describe('a word for a shell', () => {
  const quoted: readonly (readonly [string, string, string | undefined])[] = [
    ['test/cart.test.ts', '/bin/bash', 'test/cart.test.ts'],
    ['test/cart.test.ts', 'C:\\unknown\\nu.exe', 'test/cart.test.ts'],
    ['a b.ts', '/usr/bin/zsh', "'a b.ts'"],
    ["it's; rm -rf $HOME.ts", '/bin/sh', "'it'\\''s; rm -rf $HOME.ts'"],
    ['$(x).ts', 'C:\\Program Files\\PowerShell\\7\\pwsh.exe', "'$(x).ts'"],
    ["it's.ts", 'powershell.exe', "'it''s.ts'"],
    ['it’s.ts', 'pwsh', "'it’’s.ts'"],
    ['a b.ts', 'C:\\Windows\\System32\\cmd.exe', '"a b.ts"'],
    ['%PATH%.ts', 'cmd.exe', undefined],
    ['a"&calc".ts', 'cmd.exe', undefined],
    ['a b.ts', '/usr/bin/nu', undefined],
    ['a\nb', '/bin/bash', undefined],
    ['', '/bin/bash', undefined],
  ];
  for (const [word, shell, text] of quoted) {
    it(`${JSON.stringify(word)} in ${shell}`, () => {
      assert.equal(shellQuote(word, shell), text);
    });
  }

  if (process.platform !== 'win32') {
    it('arrives unchanged, whatever it contains', () => {
      const words = fc
        .sample(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }), 100)
        .filter((word) => !/\p{Cc}/u.test(word));
      const line = words.map((word) => shellQuote(word, '/bin/sh') ?? '').join(' ');
      const arrived = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' });
      assert.deepEqual(arrived.split('\n').slice(0, -1), words);
    });
  }
});
