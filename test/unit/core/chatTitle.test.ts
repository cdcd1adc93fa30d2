import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Conversation } from '../../../src/core/conversation/conversation.ts';
import { titleFrom } from '../../../src/core/conversation/conversation.ts';
import { textOf } from '../../../src/core/conversation/message.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { askTitle, titleRequest } from '../../../src/core/prompts/chatTitle.ts';
import { aModel, anAnswer, aQuestion } from '../../support/builders.ts';
import { FakeChatModel } from '../../support/fakes.ts';

const { signal } = new AbortController();
const question = aQuestion('How do I sort a list in place, and why does it return nothing?');
const answer = anAnswer('With `list.sort()`.', { parentId: question.id });
const chat: Conversation = {
  id: 'c',
  title: titleFrom(textOf(question)),
  createdAt: 1,
  messages: [question, answer],
};
const settings = {
  model: 'a/small',
  maxTokens: 8_000,
  fallbackModels: ['a/dear'],
  webSearch: true,
  routing: { zdr: true },
};

describe('the request for a title', () => {
  it('is small, keeps the routing, and has no fallbacks', () => {
    const request = titleRequest(chat, { settings, model: undefined });
    assert.ok(request);
    const { system, messages, maxTokens, ...others } = request;
    assert.deepEqual(others, { model: 'a/small', routing: { zdr: true }, feature: 'title' });
    assert.ok(maxTokens <= 400 && system.includes('title'));
    assert.match(messages.map(textOf).join(), /sort a list in place[\s\S]*list\.sort/);
  });

  it('asks for as little thought as the model takes', () => {
    const of = (reasoning: { mandatory: boolean; efforts?: readonly string[] }): string | undefined =>
      titleRequest(chat, { settings, model: aModel({ reasoning }) })?.reasoningEffort;
    assert.equal(of({ mandatory: false }), 'none');
    assert.equal(of({ mandatory: true, efforts: ['high', 'low'] }), 'low');
    assert.equal(titleRequest(chat, { settings, model: aModel() })?.reasoningEffort, undefined);
  });

  it('is made for a first answer only, and never over a name that the user has given', () => {
    const failed = anAnswer('', {
      parentId: question.id,
      answer: { requestedModel: 'a', generations: [], outcome: { state: 'stopped' } },
    });
    const others: readonly Conversation[] = [
      { ...chat, title: 'Mine' },
      { ...chat, messages: [question] },
      { ...chat, messages: [question, failed] },
      { ...chat, messages: [question, answer, aQuestion('And?')] },
      { ...chat, messages: [] },
    ];
    for (const other of others) {
      assert.equal(titleRequest(other, { settings, model: undefined }), undefined);
    }
  });
});

describe('a title', () => {
  const request = titleRequest(chat, { settings, model: undefined });
  const titled = async (...words: readonly string[]): Promise<string | undefined> => {
    const model = new FakeChatModel();
    model.willAnswer(...words.map((text) => ({ type: 'text', text }) as const));
    assert.ok(request);
    return askTitle(model, request, signal);
  };

  for (const [said, title] of [
    [['Sorting ', 'a list in place'], 'Sorting a list in place'],
    [['"Sorting a list."\n'], 'Sorting a list'],
    [['**Sorting**\n\nBecause it is about sorting.'], 'Sorting'],
    [['# „Listen sortieren“'], 'Listen sortieren'],
    [['<think>\nA title for sorting.\n', '</think>\n\nSorting a list'], 'Sorting a list'],
    [['A title for sorting.\n</think>\n\nSorting a list'], 'Sorting a list'],
    [['<think>The user asks about sorting, so I should'], undefined],
    [['Sure! Here is a title:\n\nSorting a list'], 'Sorting a list'],
    [['Title: Sorting a list'], 'Sorting a list'],
    [[' \n'], undefined],
    [[], undefined],
  ] as const) {
    it(`out of ${JSON.stringify(said.join(''))} is ${JSON.stringify(title)}`, async () => {
      assert.equal(await titled(...said), title);
    });
  }

  it('that cannot be had fails with the reason', async () => {
    const model = new FakeChatModel();
    model.willAnswer(new RequestError('dayBudget'));
    assert.ok(request);
    await assert.rejects(askTitle(model, request, signal), RequestError);
  });
});
