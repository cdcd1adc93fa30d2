import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Attachments } from '../../../src/host/chat/attachments.ts';
import { aContextItem, clean } from '../../support/builders.ts';

describe('what goes with the next question', () => {
  const original = aContextItem({ text: 'key = "abc"' });
  const cleaned = aContextItem({ text: 'key = "[redacted: github]"' });

  it('goes without its secrets, until the user wants them back', () => {
    const attachments = new Attachments();
    attachments.addItem(cleaned, original);
    assert.deepEqual(
      attachments.views.map(({ redacted, withSecrets }) => [redacted, withSecrets]),
      [[1, undefined]],
    );
    assert.equal(attachments.originalOf('item'), original);
    attachments.restore({ ...original, asIs: true });
    assert.deepEqual(attachments.items, [{ ...original, asIs: true }]);
    assert.deepEqual(
      attachments.views.map(({ redacted, withSecrets }) => [redacted, withSecrets]),
      [[undefined, true]],
    );
    assert.equal(attachments.originalOf('item'), undefined);
  });

  it('is sent once and in its current state, however often it is attached', () => {
    const attachments = new Attachments();
    attachments.addItem(cleaned, original);
    const now = aContextItem({ text: 'key = 1' });
    attachments.addItem(now, now);
    assert.deepEqual(attachments.items, [now]);
    assert.equal(attachments.originalOf('item'), undefined);
  });

  it('forgets the secrets of items that were removed or sent', () => {
    const attachments = new Attachments();
    attachments.addItem(cleaned, original);
    attachments.remove('item');
    assert.equal(attachments.originalOf('item'), undefined);
    attachments.addItem(cleaned, original);
    attachments.sent(attachments.items, []);
    assert.equal(attachments.originalOf('item'), undefined);
    attachments.addItem(original, original);
    attachments.restore({ ...original, asIs: true });
    assert.equal(attachments.items[0]?.asIs, undefined);
  });

  it('returns when its question is withdrawn, beside newer attachments', () => {
    const attachments = new Attachments();
    const now = aContextItem({ text: 'key = 2' });
    attachments.addItem(now, now);
    const [before, other] = [aContextItem({ text: 'key = 1' }), aContextItem({ id: 'other' })];
    const picture = clean({ type: 'image', name: 'a.png', url: 'data:image/png;base64,AAAA' });
    attachments.takeBack({ context: [before, other], media: [picture] });
    assert.deepEqual(attachments.items, [now, other]);
    assert.deepEqual(
      attachments.media.map(({ part, bytes }) => [part, bytes]),
      [[picture, 3]],
    );
    attachments.takeBack({
      context: [],
      media: [{ type: 'audio', name: clean('a.wav'), format: 'wav', data: 'AAA=' }],
    });
    assert.deepEqual(
      attachments.media.map(({ bytes }) => bytes),
      [3, 2],
    );
  });
});
