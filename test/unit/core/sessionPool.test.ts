import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { SessionPool, type PooledChange } from '../../../src/core/conversation/session/sessionPool.ts';
import { forkOf } from '../../../src/core/conversation/fork.ts';
import { textOf } from '../../../src/core/conversation/message.ts';
import { userInstructionsPath, withInstructions } from '../../../src/core/prompts/instructions.ts';
import { aContextItem, anAnswer, answerFacts, aQuestion, asking, clean } from '../../support/builders.ts';
import { deferred, FakeChatModel, sessionParts } from '../../support/fakes.ts';

describe('a pool of sessions', () => {
  let model: FakeChatModel;
  let pool: SessionPool;

  beforeEach(() => {
    model = new FakeChatModel();
    pool = new SessionPool(sessionParts(model));
  });

  it('has one session of a conversation, wherever it is shown', async () => {
    const session = pool.begin();
    model.willAnswer({ type: 'text', text: 'Yes.' }, { type: 'finish', reason: 'stop' });
    await session.send(session.prepare.question(asking('Is it?')));
    const other = pool.open(session.conversation.id);
    assert.equal(other, session);
    pool.release(session);
    assert.equal(pool.open(session.conversation.id), session, 'the other place still shows it');
  });

  it('keeps an unseen running answer, and returns the same session to the next viewer', async () => {
    const session = pool.begin();
    const gate = deferred<undefined>();
    model.willDo(async function* () {
      yield { type: 'text', text: 'Well' };
      await gate.promise;
      yield { type: 'finish', reason: 'stop' };
    });
    const changes: PooledChange[] = [];
    pool.onDidChange((change) => changes.push(change));
    const answered = session.send(session.prepare.question(asking('Is it?')));
    pool.release(session);
    assert.equal(pool.open(session.conversation.id), session);
    pool.release(session);
    gate.resolve(undefined);
    await answered;
    assert.ok(changes.some(({ change }) => change.type === 'ended'));
    const again = pool.open(session.conversation.id);
    assert.notEqual(again, session, 'what is over and shown nowhere is read from the disk again');
    assert.equal(again?.conversation.messages.length, 2);
  });

  it('knows nothing of a conversation that is not kept', () => {
    assert.equal(pool.open('nowhere'), undefined);
  });
});

describe('a fork', () => {
  it('has the same messages in its own conversation, at no cost', () => {
    const question = aQuestion('one');
    const usage = { promptTokens: 1, completionTokens: 2, cost: 3 };
    const answer = anAnswer('two', {
      parentId: question.id,
      answer: answerFacts({ generations: [{ generationId: 'gen-1', model: 'author/model-1', usage }] }),
    });
    let id = 0;
    const fork = forkOf({ title: 'Title', model: 'a/own' }, [question, answer], {
      newId: () => `new${(id += 1)}`,
      now: () => 7,
    });
    assert.deepEqual(fork.messages.map(textOf), ['one', 'two']);
    const [first, second] = fork.messages;
    assert.equal(first?.parentId, undefined);
    assert.equal(second?.parentId, first?.id);
    assert.ok(fork.messages.every((message) => message.id.startsWith('new')));
    assert.deepEqual(
      second?.role === 'assistant' && second.answer,
      answerFacts({ generations: [{ model: 'author/model-1' }] }),
    );
    assert.deepEqual([fork.title, fork.model, fork.createdAt], ['Title', 'a/own', 7]);
  });
});

describe('instructions of the user and the workspace', () => {
  it('follow what every request begins with, under their paths', () => {
    assert.equal(withInstructions(clean('Be brief.'), []), 'Be brief.');
    const item = aContextItem({ path: 'AGENTS.md', text: '\nUse tabs.\n' });
    assert.equal(
      withInstructions(clean('Be brief.'), [item]),
      'Be brief.\n\nInstructions of this workspace, from AGENTS.md:\n\nUse tabs.',
    );
    const own = aContextItem({ path: userInstructionsPath, text: 'Answer in French.\n' });
    assert.equal(
      withInstructions(clean('Be brief.'), [own, item]),
      'Be brief.\n\nInstructions of the user:\n\nAnswer in French.\n\n' +
        'Instructions of this workspace, from AGENTS.md:\n\nUse tabs.',
    );
  });
});
