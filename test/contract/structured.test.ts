import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Model } from '../../src/core/model/model.ts';
import { CatalogClient } from '../../src/core/openrouter/account/catalogClient.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import { toCommitText } from '../../src/core/prompts/commitText.ts';
import { documentCode, editCode, refactorCode } from '../../src/core/prompts/editCode.ts';
import type { Edits } from '../../src/core/prompts/edits.ts';
import { explainCode } from '../../src/core/prompts/explainCode.ts';
import { fixCode } from '../../src/core/prompts/fixCode.ts';
import { generateSnippet, type SnippetInput } from '../../src/core/prompts/generateSnippet.ts';
import { reviewCode } from '../../src/core/prompts/reviewCode.ts';
import { toSnippetText } from '../../src/core/prompts/snippetText.ts';
import { toStrictSchema } from '../../src/core/prompts/structured/strictSchema.ts';
import {
  answerFormFor,
  runStructuredPrompt,
  type RunOptions,
  type StructuredPrompt,
} from '../../src/core/prompts/structured/structuredPrompt.ts';
import { suggestNames } from '../../src/core/prompts/suggestNames.ts';
import { writeCommitMessage } from '../../src/core/prompts/writeCommitMessage.ts';
import { writeTests } from '../../src/core/prompts/writeTests.ts';
import { objectIn, objectsIn, type JsonObject } from '../../src/core/util/json.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { aContextItem, clean } from '../support/builders.ts';
import { deferred } from '../support/fakes.ts';
import { failureOf } from './hearing.ts';
import { chunkEvent, json, startPlainServer, type PlainServer } from './plainServer.ts';

const snippet = {
  name: 'Guard',
  prefix: 'guard',
  language: 'typescript',
  description: 'Guards.',
  body: 'if (!{{condition}}) {\n\treturn `${value}`;\n}',
  placeholders: [{ name: 'condition', default: 'ready' }],
};
const text = JSON.stringify(snippet);

describe('a structured prompt against the simulator', () => {
  let simulator: Simulator;
  let chat: OpenRouterClient;

  before(async () => {
    simulator = await startSimulator();
    chat = new OpenRouterClient({
      baseUrl: () => simulator.baseUrl,
      apiKey: () => Promise.resolve(simulatorKey),
    });
  });

  after(() => simulator.close());
  afterEach(() => {
    simulator.reset();
  });

  const run = (input: Partial<SnippetInput> = {}, signal = new AbortController().signal) =>
    runStructuredPrompt(
      generateSnippet,
      { description: 'a guard against negative amounts', languageId: 'typescript', ...input },
      { chat, settings: { model: 'anthropic/claude-sonnet-4.6', maxTokens: 2_000 }, signal },
    );
  /** The model answers so, as if it knew nothing of schemas. */
  const willAnswer = (content: string, changes: Scenario['answer'] = {}): void => {
    simulator.use({ name: 'answers so', about: '', answer: { content, ...changes } });
  };

  it('sends a schema that strict mode accepts, and gets an answer that fits it', async () => {
    const answer = await run({ selection: aContextItem() });
    assert.ok(answer && (answer.usage?.cost ?? 0) > 0);
    assert.deepEqual(Object.keys(answer.value), Object.keys(snippet));
    assert.match(toSnippetText(answer.value), /\$0$/);
    assert.partialDeepStrictEqual(simulator.journal.last('/chat/completions')?.body, {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'snippet', strict: true, schema: toStrictSchema(generateSnippet.schema) },
      },
      provider: { require_parameters: true },
      max_tokens: 2_000,
    });
  });

  const read: readonly (readonly [string, string])[] = [
    ['bare', text],
    ['in a fence', `\`\`\`json\n${text}\n\`\`\``],
    ['among sentences', `Sure! Here is {{your}} snippet:\n\n\`\`\`json\n${text}\n\`\`\`\n\nHave fun.`],
  ];
  for (const [how, content] of read) {
    it(`reads an answer that comes ${how}`, async () => {
      willAnswer(content);
      assert.deepEqual((await run())?.value, snippet);
    });
  }

  it('refuses prose, and keeps it', async () => {
    willAnswer('I cannot write snippets today.');
    const error = await failureOf(run());
    assert.equal(error?.kind, 'invalidAnswer');
    assert.match(error.facts.detail ?? '', /I cannot write snippets today\./);
  });

  it('refuses JSON that was cut at the length limit, says so, and keeps it', async () => {
    willAnswer(text, { finishReason: 'length', cutAfter: 6 });
    const error = await failureOf(run());
    assert.equal(error?.kind, 'invalidAnswer');
    assert.match(error.facts.detail ?? '', /^The answer was cut off at the length limit\.\n\n\{"name/);
  });

  it('asks once more with an answer that does not fit, and pays for both', async () => {
    const once = (await run())?.usage;
    simulator.use('misfit-once');
    const answer = await run();
    assert.deepEqual(answer && Object.keys(answer.value), Object.keys(snippet));
    assert.ok(once && answer?.usage && answer.usage.promptTokens > 2 * once.promptTokens);
    const bodies = simulator.journal.to('/chat/completions');
    assert.equal(bodies.length, 3);
    const messages = messagesIn(bodies.at(-1)?.body);
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['system', 'user', 'assistant', 'user'],
    );
    assert.match(messages[2]?.content ?? '', /I did not read the schema/);
    assert.match(messages[3]?.content ?? '', /^name: must be of type string$/m);
  });

  it('fails as the request fails', async () => {
    simulator.use('midstream-error');
    assert.equal((await failureOf(run()))?.kind, 'provider');
    simulator.use('error-402');
    assert.equal((await failureOf(run()))?.kind, 'credit');
  });

  it('gives nothing when it is canceled', async () => {
    simulator.use('silent');
    const stop = new AbortController();
    const running = run({}, stop.signal);
    await simulator.journal.waitFor(({ path }) => path.endsWith('/chat/completions'));
    stop.abort();
    assert.equal(await running, undefined);
  });
});

const code = [
  'export function convert(amount: any, to: string) {',
  '  if (to == "EUR") return amount;',
  '  console.log(to);',
  '  return amount * rates[to];',
  '}',
];
const money = aContextItem({ path: 'src/money.ts', lines: { start: 10, end: 14 }, text: code.join('\n') });
const items = [money];
const diff = aContextItem({
  path: 'changes.diff',
  languageId: 'diff',
  text: '--- a/src/money.ts\n+++ b/src/money.ts\n@@ -1 +1,2 @@\n-old\n+new\n+more\n',
});

/** Whether a text stands in the code that was sent, at the line that is named. */
function standsAt(text: string, line: number): boolean {
  return code.slice(line - 10, line - 10 + text.split('\n').length).join('\n') === text;
}

function fits({ edits, summary }: Edits): boolean {
  return (
    summary !== '' &&
    edits.length > 0 &&
    edits.every(({ file, search, startLine }) => file === money.path && standsAt(search, startLine))
  );
}

const problems = [
  { path: money.path, startLine: 13, endLine: 13, severity: 'error', message: 'Cannot find name rates.' },
] as const;

/** Every prompt with a question, and with what an answer to that must be. */
const cases: readonly {
  readonly name: string;
  readonly run: (
    options: RunOptions,
  ) => Promise<{ readonly value: unknown; readonly good: boolean } | undefined>;
}[] = [
  asking(fixCode, { items, problems: clean(problems) }, fits),
  asking(refactorCode, { items }, fits),
  asking(editCode, { items, instruction: clean('Compare strictly.') }, fits),
  asking(documentCode, { items }, fits),
  asking(
    reviewCode,
    { items },
    ({ findings }) => findings.length > 2 && findings.every((each) => standsAt(each.quote, each.startLine)),
  ),
  asking(
    writeTests,
    { items, framework: clean('mocha') },
    ({ files }) => files[0]?.path === 'src/money.test.ts',
  ),
  asking(suggestNames, { items, symbol: clean('convert') }, ({ names }) => names.length === 3),
  asking(writeCommitMessage, { items: [diff] }, (message) =>
    toCommitText(message).startsWith('feat(src): change money (simulated)\n\n2 lines added'),
  ),
  asking(
    explainCode,
    { items },
    ({ steps }) => steps.length > 0 && steps.every((each) => standsAt(each.quote, each.startLine)),
  ),
];

function asking<In, Out>(
  prompt: StructuredPrompt<In, Out>,
  input: In,
  isGood: (value: Out) => boolean,
): (typeof cases)[number] {
  return {
    name: prompt.name,
    run: async (options) => {
      const answer = await runStructuredPrompt(prompt, input, options);
      return answer && { value: answer.value, good: isGood(answer.value) };
    },
  };
}

function messagesIn(body: unknown): readonly { readonly role: string; readonly content: string }[] {
  return objectsIn(objectIn(body)?.['messages']).map(({ role, content }) => ({
    role: String(role),
    content: String(content),
  }));
}

describe('every structured prompt against the simulator', () => {
  let simulator: Simulator;
  let chat: OpenRouterClient;
  let models: readonly Model[];

  before(async () => {
    simulator = await startSimulator();
    const server = { baseUrl: () => simulator.baseUrl, apiKey: () => Promise.resolve(simulatorKey) };
    chat = new OpenRouterClient(server);
    models = await new CatalogClient(server).listModels(AbortSignal.timeout(10_000));
  });

  after(() => simulator.close());
  afterEach(() => {
    simulator.reset();
  });

  const optionsFor = (id: string): RunOptions => ({
    chat,
    settings: { model: id, maxTokens: 2_000, temperature: 0.2 },
    model: models.find((model) => model.id === id),
    signal: new AbortController().signal,
  });
  const sent = (): JsonObject => objectIn(simulator.journal.last('/chat/completions')?.body) ?? {};

  const forms = [
    ['anthropic/claude-sonnet-4.6', 'format'],
    ['openai/gpt-4-turbo', 'tool'],
    ['microsoft/phi-4', 'json'],
  ] as const;
  for (const [id, form] of forms) {
    for (const each of cases) {
      it(`gets a good answer to ${each.name} as ${form}`, async () => {
        const options = optionsFor(id);
        assert.equal(answerFormFor(options.model), form);
        const answer = await each.run(options);
        assert.ok(answer?.good, JSON.stringify(answer?.value));
        const body = sent();
        const system = messagesIn(body)[0]?.content ?? '';
        assert.deepEqual(
          {
            format: objectIn(body['response_format'])?.['type'],
            provider: body['provider'],
            choice: body['tool_choice'],
            tools: objectsIn(body['tools']).length,
            schemaInWords: system.includes('"additionalProperties":false'),
          },
          {
            format: { format: 'json_schema', tool: undefined, json: 'json_object' }[form],
            provider: form === 'format' ? { require_parameters: true } : undefined,
            choice: form === 'tool' ? { type: 'function', function: { name: each.name } } : undefined,
            tools: form === 'tool' ? 1 : 0,
            schemaInWords: form === 'json',
          },
        );
      });
    }

    it(`repairs an answer that comes as ${form}, and fails when the next one does not fit either`, async () => {
      const [first] = cases;
      simulator.use('misfit-once');
      assert.ok((await first?.run(optionsFor(id)))?.good);
      simulator.use('misfit');
      const error = await failureOf(Promise.resolve(first?.run(optionsFor(id))));
      assert.deepEqual(
        [error?.kind, error?.facts.detail],
        [
          'invalidAnswer',
          "The answer doesn't contain a JSON object.\n\nI would rather tell you about it in words.",
        ],
      );
    });
  }

  it('reads JSON from a fence with a comment and a trailing comma', async () => {
    simulator.use('fenced-json');
    for (const id of ['anthropic/claude-sonnet-4.6', 'microsoft/phi-4']) {
      assert.ok((await cases[0]?.run(optionsFor(id)))?.good);
    }
  });
});

describe('an answer without an end', () => {
  let server: PlainServer;

  before(async () => {
    server = await startPlainServer();
  });

  after(() => server.close());

  const run = () =>
    runStructuredPrompt(
      fixCode,
      { items, problems: clean(problems) },
      {
        chat: new OpenRouterClient({
          baseUrl: () => server.baseUrl,
          apiKey: () => Promise.resolve('a-key-of-a-gateway'),
        }),
        settings: { model: 'any', maxTokens: 2_000 },
        signal: new AbortController().signal,
      },
    );
  const piece = '{"summary": ["'.repeat(2_000);
  const endless = [
    ['text', { content: piece }],
    ['the arguments of a call', { tool_calls: [{ index: 0, function: { name: 'fix', arguments: piece } }] }],
  ] as const;
  for (const [what, delta] of endless) {
    it(`is given up while it comes as ${what}, and nobody listens any longer`, async () => {
      const closed = deferred<undefined>();
      server.willAnswer((response) => {
        response.on('close', () => {
          closed.resolve(undefined);
        });
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        const write = (): void => {
          if (!response.closed) {
            response.write(chunkEvent(delta), () => setImmediate(write));
          }
        };
        write();
      });
      assert.equal((await failureOf(run()))?.kind, 'invalidAnswer');
      await closed.promise;
    });
  }

  it('is refused when its two megabytes come at once', async () => {
    const message = { role: 'assistant', content: '{"summary": ["'.repeat(150_000) };
    server.willAnswer(json({ choices: [{ index: 0, message, finish_reason: 'stop' }] }));
    const error = await failureOf(run());
    assert.equal(error?.kind, 'invalidAnswer');
    assert.match(error.facts.detail ?? '', /^The answer was too long, so it was discarded\./);
    assert.ok((error.facts.detail?.length ?? 0) < 20_000);
    assert.equal(server.bodies.filter((body) => body.includes('json_schema')).length, 3, 'nobody asks again');
  });
});
