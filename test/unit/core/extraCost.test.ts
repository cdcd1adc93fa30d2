import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ChatRequest } from '../../../src/core/conversation/generation/chatModel.ts';
import { totalOf } from '../../../src/core/conversation/generation/costTotal.ts';
import {
  costAbove,
  mostOf,
  runBudgetFor,
  type RequestEstimate,
} from '../../../src/core/conversation/generation/requestEstimate.ts';
import { RequestEstimator } from '../../../src/core/conversation/generation/requestEstimator.ts';
import type { MediaPart } from '../../../src/core/conversation/part.ts';
import type { Model } from '../../../src/core/model/model.ts';
import { microDollarsFrom, toPicoDollars } from '../../../src/core/money/money.ts';
import { aModel, aQuestion, aRequest, anAnswer, clean } from '../../support/builders.ts';

const dollars = (amount: number): number => toPicoDollars(microDollarsFrom(amount) ?? NaN);
const megabyte = 1_024 * 1_024;
const base64Of = (bytes: number): string => 'A'.repeat(Math.ceil((bytes * 4) / 3));
const pdf = (bytes: number): MediaPart => ({
  type: 'file',
  name: clean('a.pdf'),
  url: `data:application/pdf;base64,${base64Of(bytes)}`,
});
const image: MediaPart = { type: 'image', name: clean('a.png'), url: 'data:image/png;base64,AA' };
const audio = (format: 'mp3' | 'wav', bytes: number): MediaPart => ({
  type: 'audio',
  name: clean(`a.${format}`),
  format,
  data: base64Of(bytes),
});

const models: readonly Model[] = [
  aModel({
    id: 'a/plain',
    contextLength: 1_000_000,
    pricing: { kind: 'fixed', prompt: 3_000_000, completion: 15_000_000 },
  }),
  aModel({
    id: 'a/narrow',
    contextLength: 8_000,
    pricing: { kind: 'fixed', prompt: 3_000_000, completion: 15_000_000 },
  }),
  aModel({
    id: 'a/tiered',
    contextLength: 1_000_000,
    pricing: {
      kind: 'fixed',
      prompt: 3_000_000,
      completion: 15_000_000,
      overrides: [{ minPromptTokens: 200_000, prices: { prompt: 6_000_000 } }],
    },
  }),
  aModel({
    id: 'a/senses',
    contextLength: 1_000_000,
    pricing: {
      kind: 'fixed',
      prompt: 0,
      completion: 0,
      image: 50_000_000_000,
      audio: 40_000_000,
      webSearch: 20_000_000_000,
    },
  }),
  aModel({ id: 'a/free', pricing: { kind: 'fixed', prompt: 0, completion: 0 } }),
  aModel({ id: 'a/router', contextLength: 2_000_000, pricing: { kind: 'variable' } }),
];
const estimator = new RequestEstimator(
  { models, find: (id) => models.find((model) => model.id === id) },
  () => 0,
);
const estimate = (
  model: string,
  parts: readonly MediaPart[],
  facts: Partial<ChatRequest> = {},
): RequestEstimate =>
  estimator.estimate(
    aRequest({ model, maxTokens: 1_000, messages: [aQuestion('Look', { parts: [...parts] })], ...facts }),
  );

describe('what comes on top of a request', () => {
  const cases: readonly (readonly [
    about: string,
    model: string,
    parts: readonly MediaPart[],
    facts: Partial<ChatRequest>,
    least: number,
    most: number,
  ])[] = [
    ['nothing', 'a/plain', [], {}, 0, 0],
    ['a document of 15 MB, up to the context of the model', 'a/plain', [pdf(15 * megabyte)], {}, 2.9, 3],
    ['a small document', 'a/plain', [pdf(50_000)], {}, 0.1, 0.2],
    ['a document that the model has little room for', 'a/narrow', [pdf(megabyte)], {}, 0.02, 0.024],
    [
      'a document at an address',
      'a/plain',
      [{ ...pdf(0), type: 'file', name: clean('a.pdf'), url: 'https://example.com/a.pdf' }],
      {},
      2.9,
      3,
    ],
    ['a document at the prices of long prompts', 'a/tiered', [pdf(megabyte)], {}, 5.5, 6.1],
    ['a picture', 'a/plain', [image], {}, 0.01, 0.02],
    ['four pictures', 'a/plain', [image, image, image, image], {}, 0.04, 0.08],
    ['a picture with a price of its own', 'a/senses', [image], {}, 0.05, 0.05],
    ['a minute of speech', 'a/plain', [audio('mp3', 480_000)], {}, 0.005, 0.06],
    ['a minute of raw sound', 'a/plain', [audio('wav', 10 * megabyte)], {}, 0.1, 0.15],
    ['sound with a price of its own', 'a/senses', [audio('mp3', 480_000)], {}, 0.7, 0.8],
    ['the web', 'a/plain', [], { webSearch: true }, 0.3, 0.7],
    ['the web at its own price', 'a/senses', [], { webSearch: true }, 0.16, 0.16],
    [
      'the web for a structured answer',
      'a/plain',
      [],
      { webSearch: true, schema: clean({ name: 'a', schema: {} }) },
      0,
      0,
    ],
    ['anything, with a free model', 'a/free', [pdf(megabyte), image, audio('wav', megabyte)], {}, 0, 0],
  ];
  for (const [about, model, parts, facts, least, most] of cases) {
    it(`is ${about}`, () => {
      const { extra = 0, cost } = estimate(model, parts, facts);
      assert.ok(extra >= dollars(least) && extra <= dollars(most), `${String(extra / 1e12)} USD`);
      assert.equal(
        mostOf({ tokens: 0, uncounted: [], extra, ...(cost && { cost }) }),
        (typeof cost === 'object' ? cost.most : NaN) + extra,
      );
    });
  }

  it('still counts in later questions of a chat, which send it again', () => {
    const messages = [aQuestion('Look', { parts: [pdf(megabyte)] }), anAnswer('Yes.'), aQuestion('And?')];
    assert.ok((estimate('a/plain', [], { messages }).extra ?? 0) > dollars(2.5));
  });

  it('is that of the most expensive model that may answer', () => {
    const { extra } = estimate('a/free', [pdf(megabyte)], { fallbackModels: ['a/plain'] });
    assert.equal(extra, estimate('a/plain', [pdf(megabyte)]).extra);
  });

  it('counts the schema of an answer, and tools, among the tokens', () => {
    const shape = { description: 'Words. '.repeat(500) };
    const plain = estimate('a/plain', []).tokens;
    assert.ok(estimate('a/plain', [], { schema: clean({ name: 'a', schema: shape }) }).tokens > plain + 500);
    assert.ok(
      estimate('a/plain', [], { tools: [clean({ name: 'a', parameters: shape })] }).tokens > plain + 500,
    );
  });
});

describe('a request whose price is not known', () => {
  for (const [about, model, fallbackModels] of [
    ['a router chooses the model', 'a/router', []],
    ['the model is not in the list', 'a/unheard', []],
    ['a router may step in', 'a/plain', ['a/router']],
    ['a model that is not in the list may step in', 'a/plain', ['a/unheard']],
  ] as const) {
    it(`counts with the most expensive model where ${about}`, () => {
      const unknown = estimate(model, [pdf(megabyte)], { fallbackModels });
      assert.equal(unknown.extra, undefined);
      assert.equal(unknown.bound, mostOf(estimate('a/tiered', [pdf(megabyte)])));
      assert.ok(costAbove(microDollarsFrom(1), totalOf([unknown])), 'one is asked');
      assert.equal(costAbove(microDollarsFrom(7), totalOf([unknown])), undefined);
      assert.equal(runBudgetFor([unknown], 1, () => 'run')?.limit, unknown.bound);
    });
  }

  it('does not count with the few models of a long catalog that cost many times as much', () => {
    const priced = (id: string, completion: number): Model =>
      aModel({ id, pricing: { kind: 'fixed', prompt: 0, completion } });
    const usual = Array.from({ length: 98 }, (_, at) => priced(`a/${String(at)}`, at * 1_000_000));
    const bound = (listed: readonly Model[]): number | undefined =>
      new RequestEstimator({ models: listed, find: () => undefined }, () => 0).estimate(
        aRequest({ model: 'a/router', messages: [], maxTokens: 1_000, system: clean('') }),
      ).bound;
    const dear = priced('a/dear', 1_000_000_000);
    assert.equal(bound([...usual, dear]), dollars(1));
    assert.equal(bound([...usual, dear, priced('a/dearer', 2_000_000_000)]), dollars(1));
    assert.equal(bound([...usual, priced('a/cheap', 1), dear]), dollars(0.097));
    assert.equal(bound([]), undefined);
  });

  it('adds up with others', () => {
    const [one, other] = [estimate('a/plain', [pdf(50_000)]), estimate('a/router', [])];
    const total = totalOf([one, other]);
    assert.equal(total.most, (mostOf(one) ?? NaN) + (mostOf(other) ?? NaN));
    assert.deepEqual(
      [total.extra, total.bound, total.tokens],
      [one.extra, other.bound, one.tokens + other.tokens],
    );
  });

  const { pricing: _pricing, ...unpriced } = aModel({ id: 'a/b' });
  for (const [about, serverKind, listed, model, isAsked] of [
    ['the list of OpenRouter is empty', 'openrouter', [], 'a/b', true],
    ['the list of a server that nothing is known of is empty', undefined, [], 'openrouter/auto', true],
    ["no price in OpenRouter's list can be read", 'openrouter', [unpriced], 'a/b', true],
    ['the model is free by its id', 'openrouter', [], 'a/b:free', false],
    ['a local server lists models without prices', undefined, [unpriced], 'a/b', false],
    ['a local server has no list', 'other', [], 'a/b', false],
  ] as const) {
    it(`${isAsked ? 'may be anything' : 'is nothing to ask about'} where ${about}`, () => {
      const known = { models: listed, find: () => listed[0], serverKind };
      const unknown = new RequestEstimator(known, () => 0).estimate(aRequest({ model }));
      assert.equal(mostOf(unknown), undefined);
      assert.equal(unknown.isUnlisted, isAsked || undefined);
      assert.equal(totalOf([estimate('a/plain', []), unknown]).isUnlisted, isAsked);
    });
  }

  it('is not bounded where nothing has a price, as on a local server', () => {
    const local = new RequestEstimator({ models: [], find: () => undefined, serverKind: 'other' }, () => 0);
    const unknown = local.estimate(aRequest());
    assert.equal(mostOf(unknown), undefined);
    assert.equal(costAbove(0, totalOf([unknown])), undefined);
    assert.equal(
      runBudgetFor([unknown], 1, () => 'run'),
      undefined,
    );
  });
});
