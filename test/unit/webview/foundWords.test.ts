import assert from 'node:assert/strict';
import { placesOf, wordsIn } from '../../../src/webview/transcript/foundWords.ts';

describe('Words that were found', () => {
  const found = (text: string, search: string): readonly string[] =>
    placesOf(text, wordsIn(search)).map(([from, to]) => text.slice(from, to));

  it('are marked where words begin so, whatever their case and accents', () => {
    assert.deepEqual(found('A Café in the CAFETERIA, decaf', 'cafe'), ['Café', 'CAFE']);
    assert.deepEqual(found('cafe', 'Café'), ['cafe']);
    assert.deepEqual(found('Straße, Größe 𝒜 日本語', 'größe 日本'), ['Größe', '日本']);
    assert.deepEqual(found('İstanbul and Istanbul', 'istan'), ['İstan', 'Istan']);
  });

  it('are all words of the search, or none if it is empty', () => {
    assert.deepEqual(found('The sum of all sums, in all', 'all sum'), ['sum', 'all', 'sum', 'all']);
    assert.deepEqual(found('a.b(c)*', '.*()'), []);
    assert.deepEqual(found('', 'a'), []);
  });
});
