import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LogOutputChannel } from 'vscode';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { logError } from '../../../src/host/platform/log.ts';

/** What is logged of an error. */
function logged(error: unknown): string {
  const lines: string[] = [];
  const take = (words: string): number => lines.push(words);
  logError({ warn: take, error: take } as unknown as LogOutputChannel, error);
  return lines.join('\n');
}

describe('the log', () => {
  it('has nothing of a message, however many lines it has and whatever they look like', () => {
    // No folder is called so, and paths are logged.
    const secret = 'hush 4711';
    const messages = [
      secret,
      `one\n${secret}`,
      `one\n\n  two ${secret}\n`,
      `one\n    at ${secret} (file.ts:1:2)`,
      `one\r\n    at ${secret} (file.ts:1:2)\r\n    at x (${secret}:1:1)`,
    ];
    for (const message of messages) {
      assert.doesNotMatch(logged(new Error(message)), /4711/, message);
      assert.doesNotMatch(logged(new Error('x', { cause: new Error(message) })), /4711/, message);
      const renamed = new Error('x');
      renamed.name = message;
      assert.doesNotMatch(logged(renamed), /4711/, message);
      assert.doesNotMatch(logged(message), /4711/, message);
      assert.doesNotMatch(logged(new RequestError('provider', { detail: message, status: 500 })), /4711/);
    }
  });

  it('says the kind of an error, and where it happened', () => {
    const words = logged(new TypeError('one\ntwo'));
    assert.match(words, /^TypeError\n {4}at .*log\.test\.ts:\d+:\d+\)?\n/);
    assert.equal(
      logged(new RequestError('provider', { detail: 'x', status: 502 })),
      'request failed: provider, status 502',
    );
  });
});
