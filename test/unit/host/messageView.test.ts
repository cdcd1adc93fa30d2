import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { toMessageView, toMessageViews } from '../../../src/host/chat/messageView.ts';
import { panelPage, panelPolicy } from '../../../src/host/chat/panelPage.ts';
import { reportOf, reportOfError } from '../../../src/host/report.ts';
import { toHost } from '../../../src/protocol/toHost.ts';
import { aContextItem, anAnswer, aQuestion } from '../../support/builders.ts';

describe('a message as the panel draws it', () => {
  it('shows what an answer was made of and what it cost', () => {
    const view = toMessageView(
      anAnswer('Yes', {
        parts: [
          { type: 'reasoning', text: 'hm' },
          { type: 'text', text: 'Yes' },
        ],
        answer: {
          requestedModel: 'openrouter/auto',
          model: 'author/model-2026',
          provider: 'Someone',
          outcome: { state: 'done' },
          usage: { promptTokens: 169, completionTokens: 100, cost: 1_234 },
          timing: { firstTokenMs: 400, firstTextMs: 1_600, endMs: 2_400 },
        },
      }),
    );
    assert.deepEqual(view, {
      role: 'assistant',
      id: 'a-Yes',
      state: 'done',
      reasoning: 'hm',
      reasoningMs: 1_200,
      text: 'Yes',
      details: {
        model: 'author/model-2026',
        provider: 'Someone',
        promptTokens: 169,
        completionTokens: 100,
        cost: '$0.001234',
        firstTokenMs: 400,
        tokensPerSecond: 50,
      },
    });
  });

  it('carries no text of attached items, which the panel does not need', () => {
    const item = aContextItem({ text: 'const secret = 1' });
    const view = toMessageView(aQuestion('Why?', { parts: [{ type: 'context', item }] }));
    assert.doesNotMatch(JSON.stringify(view), /secret/);
  });

  it('is left out when it never said a word and was asked for again', () => {
    const failed = anAnswer('', {
      id: 'failed',
      answer: { requestedModel: 'm', outcome: { state: 'failed', failure: { kind: 'network' } } },
    });
    const messages = [aQuestion('a'), failed, anAnswer('b')];
    assert.deepEqual(
      toMessageViews(messages).map(({ id }) => id),
      ['q-a', 'a-b'],
    );
    assert.equal(toMessageViews(messages.slice(0, 2)).length, 2);
  });
});

describe('a failure in words', () => {
  it('has a way on, whatever its kind, also one that a later version wrote', () => {
    for (const kind of ['noKey', 'credit', 'privacy', 'protocol', 'baseUrl', 'something new'] as const) {
      const report = reportOf({ kind: kind as 'key' });
      assert.ok(report.message.length > 10);
      assert.ok(report.remedies.length > 0);
    }
  });

  it('offers what the kind asks for', () => {
    assert.deepEqual(
      reportOf(new RequestError('credit')).remedies.map(({ label }) => label),
      ['Add credits', 'Switch model', 'Try again'],
    );
    assert.match(reportOf(new RequestError('rateLimit', { retryAfter: 7 })).message, /in 7 seconds/);
  });

  it('never repeats a key that the service repeats', () => {
    const detail = 'Incorrect key sk-or-v1-0123456789abcdef';
    for (const report of [reportOf(new RequestError('key', { detail })), reportOfError(new Error(detail))]) {
      assert.doesNotMatch(JSON.stringify(report), /0123456789/);
    }
  });
});

describe("the panel's page", () => {
  it('allows its own script, style and font, and nothing else', () => {
    const policy = panelPolicy({ cspSource: 'https://source.test', nonce: 'n' });
    assert.match(policy, /^default-src 'none'/);
    assert.match(policy, /script-src 'nonce-n'(;|$)/);
    assert.match(policy, /require-trusted-types-for 'script'/);
    assert.doesNotMatch(policy, /unsafe|connect-src|\*/);
    const page = panelPage({ cspSource: 's', nonce: 'n', scriptUri: 'a.js', styleUri: 'a.css' });
    assert.match(page, /<script type="module" nonce="n" src="a\.js">/);
  });

  it('may say only what the contract lists', () => {
    assert.equal(toHost.safeParse({ type: 'send', text: 'x' }).success, true);
    for (const odd of [
      undefined,
      'send',
      { type: 'send' },
      { type: 'run', command: 'x' },
      { type: 'remedy', kind: 'x' },
    ]) {
      assert.equal(toHost.safeParse(odd).success, false);
    }
  });
});
