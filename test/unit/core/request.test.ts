import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { toChatBody } from '../../../src/core/openrouter/chat/request.ts';
import { aContextItem, anAnswer, answerFacts, aQuestion, aRequest, clean } from '../../support/builders.ts';

describe('the body of a request', () => {
  it('is this, to the last field', () => {
    assert.deepEqual(toChatBody(aRequest({ sessionId: 'chat-1' })), {
      model: 'author/model',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Why?' },
      ],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 100,
      session_id: 'chat-1',
    });
  });

  it('asks for a schema strictly, and only of providers that can hold to it', () => {
    const schema = { name: 'snippet', schema: { type: 'object' } };
    const body = toChatBody(aRequest({ schema: clean(schema) }));
    assert.deepEqual(body.response_format, {
      type: 'json_schema',
      json_schema: { name: 'snippet', strict: true, schema: { type: 'object' } },
    });
    assert.deepEqual(body.provider, { require_parameters: true });
    assert.ok(!('session_id' in body));
  });

  it("carries what the user has set, in the service's own names", () => {
    const routing = { order: ['a'], zdr: true, something_new: 1 };
    const body = toChatBody(
      aRequest({
        fallbackModels: ['author/other', 'author/third:free'],
        routing,
        reasoningEffort: 'low',
        temperature: 0,
        webSearch: true,
      }),
    );
    assert.partialDeepStrictEqual(body, {
      model: 'author/model',
      models: ['author/other', 'author/third:free'],
      reasoning: { effort: 'low' },
      temperature: 0,
    });
    assert.deepEqual(body.provider, routing);
    assert.deepEqual(
      body.tools?.map(({ type }) => type),
      ['openrouter:web_search', 'openrouter:web_fetch', 'openrouter:datetime'],
    );
  });

  it("omits settings that aren't set", () => {
    const body = toChatBody(aRequest({ fallbackModels: [], routing: {}, webSearch: false }));
    assert.deepEqual(body, toChatBody(aRequest()));
  });

  it('searches no web for a structured answer, and asks its providers for all parameters', () => {
    const schema = { name: 'snippet', schema: { type: 'object' } };
    const body = toChatBody(aRequest({ schema: clean(schema), webSearch: true, routing: { only: ['a'] } }));
    assert.deepEqual([body.tools, body.provider], [undefined, { only: ['a'], require_parameters: true }]);
  });

  it('carries the conversation in order', () => {
    const { messages } = toChatBody(
      aRequest({ messages: [aQuestion('Hello'), anAnswer('Hi'), aQuestion('Why?')] }),
    );
    assert.deepEqual(
      messages.map(({ role, content }) => `${role}: ${typeof content === 'string' ? content : '?'}`),
      ['system: Be brief.', 'user: Hello', 'assistant: Hi', 'user: Why?'],
    );
  });

  it('carries the context before the question, each item with its place', () => {
    const question = aQuestion('Why?', {
      parts: [
        { type: 'text', text: clean('Why?') },
        { type: 'context', item: aContextItem({ path: 'a.ts', text: 'a' }) },
        { type: 'context', item: aContextItem({ path: 'b.ts', text: 'b' }) },
      ],
    });
    assert.equal(
      toChatBody(aRequest({ messages: [question] })).messages[1]?.content,
      'a.ts, lines 1-2 (typescript):\n```typescript\na\n```\n\n' +
        'b.ts, lines 1-2 (typescript):\n```typescript\nb\n```\n\nWhy?',
    );
  });

  describe('returns reasoning', () => {
    const parts = [
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'Yes' },
    ] as const;

    it('in the form in which the provider signed it', () => {
      const reasoningDetails = [{ type: 'reasoning.text', text: 't', signature: 's' }];
      const [reasoning, text] = clean(parts);
      const thoughtful = anAnswer('', { parts: [{ ...reasoning, details: reasoningDetails }, text] });
      assert.deepEqual(toChatBody(aRequest({ messages: [thoughtful, aQuestion('And?')] })).messages[1], {
        role: 'assistant',
        content: 'Yes',
        reasoning_details: reasoningDetails,
      });
    });

    it('as text where that is all there was', () => {
      const [reasoning, text] = clean(parts);
      const thoughtful = anAnswer('', { parts: [{ ...reasoning, details: [] }, text] });
      assert.deepEqual(toChatBody(aRequest({ messages: [thoughtful, aQuestion('And?')] })).messages[1], {
        role: 'assistant',
        content: 'Yes',
        reasoning: 'hm',
      });
    });
  });

  it('leaves out answers that never said a word, and keeps those that broke off', () => {
    const wordless = anAnswer('', { parts: [{ type: 'reasoning', text: clean('hm') }] });
    const brokenOff = anAnswer('Half', {
      answer: answerFacts({ outcome: { state: 'failed', failure: { kind: 'truncated' } } }),
    });
    const { messages } = toChatBody(
      aRequest({ messages: [aQuestion('a'), wordless, brokenOff, aQuestion('b')] }),
    );
    assert.deepEqual(
      messages.map(({ content }) => content),
      ['Be brief.', 'a', 'Half', 'b'],
    );
  });
});
