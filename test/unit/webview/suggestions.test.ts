import assert from 'node:assert/strict';
import type { SuggestionView } from '../../../src/protocol/suggestions.ts';
import { Suggestions } from '../../../src/webview/composer/suggestions.ts';
import { aHost, type FakeHost } from './fakeHost.ts';

const items: readonly SuggestionView[] = ['one', 'two', 'three'].map((label) => ({
  id: label,
  label,
  icon: 'file-code',
}));

describe('Suggestions', () => {
  let host: FakeHost;
  let suggestions: Suggestions;

  beforeEach(() => {
    host = aHost();
    suggestions = new Suggestions(host);
  });

  const type = (text: string, caret = text.length): void => {
    suggestions.look(text, caret);
  };
  const answer = (shown = items): void => {
    const asked = host.posted.findLast((message) => message.type === 'suggest');
    host.say({ type: 'suggestions', id: asked?.id ?? 0, items: shown });
  };
  const shown = (): number | undefined => suggestions.list.value?.items.length;
  const asked = (): readonly (readonly [string, string])[] =>
    host.posted.flatMap((message) =>
      message.type === 'suggest' ? [[message.trigger, message.query] as const] : [],
    );

  it('are requested after @ at the start of a word and after / as the first character', () => {
    for (const text of [
      '@',
      'see @ca',
      'see\n@src/c',
      '/',
      '/ne',
      '/fix-2',
      '/usr/bin',
      'a@b.org',
      'src/ca',
      '1 / 2',
      '@a b',
    ]) {
      type(text);
    }
    type('see @cart here', 8);
    assert.deepEqual(asked(), [
      ['@', ''],
      ['@', 'ca'],
      ['@', 'src/c'],
      ['/', ''],
      ['/', 'ne'],
      ['/', 'fix-2'],
      ['@', 'car'],
    ]);
  });

  it('take the letters typed for them out of the text', () => {
    type('see @ca here', 7);
    answer();
    suggestions.move(-1);
    assert.equal(suggestions.list.value?.focused, 2);
    suggestions.move(1);
    suggestions.move(1);
    assert.deepEqual(suggestions.take('see @ca here'), { text: 'see  here', caret: 4 });
    assert.deepEqual(host.posted.at(-1), { type: 'takeSuggestion', id: 'two' });
    assert.equal(suggestions.list.value, undefined);
    assert.equal(suggestions.take('see'), undefined);
  });

  it('ignore answers to earlier input, and show nothing if nothing matches', () => {
    type('@c');
    const old = host.posted.findLast((message) => message.type === 'suggest');
    type('@ca');
    host.say({ type: 'suggestions', id: old?.id ?? 0, items });
    assert.equal(shown(), undefined);
    answer([]);
    assert.equal(shown(), undefined);
    answer();
    assert.equal(shown(), 3);
    type('cart');
    assert.equal(shown(), undefined);
  });

  it("aren't requested for text too long to be a name", () => {
    type(`@${'x'.repeat(200)}`);
    type(`@${'x'.repeat(201)}`);
    assert.equal(asked().length, 1);
  });

  it('stay away after Escape, until another one is begun', () => {
    type('@c');
    answer();
    suggestions.dismiss();
    type('@ca');
    assert.equal(asked().length, 1);
    type('@ca and @');
    assert.equal(asked().length, 2);
  });
});
