import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { RequestEstimate } from '../../src/core/conversation/generation/requestEstimate.ts';
import { ModelCatalog } from '../../src/core/model/catalog.ts';
import { SessionPool } from '../../src/core/conversation/session/sessionPool.ts';
import { toPicoDollars } from '../../src/core/money/money.ts';
import { giveTitle } from '../../src/host/chat/titles.ts';
import { ComposerState } from '../../src/host/chat/composerState.ts';
import { pickModels } from '../../src/host/compare/pickModels.ts';
import { ContextGuard } from '../../src/host/context/contextGuard.ts';
import { selectEffort } from '../../src/host/models/selectEffort.ts';
import { Settings } from '../../src/host/platform/settings.ts';
import { confirmCost } from '../../src/host/words/confirmCost.ts';
import { aContextItem, aModel, asking } from '../support/builders.ts';
import { FakeChatModel, sessionParts } from '../support/fakes.ts';

const settings = new Settings();
const { showWarningMessage, showQuickPick, createQuickPick } = vscode.window;

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('switchboard');
}

async function set(name: string, value: unknown): Promise<void> {
  await configuration().update(name, value, vscode.ConfigurationTarget.Global);
}

function catalogOf(...models: Parameters<typeof aModel>[0][]): ModelCatalog {
  const listed = models.map((model) => aModel(model));
  return new ModelCatalog(
    { listModels: () => Promise.resolve(listed) },
    {
      read: () => Promise.resolve(listed),
      write: () => Promise.resolve(),
      writtenAt: () => Promise.resolve(undefined),
    },
  );
}

describe('what the user is asked', () => {
  let questions: string[];
  let answer: string | undefined;

  beforeEach(() => {
    questions = [];
    answer = undefined;
    vscode.window.showWarningMessage = (words: string) => {
      // The extension itself tells of a setting that can't be read, where it has started.
      questions.push(...(words.startsWith('"switchboard.') ? [] : [words]));
      return Promise.resolve(answer);
    };
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showWarningMessage, showQuickPick, createQuickPick });
    await set('budget.perRequest', undefined);
    await set('reasoningEffort', undefined);
  });

  const cents = (amount: number): number => toPicoDollars(amount * 10_000);
  const known = (most: number): RequestEstimate => ({
    tokens: 10,
    cost: { least: 1, uncached: 1, most: cents(most) },
    uncounted: [],
  });
  const unlisted: RequestEstimate = { tokens: 10, uncounted: [], isUnlisted: true };
  const local: RequestEstimate = { tokens: 10, uncounted: [] };
  const rows: readonly (readonly [what: string, limit: unknown, RequestEstimate, isAsked: boolean])[] = [
    ['less than the budget', undefined, known(99), false],
    ['more than the budget', undefined, known(101), true],
    ['more, with what comes on top', undefined, { ...known(60), extra: cents(50) }, true],
    ['a lot, where nobody is ever asked', null, known(10_000), false],
    ['anything at all, where one is always asked', 0, known(1), true],
    ['nothing, where one is always asked', 0, known(0), false],
    ['more than an unreadable budget', '5', known(1), true],
    [
      "the most of a router's models",
      0.5,
      { tokens: 1, cost: 'variable', uncounted: [], bound: cents(51) },
      true,
    ],
    ['what no list tells', undefined, unlisted, true],
    ['what no list tells, where nobody is ever asked', null, unlisted, false],
    ['nothing, on a server without prices', undefined, local, false],
  ];
  for (const [what, limit, estimate, isAsked] of rows) {
    it(`before a request that may cost ${what}: ${isAsked ? 'yes' : 'no'}`, async () => {
      await set('budget.perRequest', limit);
      assert.equal(await confirmCost([estimate], settings), !isAsked);
      assert.equal(questions.length, isAsked ? 1 : 0);
      answer = 'Send';
      assert.equal(await confirmCost([estimate], settings), true);
    });
  }

  it('never for the title of a chat: a request that may cost more is not sent', async () => {
    await set('backgroundModel', 'a/small');
    const titled = async (estimate: RequestEstimate): Promise<number> => {
      const [asked, model] = [new FakeChatModel(), new FakeChatModel()];
      asked.willAnswer({ type: 'text', text: 'So.' }, { type: 'finish', reason: 'stop' });
      model.willAnswer({ type: 'text', text: 'A Title' }, { type: 'finish', reason: 'stop' });
      const session = new SessionPool(sessionParts(asked)).begin();
      await session.send(session.prepare.question(asking('Why?')));
      await giveTitle(
        session,
        { chat: () => Promise.resolve(model), catalog: catalogOf(), settings, estimate: () => estimate },
        new AbortController().signal,
      );
      return model.requests.length;
    };
    try {
      assert.deepEqual(
        [await titled(known(99)), await titled(known(101)), await titled(unlisted), await titled(local)],
        [1, 0, 0, 1],
      );
      assert.deepEqual(questions, []);
    } finally {
      await set('backgroundModel', undefined);
    }
  });

  it('before secrets in an attached item go along; not where they may be none', async () => {
    const guard = new ContextGuard(settings);
    const composer = new ComposerState({
      session: () => ({ conversation: { id: 'chat' } }),
      questions: {
        refuse: () => false,
        cleanItem: (item: Parameters<ContextGuard['cleanItem']>[0]) => guard.cleanItem(item),
        cleanAsIs: (item: Parameters<ContextGuard['cleanAsIs']>[0]) => guard.cleanAsIs(item),
      },
      changed: () => undefined,
    } as unknown as ConstructorParameters<typeof ComposerState>[0]);
    const key = `ghp_aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA1cD4`;
    const maybe = 'licenses.first.key = "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0";';
    await composer.attach(aContextItem({ id: 'sure', text: `key = '${key}'` }));
    await composer.attach(aContextItem({ id: 'maybe', text: maybe }));
    const texts = (): readonly string[] => composer.attached.context.map(({ text }) => text);
    assert.deepEqual(texts(), [
      "key = '[redacted: github]'",
      'licenses.first.key = "[redacted: possible secret]";',
    ]);
    await composer.includeSecrets('sure');
    assert.equal(questions.length, 1);
    assert.equal(texts()[0], "key = '[redacted: github]'", 'the user has not agreed');
    await composer.includeSecrets('maybe');
    assert.deepEqual([questions.length, texts()[1]], [1, maybe]);
    answer = 'Include Secrets';
    await composer.includeSecrets('sure');
    assert.deepEqual([questions.length, texts()[0]], [2, `key = '${key}'`]);
    composer.dispose();
  });

  it('which models to compare: two to four', async () => {
    const ids = ['a/1', 'a/2', 'a/3', 'a/4', 'a/5'];
    const catalog = catalogOf(...ids.map((id) => ({ id })));
    await catalog.load();
    const selected = new vscode.EventEmitter<readonly vscode.QuickPickItem[]>();
    const accepted = new vscode.EventEmitter<void>();
    const hidden = new vscode.EventEmitter<void>();
    const pick = {
      items: [] as (vscode.QuickPickItem & { readonly id: string })[],
      onDidChangeSelection: selected.event,
      onDidAccept: accepted.event,
      onDidHide: hidden.event,
      show: () => undefined,
      dispose: () => undefined,
      hide: () => {
        hidden.fire();
      },
    };
    vscode.window.createQuickPick = (() => pick) as unknown as typeof createQuickPick;
    const chosen = pickModels(catalog, 'a/1');
    const accept = (count: number): void => {
      selected.fire(pick.items.filter(({ id }) => ids.slice(0, count).includes(id)));
      accepted.fire();
    };
    accept(1);
    accept(5);
    assert.deepEqual(questions, [
      'Select 2 to 4 models to compare. 1 selected.',
      'Select 2 to 4 models to compare. 5 selected.',
    ]);
    accept(4);
    assert.deepEqual((await chosen)?.toSorted(), ids.slice(0, 4));
  });

  it('for a reasoning effort that the model supports, and it is set', async () => {
    const offered: string[] = [];
    vscode.window.showQuickPick = ((choices: readonly { readonly effort: string }[]) => {
      offered.push(...choices.map(({ effort }) => effort));
      return Promise.resolve(choices.find(({ effort }) => effort === 'low'));
    }) as unknown as typeof showQuickPick;
    const catalog = catalogOf(
      {
        id: 'a/thinks',
        capabilities: ['reasoning'],
        reasoning: { mandatory: true, efforts: ['low', 'high'] },
      },
      { id: 'a/plain', capabilities: [] },
    );
    await selectEffort('a/plain', catalog, settings);
    assert.deepEqual(offered, []);
    await selectEffort('a/thinks', catalog, settings);
    assert.deepEqual(offered, ['default', 'low', 'high']);
    assert.equal(settings.reasoningEffort(), 'low');
  });
});
