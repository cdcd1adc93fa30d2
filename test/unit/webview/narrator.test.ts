import assert from 'node:assert/strict';
import { Narrator } from '../../../src/webview/chat/narrator.ts';
import { nothingTold, speak } from '../../../src/webview/transcript/spokenText.ts';
import { aHeader, aQuestion, anAnswer, anAttachment, aView } from '../../webview/views.ts';
import { aHost, aStore } from './fakeHost.ts';

function spokenOf(text: string): string {
  return speak(text, nothingTold, true).words;
}

describe('speak', () => {
  it('tells whole sentences while a text grows, each once', () => {
    const first = speak('One. Two. Thr', nothingTold, false);
    assert.equal(first.words, 'One. Two.');
    const second = speak('One. Two. Three', first.told, false);
    assert.equal(second.words, '');
    assert.equal(speak('One. Two. Three', second.told, true).words, 'Three');
  });

  it('does not take a number or an address for the end of a sentence', () => {
    assert.equal(speak('Version 1.2 of example.org', nothingTold, false).words, '');
  });

  it('leaves marks away', () => {
    assert.equal(spokenOf('## A **bold** `word` and [a link](https://x.example)'), 'A bold word and a link');
    assert.equal(spokenOf('- [x] done\n> quoted\n| a | b |\n|---|---|\n'), 'done quoted a b');
  });

  it('omits math delimiters and keeps dollar amounts', () => {
    assert.equal(
      spokenOf('So $x = 1$ and \\(y\\), for $5 or $10:\n$$\nz\n$$'),
      'So x = 1 and y, for $5 or $10: z',
    );
  });

  it('names code and does not read it', () => {
    const open = speak('Look:\n```ts\nconst x = 1;\nconst', nothingTold, false);
    assert.equal(open.words, 'Look: Code block ts.');
    assert.equal(
      speak('Look:\n```ts\nconst x = 1;\nconst y;\n```\nDone.\n', open.told, false).words,
      'Done.',
    );
  });
});

describe('Narrator', () => {
  it('tells what has been attached since the panel is there', () => {
    const host = aHost();
    const narrator = new Narrator(aStore(host));
    const attach = (revision: number, ...labels: readonly string[]): string => {
      const attachments = labels.map((label) => anAttachment({ id: label, label }));
      const header = aHeader({ attachments });
      host.say({ type: 'delta', delta: { revision, changes: [{ type: 'header', header }] } });
      return narrator.spoken.value.words;
    };
    const attachments = [anAttachment({ id: 'a', label: 'a' })];
    host.say({ type: 'snapshot', view: aView([], { attachments }) });
    assert.equal(narrator.spoken.value.words, '');
    assert.equal(attach(2, 'a', 'b.ts'), 'b.ts attached.');
    assert.equal(attach(3, 'a', 'b.ts', 'c.ts', 'd.ts'), '2 items attached.');
    const { turn } = narrator.spoken.value;
    attach(4);
    assert.equal(narrator.spoken.value.turn, turn);
  });

  it('tells what happens to an answer while another question waits below it', () => {
    const host = aHost();
    const narrator = new Narrator(aStore(host));
    const queued = aQuestion('And?', { id: 'next', queued: true });
    host.say({
      type: 'snapshot',
      view: aView([aQuestion('Go'), anAnswer('Half a', { state: 'streaming' }), queued]),
    });
    const message = anAnswer('Half a sentence. And more.');
    host.say({ type: 'delta', delta: { revision: 2, changes: [{ type: 'message', message }] } });
    assert.equal(narrator.spoken.value.words, 'Half a sentence. And more. Answer finished.');
  });

  it('says of a question that it waits, once, and of none that waited before', () => {
    const host = aHost();
    const narrator = new Narrator(aStore(host));
    const waits = aQuestion('And?', { id: 'next', queued: true });
    host.say({
      type: 'snapshot',
      view: aView([aQuestion('Go'), anAnswer('Half a', { state: 'streaming' }), waits]),
    });
    assert.equal(narrator.spoken.value.words, '');
    const other = { ...waits, id: 'another' };
    host.say({ type: 'delta', delta: { revision: 2, changes: [{ type: 'message', message: other }] } });
    const { turn, words } = narrator.spoken.value;
    assert.equal(words, 'The question is queued until the answer finishes.');
    host.say({
      type: 'delta',
      delta: { revision: 3, changes: [{ type: 'withdrawn', messageId: 'another' }] },
    });
    assert.equal(narrator.spoken.value.turn, turn);
  });

  it('announces changes of the last answer, but no earlier content', () => {
    const host = aHost();
    const narrator = new Narrator(aStore(host));
    host.say({
      type: 'snapshot',
      view: aView([aQuestion('Go'), anAnswer('Half a', { state: 'streaming' })]),
    });
    assert.equal(narrator.spoken.value.words, '');
    const message = anAnswer('Half a sentence. And more', { state: 'stopped' });
    host.say({ type: 'delta', delta: { revision: 2, changes: [{ type: 'message', message }] } });
    assert.equal(narrator.spoken.value.words, 'Half a sentence. And more Answer stopped.');
  });

  it('says the same words again as something new', () => {
    const host = aHost();
    const narrator = new Narrator(aStore(host));
    narrator.say('Copied.');
    const { turn } = narrator.spoken.value;
    narrator.say('Copied.');
    assert.notEqual(narrator.spoken.value.turn, turn);
  });
});
