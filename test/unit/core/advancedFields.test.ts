import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ChatRequest } from '../../../src/core/conversation/generation/chatModel.ts';
import { estimateRequest, mostOf } from '../../../src/core/conversation/generation/requestEstimate.ts';
import { parseAutoRouter, routable, type AutoRouter } from '../../../src/core/model/autoRouter.ts';
import type { Model } from '../../../src/core/model/model.ts';
import { parseFields, parseFieldsByModel, wireFields } from '../../../src/core/model/requestFields.ts';
import { fitTo, type RequestSettings } from '../../../src/core/model/requestSettings.ts';
import type { ServerKind } from '../../../src/core/model/server.ts';
import { unsupportedSettings } from '../../../src/core/model/unsupportedSettings.ts';
import { toChatBody } from '../../../src/core/openrouter/chat/request.ts';
import { fieldSettings, type FieldSetting } from '../../../src/host/platform/fieldSettings.ts';
import { leftOutWords } from '../../../src/host/words/unsupportedSettings.ts';
import { aModel, aRequest, clean } from '../../support/builders.ts';

const good: Readonly<Record<string, readonly unknown[]>> = {
  temperature: [0, 0.5, 2],
  top_p: [0, 1],
  top_k: [0, 40],
  min_p: [0, 0.05, 1],
  top_a: [0.1],
  frequency_penalty: [-2, 0, 2],
  presence_penalty: [-2, 2],
  repetition_penalty: [0, 1.1, 2],
  logit_bias: [{}, { 50256: -100, 11: 5.5 }],
  seed: [0, -1, 42],
  stop: ['END', ['a'], ['a', 'b', 'c', 'd']],
  service_tier: ['auto', 'default', 'flex', 'priority', 'scale', 'fast'],
  verbosity: ['low', 'medium', 'high', 'xhigh', 'max'],
};
const bad: Readonly<Record<string, readonly unknown[]>> = {
  temperature: [-0.1, 2.1, '1', NaN],
  top_p: [1.5, '0.5', []],
  top_k: [-1, 1.5, '40'],
  min_p: [2],
  frequency_penalty: [3, '0'],
  logit_bias: [[], 5, { word: 1 }, { 5: 101 }, { 5: '1' }],
  seed: [1.5, '7', 1e300],
  stop: ['', [], ['a', 'b', 'c', 'd', 'e'], ['a', ''], [5]],
  service_tier: ['express', 1, true],
  verbosity: ['loud', 2],
};
/** What decides where a request goes, what it says, how long it is, and what it costs. */
const guarded = [
  ...['model', 'models', 'messages', 'prompt', 'provider', 'max_tokens', 'max_completion_tokens', 'stream'],
  ...['stream_options', 'usage', 'tools', 'tool_choice', 'max_tool_calls', 'plugins', 'response_format', 'n'],
  ...[
    'best_of',
    'reasoning',
    'reasoning_effort',
    'session_id',
    'user',
    'preset',
    'route',
    'transforms',
    'debug',
  ],
  ...[
    'web_search_options',
    'modalities',
    'prediction',
    'constructor',
    '__proto__',
    'toString',
    'Temperature',
  ],
];

describe('advanced fields', () => {
  it('are taken in every form that the service takes, and refused by name in every other', () => {
    for (const [name, values] of Object.entries(good)) {
      for (const value of values) {
        assert.deepEqual(parseFields({ [name]: value }), { fields: { [name]: value }, faulty: [] }, name);
      }
      assert.deepEqual(parseFields({ [name]: null }), { fields: {}, faulty: [] }, `${name}: not set`);
    }
    for (const [name, values] of Object.entries(bad)) {
      for (const value of values) {
        const words = `${name}: ${JSON.stringify(value)}`;
        const { fields, faulty } = parseFields({ [name]: value, seed: name === 'seed' ? value : 1 });
        assert.deepEqual(faulty, [name], words);
        assert.deepEqual(fields, name === 'seed' ? {} : { seed: 1 }, words);
      }
    }
  });

  it('never stand for what the extension decides, whichever way they come', () => {
    const written = JSON.parse(`{${guarded.map((name) => `"${name}": 1`).join(',')}}`) as object;
    assert.deepEqual(parseFields(written), { fields: {}, faulty: guarded });
    const settings: Partial<ChatRequest> = {
      ...{ model: 'a/b', maxTokens: 100, routing: { zdr: true }, temperature: 0.5, topP: 0.9 },
      ...{ sessionId: 'chat-1', reasoningEffort: 'low' },
    };
    for (const kind of ['openrouter', 'other'] as const) {
      const plain = toChatBody(aRequest(settings), kind);
      assert.equal(
        JSON.stringify(
          toChatBody(aRequest({ ...settings, fields: written as ChatRequest['fields'] & object }), kind),
        ),
        JSON.stringify(plain),
      );
      const both = toChatBody(aRequest({ ...settings, fields: { temperature: 2, top_p: 1, seed: 7 } }), kind);
      assert.deepEqual(both, { ...plain, seed: 7 });
    }
  });

  it('go as they are to OpenRouter, and without its own to other servers', () => {
    const fields = { top_k: 40, min_p: 0.1, top_a: 0.2, repetition_penalty: 1.1, seed: 7, stop: ['END'] };
    const sent = (kind: ServerKind) => toChatBody(aRequest({ fields }), kind);
    assert.partialDeepStrictEqual(sent('openrouter'), fields);
    assert.deepEqual(Object.keys(sent('other')).slice(0, 2), ['seed', 'stop']);
    assert.ok(!('top_k' in sent('other')));
  });

  it("don't end a structured answer before its end", () => {
    const schema = { name: clean('s'), schema: clean({ type: 'object' }) };
    assert.ok(!('stop' in toChatBody(aRequest({ fields: { stop: '}', seed: 1 }, schema }))));
    assert.deepEqual(wireFields({ stop: '}', seed: 1 }, { isOpenRouter: true, isStructured: true }), {
      seed: 1,
    });
  });

  it('that a model does not take are left out and named', () => {
    const set: RequestSettings = {
      ...{ model: 'a/b', maxTokens: 100, topP: 0.5 },
      fields: { top_k: 40, seed: 7, service_tier: 'flex' },
    };
    const model = aModel({ parameters: ['temperature', 'seed'] });
    assert.deepEqual(fitTo(set, model, 0).fields, { seed: 7, service_tier: 'flex' });
    assert.equal(fitTo(set, model, 0).topP, undefined);
    assert.deepEqual(fitTo(set, aModel(), 0), set, 'a model that lists nothing');
    assert.deepEqual(unsupportedSettings(set, 'openrouter', model).map(leftOutWords), [
      "`top_p` isn't sent: the model doesn't support it, or not together with a temperature.",
      "These fields aren't sent, because the model doesn't support them: top_k.",
    ]);
    assert.deepEqual(unsupportedSettings(set, 'other', undefined).map(leftOutWords), [
      "These fields aren't sent, because this server isn't OpenRouter: top_k.",
    ]);
  });
});

describe('the setting of advanced fields', () => {
  it('keeps what can be sent, and names the rest with its model', () => {
    const written = { '*': { seed: 1, model: 'x' }, 'a/b': { top_k: 40, min_p: 5 }, 'c/d': 'no' };
    assert.deepEqual(parseFieldsByModel(written), {
      byModel: { '*': { seed: 1 }, 'a/b': { top_k: 40 }, 'c/d': {} },
      faulty: ['* → model', 'a/b → min_p', 'c/d'],
    });
    for (const wrong of [undefined, null, 5, 'x', []]) {
      assert.deepEqual(parseFieldsByModel(wrong), { byModel: {}, faulty: [] });
    }
  });

  const set = (changes: Partial<Record<FieldSetting, unknown>>, requestFields = {}, model = 'a/b') => {
    const all: Readonly<Record<FieldSetting, unknown>> = {
      ...{ sampling: 'default', temperature: null, topP: null },
      ...{ contextCompression: 'default', responseHealing: false },
      ...changes,
    };
    return fieldSettings((name) => all[name] as never, requestFields, model);
  };

  it("yields the model's own fields before single settings before the preset", () => {
    assert.deepEqual(set({}), {});
    assert.deepEqual(set({ sampling: 'precise' }), { temperature: 0.2, topP: 0.9 });
    assert.deepEqual(set({ sampling: 'creative', temperature: 0 }), { temperature: 0, topP: 1 });
    const requestFields = { '*': { temperature: 0.3, seed: 1, top_k: 5 }, 'a/b': { seed: 2, top_p: 0.4 } };
    assert.deepEqual(set({ sampling: 'balanced', temperature: 1 }, requestFields), {
      ...{ temperature: 0.3, topP: 0.4 },
      fields: { seed: 2, top_k: 5 },
    });
    assert.deepEqual(set({}, requestFields, 'constructor').fields, { seed: 1, top_k: 5 });
    for (const sampling of ['precise', 'balanced', 'creative']) {
      const { temperature = -1, topP = -1 } = set({ sampling });
      assert.ok(temperature >= 0 && temperature <= 2 && topP > 0 && topP <= 1, sampling);
    }
  });

  it("doesn't send a temperature and top_p together to models that refuse both", () => {
    const both = { model: 'x', maxTokens: 100, ...set({ sampling: 'precise' }) };
    for (const id of ['anthropic/claude-a', '~anthropic/claude-latest']) {
      assert.deepEqual(
        [fitTo(both, aModel({ id }), 0).temperature, fitTo(both, aModel({ id }), 0).topP],
        [0.2, undefined],
      );
    }
    assert.equal(
      fitTo({ ...both, temperature: undefined } as never, aModel({ id: 'anthropic/c' }), 0).topP,
      0.9,
    );
    assert.equal(fitTo(both, aModel({ id: 'a/anthropic' }), 0).topP, 0.9);
  });
});

describe('what OpenRouter itself does with a request', () => {
  const schema = { name: clean('s'), schema: clean({ type: 'object' }) };
  const plugins = (facts: Partial<ChatRequest>, kind?: ServerKind) =>
    toChatBody(aRequest(facts), kind).plugins;
  const autoRouter: AutoRouter = { allowed_models: ['a/*'], cost_tier: 'low' };

  it('is compression of a chat, never of code that is edited', () => {
    assert.deepEqual(plugins({ contextCompression: true }), [
      { id: 'context-compression', engine: 'middle-out' },
    ]);
    assert.deepEqual(plugins({ contextCompression: false }), [{ id: 'context-compression', enabled: false }]);
    assert.equal(plugins({ contextCompression: true, schema }), undefined);
    assert.equal(plugins({ contextCompression: true }, 'other'), undefined);
    const long = { model: 'a', maxTokens: 8_192, contextCompression: true };
    assert.equal(fitTo(long, aModel({ contextLength: 10_000 }), 50_000).maxTokens, 2_500);
  });

  it('is repair of a structured answer, which then comes in one piece', () => {
    const body = toChatBody(aRequest({ responseHealing: true, schema }));
    assert.deepEqual([body.stream, body.plugins], [false, [{ id: 'response-healing' }]]);
    assert.ok(!('stream_options' in body));
    const others: readonly Partial<ChatRequest>[] = [{}, { schema: { ...schema, form: 'tool' } }];
    for (const facts of others) {
      assert.equal(toChatBody(aRequest({ responseHealing: true, ...facts })).stream, true);
    }
    assert.equal(toChatBody(aRequest({ responseHealing: true, schema }), 'other').stream, true);
  });

  it('is a choice of models, where the Auto Router is asked', () => {
    const wanted = { id: 'auto-router', ...autoRouter };
    assert.deepEqual(plugins({ model: 'openrouter/auto', autoRouter }), [wanted]);
    assert.deepEqual(plugins({ fallbackModels: ['openrouter/auto'], autoRouter }), [wanted]);
    assert.deepEqual(plugins({ model: 'openrouter/auto-beta', autoRouter }), [
      { ...wanted, id: 'auto-beta-router' },
    ]);
    assert.equal(plugins({ autoRouter }), undefined);
  });

  it('is nothing while that choice cannot be read', () => {
    for (const wrong of [
      5,
      [],
      { allowed_models: 'a' },
      { cost_tier: 'cheap' },
      { pin_model: 'x' },
      { excluded_models: [''] },
    ]) {
      assert.equal(parseAutoRouter(wrong).faults.length, 1, JSON.stringify(wrong));
    }
    assert.deepEqual(parseAutoRouter({ allowed_models: [], cost_tier: 'max' }), {
      choice: { cost_tier: 'max' },
      faults: [],
    });
    assert.deepEqual(parseAutoRouter(undefined), { choice: {}, faults: [] });
  });
});

describe('the estimate', () => {
  const priced = (id: string, dollars: number): Model =>
    aModel({ id, pricing: { kind: 'fixed', prompt: dollars * 1_000_000, completion: dollars * 1_000_000 } });
  const models = [
    priced('a/one', 1),
    priced('a/two', 2),
    priced('b/three', 30),
    aModel({ id: 'openrouter/auto', pricing: { kind: 'variable' } }),
  ];
  const list = { models, now: 0, find: (id: string) => models.find((model) => model.id === id) };
  const most = (facts: Partial<ChatRequest>) => mostOf(estimateRequest(aRequest(facts), 1_000, list));

  it('counts the dearest service tier that a request may be billed at', () => {
    const usual = most({ model: 'a/one' }) ?? 0;
    for (const [tier, times] of [
      ['flex', 1],
      ['default', 1],
      ['priority', 6],
      ['fast', 6],
      ['scale', 6],
      ['auto', 6],
    ] as const) {
      assert.equal(most({ model: 'a/one', fields: { service_tier: tier } }), usual * times, tier);
    }
  });

  it('counts only the models that the Auto Router may choose, and the fallbacks', () => {
    const auto = { model: 'openrouter/auto' };
    const all = most(auto);
    assert.equal(all, most({ model: 'b/three' }));
    const only = (autoRouter: AutoRouter, facts = {}) => most({ ...auto, autoRouter, ...facts });
    assert.equal(only({ allowed_models: ['a/*'] }), most({ model: 'a/two' }));
    assert.equal(only({ excluded_models: ['b/*', '*/two'] }), most({ model: 'a/one' }));
    assert.equal(only({ allowed_models: ['a/*'] }, { fallbackModels: ['b/three'] }), all);
    assert.equal(only({ allowed_models: ['none/*'] }), all, 'what is not known may be anything');
    assert.deepEqual(routable(models, { allowed_models: ['a.one', 'a/o'] }), models, 'patterns are literal');
  });
});
