import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  lackFor,
  mediaExtensions,
  isMediaFile,
  toMediaPart,
} from '../../../src/core/conversation/mediaItem.ts';
import { aModel, clean } from '../../support/builders.ts';

describe('a media file attached to a question', () => {
  const rows = [
    ['shot.PNG', { type: 'image', name: 'shot.PNG', url: 'data:image/png;base64,AA==' }],
    ['a.b.jpg', { type: 'image', name: 'a.b.jpg', url: 'data:image/jpeg;base64,AA==' }],
    ['paper.pdf', { type: 'file', name: 'paper.pdf', url: 'data:application/pdf;base64,AA==' }],
    ['note.wav', { type: 'audio', name: 'note.wav', format: 'wav', data: 'AA==' }],
    ['code.ts', undefined],
    ['png', undefined],
    ['', undefined],
  ] as const;
  for (const [name, part] of rows) {
    it(`named "${name}" is ${part?.type ?? 'none'}`, () => {
      assert.deepEqual(toMediaPart(name, clean(name), 'AA=='), part);
      assert.equal(isMediaFile(name), part !== undefined);
    });
  }

  it('has one of the endings that are offered', () => {
    assert.ok(mediaExtensions.every((extension) => isMediaFile(`a.${extension}`)));
  });

  it('is refused for a model that is known not to take it', () => {
    const [image, sound] = [
      toMediaPart('a.png', clean('a.png'), ''),
      toMediaPart('a.mp3', clean('a.mp3'), ''),
    ];
    const paper = toMediaPart('a.pdf', clean('a.pdf'), '');
    assert.ok(image && sound && paper);
    const blind = aModel({ capabilities: ['tools'] });
    assert.deepEqual(
      [image, sound, paper].map((part) => lackFor(part, blind)),
      ['images', 'audio', undefined],
    );
    const able = aModel({ capabilities: ['images', 'audio'] });
    assert.deepEqual(
      [image, sound].map((part) => lackFor(part, able)),
      [undefined, undefined],
    );
    assert.equal(lackFor(image, undefined), undefined);
    assert.equal(lackFor(image, aModel({ capabilities: [], pricing: { kind: 'variable' } })), undefined);
  });
});
