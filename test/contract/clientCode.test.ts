import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import ts from 'typescript';
import { root } from '../../scripts/vscode/folders.ts';
import {
  clientCode,
  clientForms,
  type ClientForm,
  type ClientTarget,
} from '../../src/core/openrouter/chat/clientCode.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';

const run = promisify(execFile);
const model = 'anthropic/claude-sonnet-4.6';
const routing = {
  order: ["o'brien/fp8", 'back\\slash'],
  zdr: true,
  allow_fallbacks: true,
  max_price: { prompt: 100, completion: '200.5' },
  preferred_max_latency: 1e-7,
  sort: null,
};

/** What a chat may be set to, and what of it goes beside the model and the question. */
const targets: Readonly<Record<string, readonly [Partial<ClientTarget>, body: object]>> = {
  'the defaults': [{}, { max_tokens: 64 }],
  'everything set': [
    {
      settings: {
        ...{ model, maxTokens: 64, temperature: 0.2, reasoningEffort: 'low', responseCache: true },
        ...{ fallbackModels: ['openai/gpt-5.4'], routing, webSearch: true, explicitCache: true },
      },
      headers: { 'x-gateway': `it's "ours" $HOME \`x\``, 'x-portkey-api-key': 'not to be written' },
    },
    {
      max_tokens: 64,
      temperature: 0.2,
      reasoning: { effort: 'low' },
      models: ['openai/gpt-5.4'],
      provider: routing,
      tools: ['web_search', 'web_fetch', 'datetime'].map((name) => ({ type: `openrouter:${name}` })),
      max_tool_calls: 8,
    },
  ],
  'another server': [
    { kind: 'other', settings: { model, maxTokens: 64, temperature: 0, routing, webSearch: true } },
    { max_tokens: 64, temperature: 0 },
  ],
};

/** Stands for the package of that name, which this machine may not have: it sends what it is called with. */
const openaiModule = `
import json, urllib.request
from types import SimpleNamespace as Space
class OpenAI:
    def __init__(self, *, base_url, api_key, default_headers={}):
        def create(*, extra_body={}, **known):
            headers = {"Content-Type": "application/json", "Authorization": "Bearer " + api_key, **default_headers}
            data = json.dumps({**known, **extra_body}).encode()
            answer = json.load(urllib.request.urlopen(urllib.request.Request(base_url + "/chat/completions", data, headers)))
            return Space(choices=[Space(message=Space(**each["message"])) for each in answer["choices"]])
        self.chat = Space(completions=Space(create=create))
`;

const runners: Readonly<Record<ClientForm, readonly [program: string, file: string]>> = {
  typescriptSdk: [process.execPath, 'sdk.mts'],
  typescriptFetch: [process.execPath, 'fetch.mts'],
  pythonSdk: ['python3', 'sdk.py'],
  pythonLibrary: ['python3', 'library.py'],
  curl: ['sh', 'call.sh'],
};
/** Machines without Python or curl can't run that code. */
const needed: Readonly<Partial<Record<string, string>>> = { sh: 'curl' };
const runnable = clientForms.filter((form) => {
  const [program] = runners[form];
  return spawnSync(needed[program] ?? program, ['--version']).status === 0;
});

describe('the code for a program of the user', () => {
  let simulator: Simulator;
  let folder: string;

  before(async () => {
    simulator = await startSimulator();
    folder = await mkdtemp(join(tmpdir(), 'client-'));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'openai.py'), openaiModule);
  });
  after(async () => {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  const targetOf = (target: Partial<ClientTarget>): ClientTarget => ({
    ...{ settings: { model, maxTokens: 64 }, baseUrl: simulator.baseUrl, kind: 'openrouter' },
    ...target,
  });

  for (const [name, [target, body]] of Object.entries(targets)) {
    for (const form of runnable) {
      it(`runs as ${form} with ${name}, and asks what the chat would`, async () => {
        const code = clientCode(form, targetOf(target));
        assert.doesNotMatch(code, /sk-or-|not to be written/);
        const [program, file] = runners[form];
        await writeFile(join(folder, file), code);
        simulator.journal.clear();
        const { stdout } = await run(program, [join(folder, file)], {
          env: { ...process.env, OPENROUTER_API_KEY: simulatorKey, X_PORTKEY_API_KEY: 'of the gateway' },
        });
        assert.ok(stdout.trim().length > 0);
        const sent = simulator.journal.last('/chat/completions');
        assert.equal(sent?.headers['authorization'], `Bearer ${simulatorKey}`);
        for (const [header, value] of Object.entries(target.headers ?? {})) {
          assert.equal(sent.headers[header], header.includes('key') ? 'of the gateway' : value);
        }
        assert.equal(sent.headers['x-openrouter-cache'], target.settings?.responseCache ? 'true' : undefined);
        const messages = [{ role: 'user', content: 'Say hello in one sentence.' }];
        assert.deepEqual(sent.body, { model, messages, ...body });
      });
    }
  }

  it('passes the strictest TypeScript, with the types of the package', async () => {
    const sources = join(folder, 'types');
    await mkdir(sources);
    const files = await Promise.all(
      Object.values(targets).flatMap(([target], at) =>
        (['typescriptSdk', 'typescriptFetch'] as const).map(async (form) => {
          const file = join(sources, `${form}${String(at)}.mts`);
          await writeFile(file, clientCode(form, targetOf(target)));
          return file;
        }),
      ),
    );
    const program = ts.createProgram(files, {
      ...{ strict: true, noEmit: true, skipLibCheck: true, types: ['node'] },
      ...{ noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true },
      ...{ exactOptionalPropertyTypes: true, target: ts.ScriptTarget.ES2023 },
      module: ts.ModuleKind.NodeNext,
    });
    assert.deepEqual(
      ts
        .getPreEmitDiagnostics(program)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
      [],
    );
  });

  it('needs no key, and no variable, where the server needs none', () => {
    for (const form of clientForms) {
      const code = clientCode(form, targetOf({ kind: 'other', isKeyless: true }));
      assert.doesNotMatch(code, /OPENROUTER_API_KEY|Bearer/, form);
    }
  });
});
