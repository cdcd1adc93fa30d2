import assert from 'node:assert/strict';
import { effect } from '@preact/signals';
import { answerText } from '../../../src/protocol/answerParts.ts';
import { ChatStore } from '../../../src/webview/shared/store.ts';
import { aHeader, aQuestion, anAnswer, aView } from '../../webview/views.ts';
import { aHost, aStore } from './fakeHost.ts';

describe('ChatStore', () => {
  it('asks for a snapshot when it begins', () => {
    const host = aHost();
    aStore(host);
    assert.deepEqual(host.posted, [{ type: 'ready' }]);
  });

  it('touches only the message that grows', () => {
    const host = aHost();
    const store = aStore(host);
    host.say({ type: 'snapshot', view: aView([aQuestion('Go'), anAnswer('A')]) });
    let [questions, answers, lists] = [0, 0, 0];
    effect(() => void (store.message('question')?.value, (questions += 1)));
    effect(() => void (store.message('answer')?.value, (answers += 1)));
    effect(() => void (store.ids.value, (lists += 1)));
    host.say({
      type: 'delta',
      delta: { revision: 2, changes: [{ type: 'append', messageId: 'answer', at: 0, text: 'B' }] },
    });
    assert.deepEqual([questions, answers, lists], [1, 2, 1]);
  });

  it('shows the first step at once, and those that come while its frame is drawn together after it', () => {
    const host = aHost();
    const frames: (() => void)[] = [];
    const store = new ChatStore(host, (work) => frames.push(work));
    host.say({ type: 'snapshot', view: aView([anAnswer('A')]) });
    const texts: string[] = [];
    effect(() => {
      const message = store.message('answer')?.value;
      assert.ok(message?.role === 'assistant');
      texts.push(answerText(message.parts));
    });
    for (const [at, text] of ['B', 'C', 'D'].entries()) {
      const change = { type: 'append', messageId: 'answer', at: 0, text } as const;
      host.say({ type: 'delta', delta: { revision: at + 2, changes: [change] } });
    }
    assert.deepEqual(texts, ['A', 'AB']);
    frames.shift()?.();
    assert.deepEqual(texts, ['A', 'AB', 'ABCD']);
    frames.shift()?.();
    assert.deepEqual([texts.length, frames.length], [3, 0], 'nothing is awaited when nothing more has come');
  });

  it('shows the end of an answer without waiting for a frame', () => {
    const host = aHost();
    const store = new ChatStore(host, () => undefined);
    const streaming = { state: 'streaming' } as const;
    host.say({ type: 'snapshot', view: aView([anAnswer('A', streaming)]) });
    for (const [at, message] of [anAnswer('AB', streaming), anAnswer('ABC')].entries()) {
      host.say({ type: 'delta', delta: { revision: at + 2, changes: [{ type: 'message', message }] } });
    }
    assert.deepEqual(store.message('answer')?.value, anAnswer('ABC'));
  });

  it('shows a snapshot at once, and after it nothing that was before it', () => {
    const host = aHost();
    const frames: (() => void)[] = [];
    const store = new ChatStore(host, (work) => frames.push(work));
    host.say({ type: 'snapshot', view: aView([], { title: 'one' }) });
    for (const [at, title] of ['two', 'three'].entries()) {
      const header = aHeader({ title });
      host.say({ type: 'delta', delta: { revision: at + 2, changes: [{ type: 'header', header }] } });
    }
    host.say({ type: 'snapshot', view: { ...aView([], { title: 'four' }), revision: 9 } });
    assert.equal(store.header.value?.title, 'four');
    frames.shift()?.();
    assert.deepEqual([store.header.value.title, frames.length], ['four', 0]);
  });

  it('asks once for a snapshot when a delta is missing, and drops deltas until it has come', () => {
    const host = aHost();
    const store = aStore(host);
    host.say({ type: 'delta', delta: { revision: 5, changes: [] } });
    assert.equal(host.posted.length, 1, 'before the first snapshot there is nothing to be out of step with');
    host.say({ type: 'snapshot', view: aView() });
    for (const revision of [3, 4]) {
      const header = aHeader({ title: 'lost' });
      host.say({ type: 'delta', delta: { revision, changes: [{ type: 'header', header }] } });
    }
    assert.deepEqual(host.posted, [{ type: 'ready' }, { type: 'ready' }]);
    host.say({ type: 'snapshot', view: { ...aView([], { title: 'found' }), revision: 4 } });
    assert.equal(store.header.value?.title, 'found');
  });

  it('changes everything at once when another conversation is shown', () => {
    const host = aHost();
    const store = aStore(host);
    host.say({ type: 'snapshot', view: aView([aQuestion('Go')]) });
    const seen: string[] = [];
    effect(() => void seen.push(`${store.conversationId.value}: ${store.ids.value.join()}`));
    host.say({
      type: 'snapshot',
      view: { ...aView([aQuestion('On', { id: 'other' })]), conversationId: 'next' },
    });
    assert.deepEqual(seen, ['conversation: question', 'next: other']);
  });
});
