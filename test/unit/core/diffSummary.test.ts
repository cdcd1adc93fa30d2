import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { newFileDiff, summarizeDiffs } from '../../../src/core/prompts/diffSummary.ts';

function diffOf(path: string, lines: number): string {
  return newFileDiff(path, Array.from({ length: lines }, (_, index) => `line ${index}`).join('\n'));
}

describe('a summary of differences', () => {
  const wide = { perFile: 8_000, inAll: 60_000 };

  it('holds small ones whole, one after the other', () => {
    const [one, two] = [diffOf('one.ts', 2), diffOf('two.ts', 3)];
    const files = [
      { path: 'one.ts', diff: `${one}\n` },
      { path: 'two.ts', diff: two },
    ];
    assert.equal(summarizeDiffs(files, wide), `${one}\n${two}`);
  });

  it('cuts a large one after a line, and says how much more there is', () => {
    const text = summarizeDiffs([{ path: 'one.ts', diff: diffOf('one.ts', 500) }], { ...wide, perFile: 500 });
    assert.ok(text.length < 600);
    assert.match(text, /\n\+line \d+\n… \(\d+ more lines; in all \+500 −0\)$/);
  });

  it('names those that do not fit, with their counts where they were read', () => {
    const first = diffOf('one.ts', 30);
    const files = [
      { path: 'one.ts', diff: first },
      { path: 'two.ts', diff: '--- a/two.ts\n+++ b/two.ts\n@@ -1,2 +1,2 @@\n-old\n--- older\n+new\n same' },
      { path: 'huge.json', diff: diffOf('huge.json', 40), isHidden: true },
      { path: 'three.bin' },
    ];
    const text = summarizeDiffs(files, { perFile: 8_000, inAll: first.length });
    assert.equal(text, `${first}\nAlso changed, not shown:\ntwo.ts (+1 −2)\nhuge.json (+40 −0)\nthree.bin`);
  });

  it('stays small, however many files there are', () => {
    const files = Array.from({ length: 5_000 }, (_, index) => ({
      path: `src/${index}.ts`,
      ...(index < 100 && { diff: diffOf(`src/${index}.ts`, 200) }),
    }));
    const text = summarizeDiffs(files, wide);
    assert.ok(text.length < 70_000);
    assert.match(text, /\nand \d+ more$/);
  });

  it('shows nothing where nothing differs', () => {
    assert.equal(summarizeDiffs([], wide), '');
    assert.equal(summarizeDiffs([{ path: 'mode.sh', diff: '' }], wide), '');
  });
});
