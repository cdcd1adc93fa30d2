import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { emptyConversation, titleFrom, withMessage } from '../../../src/core/conversation/conversation.ts';
import { contextOf, textOf } from '../../../src/core/conversation/message.ts';
import { aContextItem, anAnswer, aQuestion, clean } from '../../support/builders.ts';

describe('a conversation', () => {
  it('appends a message, or replaces the one with its id', () => {
    const [a, b] = [aQuestion('a'), anAnswer('b')];
    const both = withMessage(withMessage(emptyConversation('c', 1), a), b);
    assert.deepEqual(both.messages, [a, b]);
    const changed = aQuestion('changed', { id: a.id });
    assert.deepEqual(withMessage(both, changed).messages, [changed, b]);
    assert.deepEqual(both.messages, [a, b], 'what was is not touched');
  });

  it("separates a message's text from its attachments", () => {
    const item = aContextItem({ text: 'attached' });
    const question = aQuestion('', {
      parts: [
        { type: 'context', item },
        { type: 'text', text: clean('Why?') },
      ],
    });
    assert.equal(textOf(question), 'Why?');
    assert.deepEqual(contextOf(question), [item]);
  });
});

describe('the title of a conversation', () => {
  it('is the first line of its first question', () => {
    assert.equal(titleFrom('  Why?\nBecause'), 'Why?');
    assert.equal(titleFrom('\r\n\tWhat   is\tthis?\r\nno'), 'What is this?');
    assert.equal(titleFrom(' \n '), '');
  });

  it('is cut at a word boundary, if there is one', () => {
    assert.equal(titleFrom('word '.repeat(40)), `${'word '.repeat(12).trimEnd()}…`);
    assert.equal(titleFrom('x'.repeat(61)), `${'x'.repeat(60)}…`);
    assert.equal(titleFrom('x'.repeat(60)), 'x'.repeat(60));
    assert.equal(titleFrom(`x${'👍'.repeat(40)}`), `x${'👍'.repeat(29)}…`);
  });

  it('is short and on one line, whatever the question', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (question) => {
        const title = titleFrom(question);
        assert.ok(title.length <= 61);
        assert.doesNotMatch(title, /[\r\n\t]/);
        assert.doesNotMatch(title, /\p{Surrogate}/u);
      }),
      { numRuns: 300 },
    );
  });
});
