import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { AnswerForm, ChatRequest } from '../../../src/core/conversation/generation/chatModel.ts';
import { unsupportedSettings } from '../../../src/core/model/unsupportedSettings.ts';
import { toChatBody, type ChatBody } from '../../../src/core/openrouter/chat/request.ts';
import type { ServerKind } from '../../../src/core/model/server.ts';
import { aModel, aQuestion, aRequest, clean } from '../../support/builders.ts';

function bodyOf(facts: Partial<ChatRequest>, kind?: ServerKind): ChatBody {
  return toChatBody(aRequest(facts), kind);
}

describe('a model id', () => {
  const ids = [
    'openrouter/auto',
    'openrouter/free',
    '~anthropic/claude-sonnet-latest',
    'a/b:free',
    'a/b:nitro',
    'a/b:floor',
    'a/b:exacto',
    '@preset/my-preset',
    'a/b@preset/my-preset',
  ];
  for (const id of ids) {
    it(`is sent untouched: ${id}`, () => {
      const body = bodyOf({ model: id, fallbackModels: ids });
      assert.equal(body.model, id);
      assert.deepEqual(body.models, ids);
    });
  }

  it('has no fallbacks if none are set', () => {
    assert.ok(!('models' in bodyOf({})) && !('models' in bodyOf({ fallbackModels: [] })));
  });
});

describe('tools', () => {
  const tool = clean({
    name: 'read_file',
    description: 'Reads.',
    parameters: { type: 'object' },
    strict: true,
  });

  it('are sent with their choice', () => {
    assert.partialDeepStrictEqual(
      bodyOf({ tools: [tool], toolChoice: { name: 'read_file' }, parallelToolCalls: false }),
      {
        tools: [{ type: 'function', function: tool }],
        tool_choice: { type: 'function', function: { name: 'read_file' } },
        parallel_tool_calls: false,
      },
    );
    assert.equal(bodyOf({ tools: [tool], toolChoice: 'required' }).tool_choice, 'required');
  });

  it('are not chosen from when there are none', () => {
    const body = bodyOf({ tools: [], toolChoice: 'auto', parallelToolCalls: true });
    assert.ok(!('tools' in body) && !('tool_choice' in body) && !('parallel_tool_calls' in body));
  });

  it('of OpenRouter follow our own, when the web may be searched', () => {
    const types = (facts: Partial<ChatRequest>, kind?: ServerKind) =>
      bodyOf({ tools: [tool], ...facts }, kind).tools?.map(({ type }) => type);
    const web = ['openrouter:web_search', 'openrouter:web_fetch', 'openrouter:datetime'];
    assert.deepEqual(types({ webSearch: true }), ['function', ...web]);
    assert.deepEqual(types({ webSearch: true, tools: [] }), web);
    assert.deepEqual(types({ webSearch: false }), ['function']);
    assert.deepEqual(types({ webSearch: true }, 'other'), ['function']);
  });
});

describe('plugins', () => {
  const pdf = clean({ type: 'file', name: 'a.pdf', url: 'data:application/pdf;base64,AA==' });
  const withFile = { messages: [aQuestion('', { parts: [pdf] })] };
  const healing = [{ id: 'response-healing' }] as const;

  it('are sent as set', () => {
    const plugins = [
      { id: 'context-compression', engine: 'middle-out' },
      { id: 'auto-router', allowed_models: ['a/*'], cost_tier: 'low' },
    ] as const;
    assert.deepEqual(bodyOf({ plugins }).plugins, plugins);
    assert.ok(!('plugins' in bodyOf({})) && !('plugins' in bodyOf({ plugins: [] })));
  });

  it('read a document that is sent, by themselves and once', () => {
    assert.deepEqual(bodyOf(withFile).plugins, [{ id: 'file-parser' }]);
    const own = [{ id: 'file-parser', pdf: { engine: 'mistral-ocr' } }] as const;
    assert.deepEqual(bodyOf({ ...withFile, plugins: own }).plugins, own);
  });

  it('repair JSON only of answers in one piece', () => {
    const schema = { name: 's', schema: {} };
    assert.deepEqual(bodyOf({ plugins: healing, schema: clean(schema), stream: false }).plugins, healing);
    assert.ok(!('plugins' in bodyOf({ plugins: healing, schema: clean(schema) })));
    assert.ok(!('plugins' in bodyOf({ plugins: healing, stream: false })));
  });
});

describe('a structured answer', () => {
  const shape = clean({ type: 'object', properties: {} });
  const asked = (form: AnswerForm, facts: Partial<ChatRequest> = {}, kind?: ServerKind): ChatBody =>
    bodyOf({ schema: { name: clean('s'), schema: shape, form }, routing: { sort: 'price' }, ...facts }, kind);
  const strict = { type: 'json_schema', json_schema: { name: 's', strict: true, schema: shape } } as const;

  it('is requested in a strict format, from providers that support it', () => {
    const body = asked('format');
    assert.deepEqual(body.response_format, strict);
    assert.deepEqual(body.provider, { sort: 'price', require_parameters: true });
    assert.ok(!('tools' in body));
  });

  it('is requested as a required tool call, without reasoning', () => {
    const body = asked('tool', { reasoningEffort: 'high', webSearch: true });
    assert.deepEqual(
      body.tools?.map((tool) => 'function' in tool && [tool.function.name, tool.function.parameters]),
      [['s', shape]],
    );
    assert.deepEqual(body.tool_choice, { type: 'function', function: { name: 's' } });
    assert.deepEqual(body.provider, { sort: 'price' });
    assert.ok(!('response_format' in body) && !('reasoning' in body));
    assert.deepEqual(asked('tool', { reasoningEffort: 'none' }).reasoning, { effort: 'none' });
  });

  it('is requested as JSON, with the schema in the instructions', () => {
    const body = asked('json', { reasoningEffort: 'high' });
    assert.deepEqual(body.response_format, { type: 'json_object' });
    assert.deepEqual(body.reasoning, { effort: 'high' });
    const system = body.messages[0]?.content;
    assert.ok(typeof system === 'string' && system.startsWith('Be brief.\n\n'));
    assert.ok(system.endsWith(`\n${JSON.stringify(shape)}`));
  });

  it('is requested in a strict format whatever the form, on other servers', () => {
    for (const form of ['format', 'tool', 'json'] as const) {
      const body = asked(form, {}, 'other');
      assert.deepEqual(body.response_format, strict);
      assert.equal(body.messages[0]?.content, 'Be brief.');
      assert.ok(!('tools' in body) && !('tool_choice' in body) && !('provider' in body));
    }
  });
});

describe('an answer in one piece', () => {
  it('comes without a stream and its options', () => {
    const whole = bodyOf({ stream: false });
    assert.ok(!whole.stream && !('stream_options' in whole));
  });
});

describe('unsupported settings', () => {
  const everything = {
    fallbackModels: ['a/b'],
    routing: { zdr: true },
    reasoningEffort: 'high',
    temperature: 1,
    webSearch: true,
    responseCache: true,
    plugins: [{ id: 'context-compression' }],
    sessionId: 's',
    schema: clean({ name: 's', schema: {} }),
  } as const satisfies Partial<ChatRequest>;

  it('is nothing, where OpenRouter and the model take everything', () => {
    const able = aModel({ reasoning: { mandatory: false } });
    assert.deepEqual(unsupportedSettings(aRequest(everything), 'openrouter', able), []);
    assert.deepEqual(unsupportedSettings(aRequest(), 'other', undefined), []);
  });

  it("are all settings that the model doesn't support", () => {
    const weak = aModel({ fixedTemperature: true, toolless: true });
    assert.deepEqual(unsupportedSettings(aRequest(everything), 'openrouter', weak), [
      { what: 'reasoningEffort', because: 'model' },
      { what: 'temperature', because: 'model' },
      { what: 'webSearch', because: 'model' },
    ]);
  });

  it('is all of OpenRouter, where the server is another: only fields of OpenAI remain', () => {
    assert.deepEqual(Object.keys(bodyOf(everything, 'other')).sort(), [
      'max_tokens',
      'messages',
      'model',
      'response_format',
      'stream',
      'stream_options',
      'temperature',
    ]);
    assert.deepEqual(
      unsupportedSettings(aRequest(everything), 'other', undefined).map(
        ({ what, because }) => `${what}: ${because}`,
      ),
      ['fallbackModels', 'routing', 'reasoningEffort', 'webSearch', 'responseCache'].map(
        (what) => `${what}: server`,
      ),
    );
  });
});
