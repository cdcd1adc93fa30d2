import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toCommitText } from '../../../src/core/prompts/commitText.ts';
import type { CommitMessage } from '../../../src/core/prompts/writeCommitMessage.ts';

function textOf(facts: Partial<CommitMessage>): string {
  return toCommitText({
    type: 'feat',
    scope: null,
    subject: 'add a cart',
    body: null,
    breaking: false,
    ...facts,
  });
}

describe('the text of a commit', () => {
  const rendered: readonly (readonly [string, Partial<CommitMessage>, string])[] = [
    ['is type and subject', {}, 'feat: add a cart'],
    ['is the same where what is empty is said', { scope: '', body: ' \n' }, 'feat: add a cart'],
    ['names the scope', { scope: 'shop' }, 'feat(shop): add a cart'],
    ['marks what breaks', { scope: 'shop', breaking: true }, 'feat(shop)!: add a cart'],
    ['marks it without a scope, too', { breaking: true }, 'feat!: add a cart'],
    [
      'has its body below',
      { body: '\r\nBecause.\r\n\r\nAnd so.\n' },
      'feat: add a cart\n\nBecause.\n\nAnd so.',
    ],
    ['has one line of subject without a full stop', { subject: ' add\na  cart. ' }, 'feat: add a cart'],
    ['keeps an ellipsis of the subject', { subject: 'and so on...' }, 'feat: and so on...'],
    ['does not repeat the type', { subject: 'feat(shop)!: add a cart' }, 'feat: add a cart'],
    ['keeps another word before a colon', { subject: 'parser: take tabs' }, 'feat: parser: take tabs'],
    ['has no brackets in the scope', { scope: '(shop)' }, 'feat(shop): add a cart'],
    ['leaves a scope out that takes the place of the subject', { scope: 'x'.repeat(60) }, 'feat: add a cart'],
    [
      'cuts a long subject between words, and has it whole in the body',
      { subject: `add ${'carts '.repeat(15)}`, body: 'Because.' },
      `feat: add ${'carts '.repeat(10)}`.trimEnd() +
        `…\n\nadd ${'carts '.repeat(15)}`.trimEnd() +
        '\n\nBecause.',
    ],
    ['cuts a single long word', { subject: 'x'.repeat(80) }, `feat: ${'x'.repeat(65)}…\n\n${'x'.repeat(80)}`],
  ];
  for (const [what, facts, text] of rendered) {
    it(what, () => {
      assert.equal(textOf(facts), text);
    });
  }

  it('has a first line of at most 72 whole characters, whatever it contains', () => {
    const any = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(any, fc.option(any), any, fc.boolean(), (subject, scope, body, breaking) => {
        const [header = '', second] = textOf({ subject, scope, body, breaking }).split('\n');
        assert.ok(Array.from(header).length <= 72 && !/\p{Surrogate}/u.test(header));
        assert.ok(header.startsWith('feat') && (second ?? '') === '');
      }),
    );
  });
});
