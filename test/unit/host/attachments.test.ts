import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Attachments } from '../../../src/host/chat/attachments.ts';
import { aContextItem } from '../../support/builders.ts';

describe('what goes with the next question', () => {
  const original = aContextItem({ text: 'key = "abc"' });
  const clean = aContextItem({ text: 'key = "[redacted: github]"' });

  it('goes without its secrets, until the user wants them back', () => {
    const attachments = new Attachments();
    attachments.addItem(clean, original);
    assert.deepEqual(
      attachments.views.map(({ redacted, withSecrets }) => [redacted, withSecrets]),
      [[1, undefined]],
    );
    assert.equal(attachments.originalOf('item'), original);
    attachments.restore('item');
    assert.deepEqual(attachments.items, [{ ...original, asIs: true }]);
    assert.deepEqual(
      attachments.views.map(({ redacted, withSecrets }) => [redacted, withSecrets]),
      [[undefined, true]],
    );
    assert.equal(attachments.originalOf('item'), undefined);
  });

  it('goes once, as it is now, however often it is attached', () => {
    const attachments = new Attachments();
    attachments.addItem(clean, original);
    const now = aContextItem({ text: 'key = 1' });
    attachments.addItem(now, now);
    assert.deepEqual(attachments.items, [now]);
    assert.equal(attachments.originalOf('item'), undefined);
  });

  it('keeps no secret of what was taken away, was sent, or had none', () => {
    const attachments = new Attachments();
    attachments.addItem(clean, original);
    attachments.remove('item');
    assert.equal(attachments.originalOf('item'), undefined);
    attachments.addItem(clean, original);
    attachments.sent(attachments.items, []);
    assert.equal(attachments.originalOf('item'), undefined);
    attachments.addItem(original, original);
    attachments.restore('item');
    assert.equal(attachments.items[0]?.asIs, undefined);
  });
});
