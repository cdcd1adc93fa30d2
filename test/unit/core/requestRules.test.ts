import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ChatRequest } from '../../../src/core/conversation/chatModel.ts';
import type { Model } from '../../../src/core/model/model.ts';
import { toChatBody, type ChatBody } from '../../../src/core/openrouter/request.ts';
import { leftOutOf, type RequestReader } from '../../../src/core/openrouter/requestRules.ts';
import { aContextItem, aModel, aQuestion, aRequest } from '../../support/builders.ts';

const openRouter = (model?: Model): RequestReader => ({ kind: 'openrouter', model });
const other: RequestReader = { kind: 'other' };

function bodyOf(facts: Partial<ChatRequest>, reader = openRouter(aModel())): ChatBody {
  return toChatBody(aRequest(facts), reader);
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

  it('has no others beside it when none are set', () => {
    assert.ok(!('models' in bodyOf({})) && !('models' in bodyOf({ fallbackModels: [] })));
  });
});

describe('the longest answer', () => {
  const rows: readonly (readonly [string, Partial<Model>, number, number])[] = [
    ['what is asked for', {}, 100, 100],
    ['what the model can give', { maxOutput: 50 }, 100, 50],
    ['never less than providers take', { maxOutput: 1 }, 100, 16],
  ];
  for (const [what, model, maxTokens, sent] of rows) {
    it(`is ${what}`, () => {
      assert.equal(bodyOf({ maxTokens }, openRouter(aModel(model))).max_tokens, sent);
    });
  }

  it('is what the prompt leaves of the context', () => {
    const item = aContextItem({ tokens: 900 });
    const messages = [aQuestion('', { parts: [{ type: 'context', item }] })];
    const model = aModel({ contextLength: 1_000, maxOutput: 1_000 });
    const { max_tokens: sent } = bodyOf({ messages, maxTokens: 500 }, openRouter(model));
    assert.ok(sent < 100 && sent > 80, String(sent));
    const tight = aModel({ contextLength: 901 });
    assert.equal(bodyOf({ messages, maxTokens: 500 }, openRouter(tight)).max_tokens, 16);
  });

  it('is sent in every case, as a whole number that the model can give', () => {
    const facts = fc.record({
      contextLength: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
      maxOutput: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
      maxTokens: fc.integer({ min: 16, max: 100_000 }),
    });
    fc.assert(
      fc.property(facts, fc.string(), ({ contextLength, maxOutput, maxTokens }, text) => {
        const model: Model = {
          id: 'a/b',
          name: 'B',
          capabilities: [],
          ...(contextLength !== undefined && { contextLength }),
          ...(maxOutput !== undefined && { maxOutput }),
        };
        const sent = bodyOf({ maxTokens, messages: [aQuestion(text)] }, openRouter(model)).max_tokens;
        assert.ok(Number.isInteger(sent) && sent >= 16 && sent <= maxTokens);
        assert.ok(sent === 16 || sent <= Math.min(maxOutput ?? Infinity, contextLength ?? Infinity));
      }),
    );
  });
});

describe('the reasoning effort', () => {
  const thinks = (mandatory: boolean, efforts?: readonly string[]): Model =>
    aModel({ reasoning: { mandatory, ...(efforts && { efforts }) } });
  const rows: readonly (readonly [string, Model | undefined, ChatRequest['reasoningEffort'], boolean])[] = [
    ['nothing was chosen', thinks(false), undefined, false],
    ['the model knows all efforts', thinks(false), 'xhigh', true],
    ['the model knows this one', thinks(false, ['low', 'high']), 'high', true],
    ['the model does not know this one', thinks(false, ['low', 'high']), 'minimal', false],
    ['the model need not think', thinks(false, ['low', 'high']), 'none', true],
    ['the model cannot but think', thinks(true), 'none', false],
    ['the model does not think', aModel(), 'high', false],
    ['nothing is known of the model', undefined, 'high', false],
  ];
  for (const [when, model, reasoningEffort, sent] of rows) {
    it(`is ${sent ? '' : 'not '}sent when ${when}`, () => {
      const body = bodyOf(reasoningEffort ? { reasoningEffort } : {}, openRouter(model));
      assert.deepEqual(body.reasoning, sent ? { effort: reasoningEffort } : undefined);
      assert.ok(sent || !('reasoning' in body));
    });
  }
});

describe('the temperature', () => {
  it('is sent when it is set, zero too, unless the model is known not to take one', () => {
    const takes = openRouter(aModel({ parameters: ['temperature'] }));
    assert.equal(bodyOf({ temperature: 0 }, takes).temperature, 0);
    assert.equal(bodyOf({ temperature: 0.7 }, openRouter()).temperature, 0.7);
    assert.equal(bodyOf({ temperature: 0.7 }, other).temperature, 0.7);
    assert.ok(!('temperature' in bodyOf({}, takes)));
    assert.ok(
      !('temperature' in bodyOf({ temperature: 0.7 }, openRouter(aModel({ parameters: ['tools'] })))),
    );
  });
});

describe('tools', () => {
  const tool = { name: 'read_file', description: 'Reads.', parameters: { type: 'object' }, strict: true };

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

  it('of OpenRouter follow our own, when the web may be searched and the model can call', () => {
    const types = (facts: Partial<ChatRequest>, reader?: RequestReader) =>
      bodyOf({ tools: [tool], ...facts }, reader).tools?.map(({ type }) => type);
    const web = ['openrouter:web_search', 'openrouter:web_fetch', 'openrouter:datetime'];
    assert.deepEqual(types({ webSearch: true }), ['function', ...web]);
    assert.deepEqual(types({ webSearch: true, tools: [] }), web);
    assert.deepEqual(types({ webSearch: false }), ['function']);
    assert.deepEqual(types({ webSearch: true }, openRouter(aModel({ parameters: ['stop'] }))), ['function']);
    assert.deepEqual(types({ webSearch: true }, other), ['function']);
  });
});

describe('plugins', () => {
  const pdf = { type: 'file', name: 'a.pdf', url: 'data:application/pdf;base64,AA==' } as const;
  const withFile = { messages: [aQuestion('', { parts: [pdf] })] };
  const healing = [{ id: 'response-healing' }] as const;

  it('are sent as they are wished', () => {
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

  it('mend JSON only of answers in one piece', () => {
    const schema = { name: 's', schema: {} };
    assert.deepEqual(bodyOf({ plugins: healing, schema, stream: false }).plugins, healing);
    assert.deepEqual(bodyOf({ plugins: healing, json: true, stream: false }).plugins, healing);
    assert.ok(!('plugins' in bodyOf({ plugins: healing, schema })));
    assert.ok(!('plugins' in bodyOf({ plugins: healing, stream: false })));
  });
});

describe('the form of an answer', () => {
  it('is some object, one of a schema, or left open; in one piece on request', () => {
    assert.deepEqual(bodyOf({ json: true }).response_format, { type: 'json_object' });
    assert.equal(
      bodyOf({ json: true, schema: { name: 's', schema: {} } }).response_format?.type,
      'json_schema',
    );
    assert.ok(!('response_format' in bodyOf({})));
    const whole = bodyOf({ stream: false });
    assert.ok(!whole.stream && !('stream_options' in whole));
  });
});

describe('what is left out', () => {
  const everything = {
    fallbackModels: ['a/b'],
    reasoningEffort: 'high',
    temperature: 1,
    webSearch: true,
    responseCache: 'use',
    plugins: [{ id: 'context-compression' }],
    sessionId: 's',
    schema: { name: 's', schema: {} },
  } as const satisfies Partial<ChatRequest>;
  const able = aModel({ parameters: ['temperature', 'tools'], reasoning: { mandatory: false } });

  it('is nothing, where OpenRouter and the model take everything', () => {
    assert.deepEqual(leftOutOf(aRequest(everything), openRouter(able)), []);
    assert.deepEqual(leftOutOf(aRequest(), other), []);
  });

  it('is whatever the model does not take', () => {
    assert.deepEqual(leftOutOf(aRequest(everything), openRouter(aModel({ parameters: [] }))), [
      { what: 'reasoningEffort', because: 'model' },
      { what: 'temperature', because: 'model' },
      { what: 'webSearch', because: 'model' },
    ]);
  });

  it('is all of OpenRouter, where the server is another: only fields of OpenAI remain', () => {
    const body = toChatBody(aRequest(everything), other);
    assert.deepEqual(Object.keys(body).sort(), [
      'max_tokens',
      'messages',
      'model',
      'response_format',
      'stream',
      'stream_options',
      'temperature',
    ]);
    assert.deepEqual(
      leftOutOf(aRequest(everything), other).map(({ what, because }) => `${what}: ${because}`),
      ['fallbackModels', 'reasoningEffort', 'webSearch', 'responseCache', 'plugins'].map(
        (what) => `${what}: server`,
      ),
    );
  });
});
