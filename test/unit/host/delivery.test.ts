import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Delivery } from '../../../src/host/webviews/delivery.ts';
import {
  applyDelta,
  type ChatChange,
  type ChatHeader,
  type ChatView,
  type TranscriptView,
} from '../../../src/protocol/chatView.ts';
import type { ToWebview } from '../../../src/protocol/toWebview.ts';

const header: ChatHeader = {
  key: 'set',
  model: { id: 'm', name: 'M' },
  title: '',
  attachments: [],
  busy: false,
};

function answer(id: string, text = ''): ChatChange {
  const parts = [
    { type: 'text', text },
    { type: 'reasoning', text: '' },
  ] as const;
  return { type: 'message', message: { role: 'assistant', id, state: 'waiting', parts } };
}

function append(messageId: string, text: string): ChatChange {
  return { type: 'append', messageId, at: 0, text };
}

describe('the delivery to the panel', () => {
  let posted: ToWebview[];
  let truth: Omit<ChatView, 'revision'>;
  let delivery: Delivery;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    posted = [];
    truth = {
      conversationId: 'c',
      header,
      messages: [{ role: 'assistant', id: 'a', state: 'waiting', parts: [{ type: 'text', text: '' }] }],
    };
    delivery = new Delivery(
      (message) => posted.push(message),
      () => truth,
    );
  });

  afterEach(() => {
    mock.timers.reset();
  });

  /** Changes the host's truth as the host itself would, and tells the delivery. */
  const push = (...changes: readonly ChatChange[]): void => {
    const next = applyDelta({ revision: 0, ...truth }, { revision: 1, changes });
    assert.ok(next);
    truth = { conversationId: 'c', header: next.header, messages: next.messages };
    delivery.push(...changes);
  };

  it('sends nothing before the panel has asked', () => {
    push(answer('a'));
    assert.deepEqual(posted, []);
  });

  it('sends the first change after a pause at once, and joins those that follow', () => {
    delivery.sendSnapshot();
    push(append('a', 'so far '));
    push(append('a', 'one '));
    push(append('a', 'two'));
    assert.deepEqual(posted.at(-1), {
      type: 'delta',
      delta: { revision: 2, changes: [append('a', 'so far ')] },
    });
    mock.timers.tick(32);
    assert.equal(posted.length, 2);
    mock.timers.tick(1);
    assert.deepEqual(posted.at(-1), {
      type: 'delta',
      delta: { revision: 3, changes: [append('a', 'one two')] },
    });
  });

  it('holds up neither the first text of an answer nor its end', () => {
    delivery.sendSnapshot();
    const done: ChatChange = {
      type: 'message',
      message: { role: 'assistant', id: 'a', state: 'done', parts: [{ type: 'text', text: 'one two' }] },
    };
    const steps = [answer('a'), append('a', 'one '), append('a', 'two'), done];
    for (const step of steps) {
      push(step);
    }
    assert.deepEqual(
      posted.flatMap((message) => (message.type === 'delta' ? [message.delta.changes] : [])),
      [[answer('a')], [append('a', 'one ')], [append('a', 'two'), done]],
    );
    push({ type: 'header', header });
    mock.timers.tick(33);
    assert.equal(posted.length, 5);
  });

  it('does not hold up a part that is new, such as a tool call', () => {
    delivery.sendSnapshot();
    push(append('a', 'one'));
    const call: ChatChange = {
      type: 'part',
      messageId: 'a',
      at: 1,
      part: { type: 'toolCall', name: 'read_file', arguments: '{}', state: 'waiting' },
    };
    push(call);
    assert.equal(posted.length, 3);
    push(append('a', ' two'));
    assert.equal(posted.length, 3);
  });

  it('sends at most thirty times a second', () => {
    delivery.sendSnapshot();
    push(answer('a'), append('a', 'x'));
    for (let millisecond = 0; millisecond < 1_000; millisecond++) {
      push(append('a', 'x'));
      mock.timers.tick(1);
    }
    assert.ok(posted.length <= 32, String(posted.length));
  });

  it('joins only text of the same part of the same message, so that the order stays', () => {
    delivery.sendSnapshot();
    push(answer('a'), answer('b'));
    const thought: ChatChange = { type: 'append', messageId: 'a', at: 1, text: 'hm' };
    push(append('a', '0'), append('b', '0'), thought);
    const changes = [append('a', '1'), append('b', '2'), thought, append('a', '3'), answer('c')];
    push(...changes, append('a', '4'), append('a', '5'));
    mock.timers.tick(33);
    assert.deepEqual(posted.at(-1), {
      type: 'delta',
      delta: { revision: 4, changes: [...changes, append('a', '45')] },
    });
  });

  it('is silent while nothing changes, and at once again after that', () => {
    delivery.sendSnapshot();
    push(answer('a'));
    mock.timers.tick(10_000);
    assert.equal(posted.length, 2);
    push(append('a', 'x'));
    assert.equal(posted.length, 3);
  });

  it('replaces waiting deltas by a snapshot, and sends nothing to a hidden panel', () => {
    delivery.sendSnapshot();
    push(answer('a'), append('a', 'one'));
    push(append('a', ' two'));
    delivery.replace();
    mock.timers.tick(1_000);
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['snapshot', 'delta', 'snapshot'],
    );
    delivery.disconnect();
    push(append('a', ' three'));
    delivery.replace();
    mock.timers.tick(1_000);
    assert.equal(posted.length, 3);
    delivery.sendSnapshot();
    const last = posted.at(-1);
    assert.ok(last?.type === 'snapshot' && last.view.revision === 4);
  });

  it('keeps the copy of the panel equal to the truth, whatever happens in whatever order', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), text: fc.string() }),
      fc.record({ kind: fc.constantFrom('message' as const, 'header' as const), text: fc.string() }),
      fc.record({
        kind: fc.constantFrom('tick' as const, 'hide' as const, 'show' as const, 'replace' as const),
        text: fc.constant(''),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        posted = [];
        truth = { conversationId: 'c', header, messages: [] };
        delivery.disconnect();
        delivery.sendSnapshot();
        push(answer('a'));
        for (const { kind, text } of steps) {
          if (kind === 'append') {
            push(append('a', text));
          } else if (kind === 'message') {
            push(answer(`m${text.length}`, text));
          } else if (kind === 'header') {
            push({ type: 'header', header: { ...header, title: text } });
          } else if (kind === 'tick') {
            mock.timers.tick(20);
          } else if (kind === 'hide') {
            delivery.disconnect();
          } else if (kind === 'show') {
            delivery.sendSnapshot();
          } else {
            delivery.replace();
          }
        }
        mock.timers.tick(100);
        let copy: TranscriptView | undefined;
        for (const message of posted) {
          if (message.type === 'snapshot') {
            copy = message.view;
          } else if (message.type === 'delta') {
            assert.ok(copy);
            copy = applyDelta(copy, message.delta);
            assert.ok(copy, 'no delta leaves a gap');
          }
        }
        if (steps.findLast(({ kind }) => kind === 'hide' || kind === 'show')?.kind !== 'hide') {
          assert.deepEqual({ ...copy, revision: 0 }, { ...truth, revision: 0 });
        }
      }),
    );
  });

  it('is out of step after a gap, and says so', () => {
    const view: ChatView = { revision: 4, conversationId: 'c', header, messages: [] };
    assert.equal(applyDelta(view, { revision: 6, changes: [] }), undefined);
    assert.equal(applyDelta(view, { revision: 5, changes: [append('unknown', 'x')] }), undefined);
  });
});
