import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { AnswerForm, ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import { textOf } from '../../../src/core/conversation/message.ts';
import type { Model } from '../../../src/core/model/model.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { generateSnippet, type SnippetInput } from '../../../src/core/prompts/generateSnippet.ts';
import {
  answerFormFor,
  runStructuredPrompt,
  type RunOptions,
} from '../../../src/core/prompts/structured/structuredPrompt.ts';
import { estimateTokens } from '../../../src/core/context/contextItem.ts';
import { RequestEstimator } from '../../../src/core/conversation/generation/requestEstimator.ts';
import { userInstructionsPath, withInstructions } from '../../../src/core/prompts/instructions.ts';
import { aContextItem, aModel } from '../../support/builders.ts';
import { FakeChatModel } from '../../support/fakes.ts';
import { startOwnTimer } from '../../support/ownTime.ts';

const snippet = {
  name: 'Guard',
  prefix: 'guard',
  language: 'typescript',
  description: 'Guards.',
  body: 'if ({{x}}) {}',
  placeholders: [{ name: 'x', default: 'true' }],
};
const json = JSON.stringify(snippet);

describe('a structured prompt', () => {
  let chat: FakeChatModel;

  beforeEach(() => {
    chat = new FakeChatModel();
  });

  const run = (
    signal = new AbortController().signal,
    input: Partial<SnippetInput> = {},
    options: Partial<RunOptions> = {},
  ) =>
    runStructuredPrompt(
      generateSnippet,
      { description: 'a guard', languageId: 'typescript', ...input },
      { chat, settings: { model: 'author/model', maxTokens: 100 }, signal, ...options },
    );
  /** Asks the model of this row of the catalog. */
  const runWith = (model: Model) => run(undefined, {}, { model });
  const willSay = (text: string): void => {
    chat.willAnswer({ type: 'text', text });
  };
  const call = (text: string, name = 'snippet'): ResponseEvent => ({
    type: 'toolCalls',
    calls: [{ id: 'call', name, arguments: text }],
  });

  it('begins with the instructions that belong to it, in all rounds, and leaves room for them', async () => {
    const own = aContextItem({ path: userInstructionsPath, text: 'Use tabs. '.repeat(200) });
    const system = withInstructions(generateSnippet.system, [own]);
    const model = aModel({ contextLength: 1_000 });
    const settings = { model: model.id, maxTokens: 1_000 };
    const known = { models: [model], find: () => model };
    willSay('{}');
    willSay(json);
    await run(undefined, {}, { system, model, settings });
    assert.equal(chat.requests.length, 2);
    for (const request of chat.requests) {
      assert.ok(request.system.startsWith(generateSnippet.system));
      assert.match(request.system, /Instructions of the user:\n\nUse tabs\./);
      const { tokens } = new RequestEstimator(known, () => 0).estimate(request);
      assert.ok(tokens > own.tokens && request.maxTokens < 1_000 - estimateTokens(system));
    }
  });

  for (const [what, text] of [
    ['wrapped in its name', `{"snippet":${json}}`],
    ['printed as a call', `<tool_call>{"name":"snippet","arguments":${json}}</tool_call>`],
    [
      'with a list as text',
      JSON.stringify({ ...snippet, placeholders: JSON.stringify(snippet.placeholders) }),
    ],
    ['with a bad escape', json.replace('{{x}}', String.raw`{{x}} \d`).replaceAll(String.raw`\\`, '\\')],
  ] as const) {
    it(`is read and not asked for twice: ${what}`, async () => {
      willSay(text);
      assert.equal((await run())?.value.placeholders[0]?.name, 'x');
      assert.equal(chat.requests.length, 1);
    });
  }

  for (const [what, before] of [
    ['a rejected draft in a tag', `<think>First: ${json.replace('Guard', 'Draft')}\nNo.</think>\n`],
    ['many braces in a tag', `<think>${'The block { a(); } runs. '.repeat(30)}</think>`],
    ['a rejected draft before a lone closing tag', `${json.replace('Guard', 'Draft')}\nNo.\n</think>\n`],
  ] as const) {
    it(`takes no thought for the answer: ${what}`, async () => {
      willSay(before + json);
      assert.equal((await run())?.value.name, 'Guard');
      assert.equal(chat.requests.length, 1);
    });
  }

  it('sends its schema and gives the validated answer with its usage', async () => {
    const usage = { promptTokens: 1, completionTokens: 2, cost: 3 };
    const origin = { generationId: 'gen-1', model: 'author/model-2026' };
    chat.willAnswer(
      { type: 'origin', ...origin },
      { type: 'reasoning', text: '{"not": "this"}' },
      { type: 'text', text: json.slice(0, 9) },
      { type: 'text', text: json.slice(9) },
      { type: 'finish', reason: 'stop' },
      { type: 'usage', usage },
    );
    assert.deepEqual(await run(), { value: snippet, usage, origin });
    const request = chat.requests[0];
    assert.deepEqual(
      [request?.schema?.name, request?.model, request?.maxTokens],
      ['snippet', 'author/model', 100],
    );
  });

  it('puts the selection before the words, which name the language', async () => {
    chat.willAnswer({ type: 'text', text: json });
    await run(undefined, { selection: aContextItem() });
    const question = chat.requests[0]?.messages[0];
    assert.ok(question);
    assert.deepEqual(
      question.parts.map(({ type }) => type),
      ['context', 'text'],
    );
    assert.equal(textOf(question), 'Language: typescript\nSnippet: a guard');
  });

  const wrapped: readonly (readonly [string, string])[] = [
    ['in a fence', `\`\`\`json\n${JSON.stringify(snippet, undefined, 2)}\n\`\`\``],
    ['in a fence without a language', `\`\`\`\n${json}\n\`\`\``],
    ['in a fence between sentences with braces', `Use {{x}} so:\n\`\`\`json\n${json}\n\`\`\`\nEnjoy {}!`],
    ['between sentences', `Here you are: ${json} Enjoy!`],
    ['between line breaks', `\n\n${json}\n`],
  ];
  for (const [where, text] of wrapped) {
    it(`finds an answer ${where}`, async () => {
      chat.willAnswer({ type: 'text', text });
      assert.deepEqual((await run())?.value, snippet);
    });
  }

  it('keeps a fence that belongs to the answer', async () => {
    const body = '```ts\n{{x}}\n```';
    chat.willAnswer({ type: 'text', text: JSON.stringify({ ...snippet, body }) });
    assert.equal((await run())?.value.body, body);
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['prose', 'I would rather not.'],
    ['a list', `[${json}]`.replace(/[{}]/g, '')],
    ['JSON that is cut off', json.slice(0, 40)],
    ['a missing property', JSON.stringify({ ...snippet, body: undefined })],
    ['an empty body', JSON.stringify({ ...snippet, body: '' })],
    ['a property of another type', JSON.stringify({ ...snippet, placeholders: 'x' })],
  ];
  for (const [what, text] of wrong) {
    it(`refuses ${what}, and keeps the raw text`, async () => {
      willSay('Nor does this fit.');
      willSay(text);
      await assert.rejects(
        run(),
        (error) =>
          error instanceof RequestError &&
          error.kind === 'invalidAnswer' &&
          error.facts.detail?.includes(text),
      );
    });
  }

  it('adds a missing last bracket only to an answer that the model finished', async () => {
    const open = json.slice(0, -1);
    chat.willAnswer({ type: 'text', text: open }, { type: 'finish', reason: 'stop' });
    assert.deepEqual((await run())?.value, snippet);
    chat.willAnswer({ type: 'text', text: open }, { type: 'finish', reason: 'length' });
    await assert.rejects(
      run(),
      (error) => error instanceof RequestError && error.facts.detail?.startsWith('The answer was cut off'),
    );
    chat.willAnswer({ type: 'text', text: open });
    chat.willAnswer({ type: 'text', text: json }, { type: 'finish', reason: 'stop' });
    assert.deepEqual((await run())?.value, snippet);
    assert.equal(chat.requests.length, 4, 'the third was sent back');
  });

  it('says that an answer was cut off at the length limit', async () => {
    chat.willAnswer({ type: 'text', text: json.slice(0, 40) }, { type: 'finish', reason: 'length' });
    await assert.rejects(
      run(),
      (error) => error instanceof RequestError && error.facts.detail?.startsWith('The answer was cut off'),
    );
    assert.equal(chat.requests.length, 1, 'asking again would be cut off again');
  });

  it('does not ask again after a filter has ended the answer', async () => {
    chat.willAnswer({ type: 'text', text: json.slice(0, 40) }, { type: 'finish', reason: 'content_filter' });
    await assert.rejects(run(), (error) => error instanceof RequestError && error.kind === 'contentFilter');
    assert.equal(chat.requests.length, 1);
  });

  it('says that an answer is empty, and sends it back once as any other', async () => {
    for (const nothing of ['', ' \n']) {
      willSay(nothing);
      willSay(nothing);
      await assert.rejects(run(), (error) => error instanceof RequestError && error.kind === 'emptyAnswer');
    }
    assert.equal(chat.requests.length, 4);
  });

  describe('asks in the form that the model takes', () => {
    const forms: readonly (readonly [string, Model | undefined, AnswerForm])[] = [
      ['a strict format', aModel(), 'format'],
      ['a strict format when it is unknown', undefined, 'format'],
      ['a forced call when it has tools only', aModel({ capabilities: ['tools'] }), 'tool'],
      ['JSON when it has neither', aModel({ capabilities: ['images'] }), 'json'],
      [
        'a forced call when it can be told to',
        aModel({ capabilities: ['tools'], parameters: ['tools', 'tool_choice'] }),
        'tool',
      ],
      [
        'JSON when it decides itself what to call',
        aModel({ capabilities: ['tools'], parameters: ['tools', 'temperature'] }),
        'json',
      ],
      ['JSON when it refuses tools', aModel({ capabilities: ['tools'], toolless: true }), 'json'],
    ];
    for (const [name, model, form] of forms) {
      it(name, async () => {
        assert.equal(answerFormFor(model), form);
        willSay(json);
        assert.deepEqual((await run(undefined, {}, { model }))?.value, snippet);
        assert.equal(chat.requests[0]?.schema?.form, form);
      });
    }

    it("and uses the call's arguments, whatever the text beside it", async () => {
      chat.willAnswer({ type: 'text', text: 'One moment. {"a": 1}' }, call(json));
      assert.deepEqual((await runWith(aModel({ capabilities: ['tools'] })))?.value, snippet);
    });

    it('and ignores other tools', async () => {
      chat.willAnswer(call(json, 'another'));
      chat.willAnswer(call(json, 'another'));
      await assert.rejects(runWith(aModel({ capabilities: ['tools'] })), RequestError);
    });

    it('and asks for no more than the model can say', async () => {
      willSay(json);
      await runWith(aModel({ maxOutput: 40 }));
      assert.equal(chat.requests[0]?.maxTokens, 40);
    });
  });

  describe('sends an answer that does not fit back once', () => {
    const misfit = JSON.stringify({ ...snippet, body: 7, placeholders: undefined });

    it('within the budget of the run, which has both requests', async () => {
      const budget = { id: 'run', limit: 1 };
      chat.willAnswer({ type: 'text', text: misfit });
      chat.willAnswer(new RequestError('runBudget'));
      await assert.rejects(run(undefined, {}, { run: budget }), { kind: 'runBudget' });
      assert.deepEqual(
        chat.requests.map((request) => request.run),
        [budget, budget],
      );
    });

    it('with a further budget, confirmed if too little is left of the first', async () => {
      const [first, more] = [
        { id: 'run', limit: 1 },
        { id: 'run', limit: 9 },
      ];
      const usage = { promptTokens: 10, completionTokens: 5, cost: 100 };
      chat.willAnswer({ type: 'text', text: misfit }, { type: 'usage', usage });
      chat.willAnswer(new RequestError('runBudget'));
      chat.willAnswer({ type: 'text', text: json });
      const asked: unknown[] = [];
      const answer = await run(
        undefined,
        {},
        {
          run: first,
          moreBudget: (request, spent) => {
            asked.push([request.messages.length, spent]);
            return Promise.resolve(more);
          },
        },
      );
      assert.deepEqual(answer?.value, snippet);
      assert.deepEqual(asked, [[3, usage]]);
      assert.deepEqual(
        chat.requests.map((request) => request.run),
        [first, first, more],
      );
    });

    it('unless that budget is declined: then the first answer stands', async () => {
      chat.willAnswer({ type: 'text', text: misfit });
      chat.willAnswer(new RequestError('runBudget'));
      const refusing = { run: { id: 'run', limit: 1 }, moreBudget: () => Promise.resolve(undefined) };
      await assert.rejects(run(undefined, {}, refusing), (error: unknown) => {
        assert.ok(error instanceof RequestError && error.kind === 'invalidAnswer');
        assert.ok(error.facts.detail?.endsWith(misfit));
        return true;
      });
    });

    it('and asks for no budget where something else fails', async () => {
      chat.willAnswer({ type: 'text', text: misfit });
      chat.willAnswer(new RequestError('dayBudget'));
      const never = { moreBudget: () => Promise.reject(new Error('nobody was to be asked')) };
      await assert.rejects(run(undefined, {}, never), { kind: 'dayBudget' });
    });

    it('with its faults, and adds up the usage of both rounds', async () => {
      const usage = { promptTokens: 10, completionTokens: 5, cost: 100 };
      chat.willAnswer({ type: 'text', text: misfit }, { type: 'usage', usage });
      chat.willAnswer(
        { type: 'text', text: json },
        { type: 'usage', usage: { promptTokens: 20, completionTokens: 6, cost: 200 } },
      );
      assert.deepEqual(await run(), {
        value: snippet,
        usage: { promptTokens: 30, completionTokens: 11, cost: 300 },
      });
      const messages = chat.requests[1]?.messages ?? [];
      assert.deepEqual(
        messages.map(({ role }) => role),
        ['user', 'assistant', 'user'],
      );
      assert.deepEqual(messages[0], chat.requests[0]?.messages[0]);
      assert.equal(messages[1] && textOf(messages[1]), misfit);
      const complaint = messages[2] ? textOf(messages[2]) : '';
      assert.match(complaint, /^body: must be of type string$/m);
      assert.match(complaint, /^placeholders: must be of type array$/m);
    });

    it('as it was called', async () => {
      chat.willAnswer(call(misfit));
      chat.willAnswer(call(json));
      assert.deepEqual((await runWith(aModel({ capabilities: ['tools'] })))?.value, snippet);
      const [, answer, complaint] = chat.requests[1]?.messages ?? [];
      assert.equal(answer && textOf(answer), misfit);
      assert.match(complaint ? textOf(complaint) : '', /Call the tool again/);
    });

    it('and fails when the second one does not fit either, keeping that one', async () => {
      willSay(misfit);
      willSay('Sorry, no.');
      await assert.rejects(
        run(),
        (error) =>
          error instanceof RequestError &&
          error.kind === 'invalidAnswer' &&
          error.facts.detail === "The answer doesn't contain a JSON object.\n\nSorry, no.",
      );
      assert.equal(chat.requests.length, 2);
    });

    it('and fails as the second request fails', async () => {
      willSay(misfit);
      chat.willAnswer(new RequestError('rateLimit'));
      await assert.rejects(run(), (error) => error instanceof RequestError && error.kind === 'rateLimit');
    });

    it('but not when it was canceled meanwhile', async () => {
      const stop = new AbortController();
      chat.willDo(async function* () {
        yield { type: 'text', text: misfit };
        await Promise.resolve();
        stop.abort();
      });
      assert.equal(await run(stop.signal), undefined);
      assert.equal(chat.requests.length, 1);
    });

    it('but not when it is so long that it would be dear', async () => {
      willSay(`{"name": "${'x'.repeat(200_000)}"}`);
      await assert.rejects(run(), (error) => error instanceof RequestError && error.kind === 'invalidAnswer');
      assert.equal(chat.requests.length, 1);
    });
  });

  it('stops an answer without an end, and keeps its beginning', async () => {
    let [pieces, closed] = [0, false];
    chat.willDo(async function* () {
      try {
        for (;;) {
          await Promise.resolve();
          pieces += 1;
          yield { type: 'text', text: '{"a": ["'.repeat(10_000) };
        }
      } finally {
        closed = true;
      }
    });
    const passed = startOwnTimer();
    await assert.rejects(
      run(),
      (error) =>
        error instanceof RequestError &&
        error.kind === 'invalidAnswer' &&
        (error.facts.detail?.length ?? Infinity) < 20_000 &&
        error.facts.detail?.includes('too long'),
    );
    assert.ok(closed && pieces < 20, 'it must stop reading');
    assert.ok(passed() < 1_000);
  });

  it('says only the first of many faults', async () => {
    const placeholders = Array.from({ length: 1_000 }, () => ({ name: {}, default: {} }));
    willSay(JSON.stringify({ ...snippet, placeholders }));
    willSay(json);
    await run();
    const complaint = chat.requests[1]?.messages[2];
    assert.ok(complaint && textOf(complaint).length < 1_000);
  });

  it('fails as its request fails', async () => {
    chat.willAnswer({ type: 'text', text: json }, new RequestError('truncated'));
    await assert.rejects(run(), (error) => error instanceof RequestError && error.kind === 'truncated');
  });

  it('gives nothing when it is canceled', async () => {
    const stop = new AbortController();
    chat.willDo(async function* () {
      yield { type: 'text', text: json };
      await Promise.resolve();
      stop.abort();
    });
    assert.equal(await run(stop.signal), undefined);
  });
});
