import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ColorReader } from '../../../src/host/colors/colorReader.ts';
import { Tokenizer } from '../../../src/host/colors/tokenizer.ts';

const rules = [
  { scope: 'comment', settings: { foreground: '#00ff00', fontStyle: 'italic' } },
  { scope: ['string', 'constant'], settings: { foreground: '#ffff00' } },
];

const ask = { id: 'a', language: 'jsonc', tentative: false };

describe('a reader of colors', () => {
  it('continues from line to line, separately for each block', async () => {
    const reader = new ColorReader(new Tokenizer({ type: 'dark', foreground: '#CCCCCC', rules }));
    const comment = (text: string) => ({ text, color: '#00FF00', italic: true });
    assert.deepEqual((await reader.answer({ ...ask, text: '/* a' })).lines, [[comment('/* a')]]);
    const other = await reader.answer({ ...ask, id: 'b', text: 'true' });
    assert.deepEqual(other.lines, [[{ text: 'true', color: '#FFFF00' }]]);
    assert.deepEqual((await reader.answer({ ...ask, text: 'b */' })).lines, [[comment('b */')]]);
  });

  it('does not go on from a line that may still grow', async () => {
    const reader = new ColorReader(new Tokenizer({ type: 'dark', rules }));
    await reader.answer({ ...ask, text: '/* a', tentative: true });
    assert.deepEqual((await reader.answer({ ...ask, text: 'true' })).lines, [
      [{ text: 'true', color: '#FFFF00' }],
    ]);
  });

  it('answers for a language without a grammar that there are none', async () => {
    const reader = new ColorReader(new Tokenizer({ type: 'light', rules }));
    assert.deepEqual(await reader.answer({ ...ask, language: 'klingon', text: 'Qapla' }), { id: 'a' });
  });

  it('says every character once, whatever the text', async () => {
    const reader = new ColorReader(new Tokenizer({ type: 'light', rules }));
    const text = `{"a": [1, "ü\u{1F600}"], // b\n\t"c": "${'d'.repeat(5_000)}",\n\n}`;
    const { lines = [] } = await reader.answer({ ...ask, text });
    assert.equal(lines.map((line) => line.map((token) => token.text).join('')).join('\n'), text);
  });
});
