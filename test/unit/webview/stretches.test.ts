import assert from 'node:assert/strict';
import { MarkdownBlocks } from '../../../src/webview/markdown/blocks.ts';
import { toBlockGroups } from '../../../src/webview/markdown/blockGroups.ts';

describe('toStretches', () => {
  it('keeps all blocks in their order, and the stretches in which nothing has changed', () => {
    const blocks = new MarkdownBlocks();
    blocks.push(paragraphs(0, 40));
    const before = toBlockGroups([...blocks.settled, ...blocks.open], []);
    blocks.push(paragraphs(40, 41));
    const all = [...blocks.settled, ...blocks.open];
    const after = toBlockGroups(all, before);
    assert.deepEqual(after.flat(), all);
    assert.ok(after.length > 2);
    assert.ok(after.slice(0, -1).every((stretch, at) => stretch === before[at]));
    assert.notEqual(after.at(-1), before.at(-1));
  });

  it('makes a stretch anew in which a link has become known', () => {
    const blocks = new MarkdownBlocks();
    blocks.push(`See [there].\n\n${paragraphs(0, 40)}`);
    const before = toBlockGroups([...blocks.settled, ...blocks.open], []);
    blocks.push('[there]: https://example.com\n\nDone.\n\n');
    const after = toBlockGroups([...blocks.settled, ...blocks.open], before);
    assert.notEqual(after[0], before[0]);
    assert.equal(after[1], before[1]);
  });
});

function paragraphs(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, at) => `Paragraph ${from + at}.\n\n`).join('');
}
