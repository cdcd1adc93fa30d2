import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { chosenOrNewest, visiblePath } from '../../../src/core/conversation/branches.ts';
import type { Message, Outcome } from '../../../src/core/conversation/message.ts';
import { anAnswer, aQuestion } from '../../support/builders.ts';

const question = (id: string, parentId?: string): Message =>
  aQuestion(id, { id, ...(parentId !== undefined && { parentId }) });
const answer = (id: string, parentId: string, outcome: Outcome = { state: 'done' }): Message =>
  anAnswer(outcome.state === 'failed' ? '' : id, {
    id,
    parentId,
    answer: { requestedModel: 'm', generations: [], outcome },
    ...(outcome.state === 'failed' && { parts: [] }),
  });
const failed = { state: 'failed', failure: { kind: 'network' } } as const;

/** The ids on the screen, each with its place among its versions where there are several. */
function shown(messages: readonly Message[], chosen: Readonly<Record<string, string>> = {}): string {
  return visiblePath(messages, chosenOrNewest(new Map(Object.entries(chosen))))
    .map(({ message: { id }, versions }) =>
      versions.length === 1 ? id : `${id}(${String(versions.indexOf(id) + 1)}/${String(versions.length)})`,
    )
    .join(' ');
}

describe('the way through a conversation', () => {
  it('is all of it, where nothing has versions', () => {
    assert.equal(shown([]), '');
    assert.equal(shown([question('q'), answer('a', 'q'), question('r', 'a'), answer('b', 'r')]), 'q a r b');
  });

  it('goes by the newest answer, and by an older one on demand, each with what followed it', () => {
    const messages = [
      ...[question('q'), answer('a', 'q'), question('r', 'a'), answer('b', 'r')],
      answer('c', 'q'),
    ];
    assert.equal(shown(messages), 'q c(2/2)');
    assert.equal(shown(messages, { 'answer to q': 'a' }), 'q a(1/2) r b');
  });

  it('goes by the newest words of a question, the first one too', () => {
    const messages = [question('q'), answer('a', 'q'), question('q2'), answer('a2', 'q2')];
    assert.equal(shown(messages), 'q2(2/2) a2');
    assert.equal(shown(messages, { '': 'q' }), 'q(1/2) a');
    const later = [question('q'), answer('a', 'q'), question('r', 'a'), question('s', 'a'), answer('b', 's')];
    assert.equal(shown(later), 'q a s(2/2) b');
    assert.equal(shown(later, { a: 'r' }), 'q a r(1/2)');
  });

  it('has a question that waited after the answer that it waited for', () => {
    assert.equal(shown([question('q'), answer('a', 'q'), question('r', 'q'), answer('b', 'r')]), 'q a r b');
  });

  it('omits answers that failed before their first word, once retried', () => {
    assert.equal(shown([question('q'), answer('a', 'q', failed)]), 'q a');
    assert.equal(shown([question('q'), answer('a', 'q', failed), answer('b', 'q')]), 'q b');
    assert.equal(shown([question('q'), answer('a', 'q'), answer('b', 'q', failed)]), 'q b(2/2)');
  });

  it('forgets a choice that is not there any more', () => {
    assert.equal(shown([question('q'), answer('a', 'q')], { 'answer to q': 'gone', '': 'gone' }), 'q a');
  });

  it('can lead to every message that says something', () => {
    const tree = fc.array(fc.record({ parent: fc.nat(), again: fc.boolean() }), { maxLength: 20 });
    fc.assert(
      fc.property(tree, (steps) => {
        const messages: Message[] = [question('m0')];
        for (const [at, { parent, again }] of steps.entries()) {
          const id = `m${String(at + 1)}`;
          const of = messages[parent % messages.length];
          const follows = of?.role === 'user' || (again && of?.parentId !== undefined);
          const parentId = of?.role === 'user' ? of.id : again ? of?.parentId : of?.id;
          messages.push(follows ? answer(id, parentId ?? 'm0') : question(id, parentId));
        }
        for (const { id } of messages) {
          const wanted = new Set<string>();
          for (let each = messages.find((one) => one.id === id); each;) {
            wanted.add(each.id);
            const { parentId } = each;
            each = messages.find((one) => one.id === parentId);
          }
          const way = visiblePath(
            messages,
            (_place, versions) => versions.find((one) => wanted.has(one.id)) ?? versions.at(-1),
          );
          assert.ok(
            way.some(({ message }) => message.id === id),
            id,
          );
        }
      }),
    );
  });
});
