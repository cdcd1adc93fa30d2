import assert from 'node:assert/strict';
import { Draft, shows } from '../../../src/webview/composer/draft.ts';
import { readPanelState } from '../../../src/webview/shared/panelState.ts';
import { aHeader, aQuestion, anAnswer, aView } from '../../webview/views.ts';
import { aHost, aStore, type FakeHost } from './fakeHost.ts';

const alert = { id: 'alert', message: 'No.', remedies: [] };

function aDraft(
  text: string,
  view = aView([aQuestion('Old', { id: 'old' })]),
): { host: FakeHost; draft: Draft } {
  const host = aHost();
  const draft = new Draft(host, aStore(host));
  host.say({ type: 'snapshot', view });
  draft.type(text);
  return { host, draft };
}

describe('Draft', () => {
  it('is given up when its question is a message', () => {
    const { host, draft } = aDraft('Why?');
    draft.send();
    assert.equal(draft.text.value, 'Why?');
    host.say({
      type: 'delta',
      delta: { revision: 2, changes: [{ type: 'message', message: aQuestion('Why?') }] },
    });
    assert.equal(draft.text.value, '');
    assert.equal(host.state.draft, '');
    assert.equal(host.state.sent, undefined);
  });

  it('is reported to the host on every change, and when restored', () => {
    const { host, draft } = aDraft('Why?');
    draft.send();
    host.say({
      type: 'delta',
      delta: { revision: 2, changes: [{ type: 'message', message: aQuestion('Why?') }] },
    });
    const told = host.posted.flatMap((message) => (message.type === 'draft' ? [message.text] : []));
    assert.deepEqual(told, ['Why?', '']);
    const later = aHost({ draft: 'Half a' });
    new Draft(later, aStore(later));
    assert.deepEqual(later.posted.at(-1), { type: 'draft', text: 'Half a' });
  });

  it('is sent once, however often one presses Enter, and again when it was not asked', () => {
    const { host, draft } = aDraft('Why?');
    const sent = (): number => host.posted.filter(({ type }) => type === 'send').length;
    draft.send();
    draft.send();
    assert.equal(sent(), 1);
    draft.type('Why not?');
    draft.send();
    assert.equal(sent(), 2);
    host.say({ type: 'notAsked' });
    draft.send();
    assert.equal(sent(), 3);
    host.say({
      type: 'delta',
      delta: { revision: 2, changes: [{ type: 'message', message: aQuestion('Why not?') }] },
    });
    draft.type('Why not?');
    draft.send();
    assert.equal(sent(), 4, 'the same may be asked twice');
  });

  it('takes the words of a withdrawn question back, below those that are typed meanwhile', () => {
    const { host, draft } = aDraft('');
    host.say({ type: 'giveBack', text: 'Where is it?' });
    assert.equal(draft.text.value, 'Where is it?');
    host.say({ type: 'giveBack', text: 'And why?' });
    assert.equal(host.state.draft, 'Where is it?\n\nAnd why?');
    assert.deepEqual(host.posted.at(-1), { type: 'draft', text: 'Where is it?\n\nAnd why?' });
  });

  it('is reported occasionally while long, and at once when sent or when the panel closes', () => {
    const { host, draft } = aDraft('Why?');
    const long = 'word '.repeat(20_000);
    const told = (): readonly number[] =>
      host.posted.flatMap((message) => (message.type === 'draft' ? [message.text.length] : []));
    draft.type(long);
    draft.type(`${long}!`);
    assert.deepEqual(told(), [4]);
    draft.flush();
    draft.flush();
    assert.deepEqual([told(), host.state.draft.length], [[4, 100_001], 100_001]);
    draft.type(`${long}!?`);
    draft.send();
    assert.deepEqual(told(), [4, 100_001, 100_002]);
  });

  it('is not given up for a question that was there before, nor for one that was not asked here', () => {
    const { host, draft } = aDraft('Old');
    draft.send();
    host.say({
      type: 'delta',
      delta: { revision: 2, changes: [{ type: 'message', message: aQuestion('Another') }] },
    });
    assert.equal(draft.text.value, 'Old');
  });

  it('stays when the host raises an alert, but not for an alert that was there before', () => {
    const { host, draft } = aDraft('Why?', aView([], { alert }));
    draft.send();
    host.say({
      type: 'delta',
      delta: { revision: 2, changes: [{ type: 'header', header: aHeader({ alert }) }] },
    });
    assert.equal(host.state.sent?.text, 'Why?');
    const other = aHeader({ alert: { ...alert, id: 'new' } });
    host.say({ type: 'delta', delta: { revision: 3, changes: [{ type: 'header', header: other }] } });
    assert.equal(host.state.sent, undefined);
    assert.equal(draft.text.value, 'Why?');
  });

  it('stays when another conversation is shown', () => {
    const { host, draft } = aDraft('Why?');
    draft.send();
    host.say({ type: 'snapshot', view: { ...aView([aQuestion('Why?')]), conversationId: 'other' } });
    assert.equal(draft.text.value, 'Why?');
  });

  it('is found again by the next panel, and given up there if its question has arrived meanwhile', () => {
    const { host, draft } = aDraft('Why?');
    draft.send();
    const later = aHost(host.state);
    const again = new Draft(later, aStore(later));
    assert.equal(again.text.value, 'Why?');
    later.say({
      type: 'snapshot',
      view: aView([aQuestion('Old', { id: 'old' }), aQuestion('Why?'), anAnswer('Because.')]),
    });
    assert.equal(again.text.value, '');
  });
});

describe('shows', () => {
  it('knows a question again, word for word or with secrets taken out', () => {
    assert.ok(shows('abc', 'abc'));
    assert.ok(shows('my [redacted: key] and [redacted: token].', 'my sk-1 and ghp_2.'));
    assert.ok(shows('[redacted: key]', 'sk-1'));
  });

  it('does not take another question for it', () => {
    assert.ok(!shows('ab', 'abab'));
    assert.ok(!shows('abab', 'ab'));
    assert.ok(!shows('my [redacted: key] is', 'my sk-1 was'));
    assert.ok(!shows('ab[redacted: key]ba', 'aba'));
  });
});

describe('readPanelState', () => {
  it('reads what fits and forgets the rest', () => {
    const place = { conversationId: 'c', messageId: 'm', offset: 3 };
    const sent = { text: 't', conversationId: 'c', after: 'm' };
    const state = { draft: 'd', sent, place, unfolded: ['a'] };
    assert.deepEqual(readPanelState(state), state);
    assert.deepEqual(readPanelState({ draft: 1, sent: { text: 2 }, place: 'x', unfolded: [1, 'b'] }), {
      draft: '',
      unfolded: ['b'],
    });
    assert.deepEqual(readPanelState(undefined), { draft: '', unfolded: [] });
  });
});
