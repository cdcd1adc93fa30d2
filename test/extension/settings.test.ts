import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { RequestError } from '../../src/core/model/requestError.ts';
import { commandIds } from '../../src/host/platform/contributions.ts';
import { SettingFaults, tellSettingFaults } from '../../src/host/platform/settingFaults.ts';
import { requestSettings } from '../../src/host/platform/requestSettings.ts';
import { unknownRoutingFields } from '../../src/host/platform/routingSettings.ts';
import { Settings } from '../../src/host/platform/settings.ts';

const { Global, Workspace } = vscode.ConfigurationTarget;

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('switchboard');
}

const names = [
  ...['model', 'maxTokens', 'baseUrl', 'credit.warnBelow', 'routing', 'fallbackModels', 'temperature'],
  ...['reasoningEffort', 'webSearch', 'responseCache', 'commandModels', 'backgroundModel'],
];

describe('settings', () => {
  const settings = new Settings();

  afterEach(async () => {
    for (const name of names) {
      await configuration().update(name, undefined, Global);
    }
    await configuration().update('model', undefined, Workspace);
    await configuration().update('routing', undefined, Workspace);
  });

  it('have the defaults of package.json', () => {
    assert.deepEqual(requestSettings(settings), { model: 'openrouter/auto', maxTokens: 8192 });
    assert.equal(settings.baseUrl(), 'https://openrouter.ai/api/v1');
    assert.equal(settings.creditRefreshSeconds(), 300);
    assert.equal(settings.creditWarnBelow(), 1_000_000);
  });

  it("write the model to the user settings if it isn't set", async () => {
    await settings.setModel('author/one');
    assert.equal(configuration().inspect('model')?.globalValue, 'author/one');
    assert.equal(configuration().inspect('model')?.workspaceValue, undefined);
    assert.equal(settings.model(), 'author/one');
  });

  it('write the model to the workspace, when it is set there', async () => {
    await configuration().update('model', 'author/old', Workspace);
    await settings.setModel('author/new');
    assert.equal(configuration().inspect('model')?.workspaceValue, 'author/new');
    assert.equal(configuration().inspect('model')?.globalValue, undefined);
    assert.equal(settings.model(), 'author/new');
  });

  it('write the model to the user so that it takes effect, whatever the workspace had', async () => {
    await configuration().update('model', 'author/old', Workspace);
    assert.equal(settings.modelPlace(), 'workspace');
    await settings.setModel('author/everywhere', 'user');
    assert.equal(configuration().inspect('model')?.workspaceValue, undefined);
    assert.equal(settings.model(), 'author/everywhere');
    assert.equal(settings.modelPlace(), 'user');
  });

  it('write the model to the workspace settings on request', async () => {
    await settings.setModel('author/everywhere', 'user');
    await settings.setModel('author/here', 'workspace');
    assert.equal(configuration().inspect('model')?.globalValue, 'author/everywhere');
    assert.equal(configuration().inspect('model')?.workspaceValue, 'author/here');
    assert.equal(settings.model(), 'author/here');
  });

  it('write the model of a command beside those of others, and take it away again', async () => {
    await settings.setModelOf(commandIds.fixSelection, 'author/fix');
    await settings.setModelOf(commandIds.reviewSelection, 'author/review');
    assert.equal(settings.commandModel(commandIds.fixSelection), 'author/fix');
    await settings.setModelOf(commandIds.fixSelection, undefined);
    assert.equal(settings.commandModel(commandIds.fixSelection), settings.model());
    assert.deepEqual(configuration().inspect('commandModels')?.globalValue, {
      [commandIds.reviewSelection]: 'author/review',
    });
    await settings.setModelOf(commandIds.reviewSelection, undefined);
    assert.equal(configuration().inspect('commandModels')?.globalValue, undefined);
  });

  it('have commit messages written by their own model, else by the one for small things', async () => {
    assert.equal(settings.backgroundModel(), undefined);
    await settings.setBackgroundModel('author/small');
    assert.equal(settings.commandModel(commandIds.commitMessage), 'author/small');
    assert.equal(settings.commandModel(commandIds.fixSelection), settings.model());
    await settings.setModelOf(commandIds.commitMessage, 'author/commits');
    assert.equal(settings.commandModel(commandIds.commitMessage), 'author/commits');
  });

  it('let no workspace name a model that is asked unasked', async () => {
    await assert.rejects(async () => configuration().update('backgroundModel', 'author/dear', Workspace));
  });

  it('tell of a change, and only of our own', async () => {
    const told: boolean[] = [];
    const subscription = settings.onDidChange((event) =>
      told.push(event.affectsConfiguration('switchboard')),
    );
    await vscode.workspace.getConfiguration('editor').update('tabSize', 3, Global);
    await configuration().update('model', 'author/two', Global);
    await vscode.workspace.getConfiguration('editor').update('tabSize', undefined, Global);
    subscription.dispose();
    assert.deepEqual(told, [true]);
  });

  it('take routing from the user, and let a workspace make it stricter only', async () => {
    await configuration().update('routing', { order: ['a'], data_collection: 'allow' }, Global);
    await configuration().update('routing', { order: ['b'], only: ['c'], zdr: true }, Workspace);
    assert.deepEqual(requestSettings(settings).routing, {
      order: ['a'],
      data_collection: 'allow',
      zdr: true,
    });
    await configuration().update('routing', { zdr: true, data_collection: 'deny' }, Global);
    await configuration().update('routing', { zdr: false, data_collection: 'allow' }, Workspace);
    assert.deepEqual(requestSettings(settings).routing, { zdr: true, data_collection: 'deny' });
  });

  it('reject invalid routing and list unknown fields', async () => {
    await configuration().update('routing', { only: 'anthropic' }, Global);
    assert.throws(
      () => requestSettings(settings),
      (error) =>
        error instanceof RequestError && error.kind === 'routing' && /"only"/.test(error.facts.detail ?? ''),
    );
    await configuration().update('routing', { avoid: ['x'] }, Global);
    assert.deepEqual(requestSettings(settings).routing, { avoid: ['x'] });
    assert.deepEqual(unknownRoutingFields(settings), ['avoid']);
  });

  it('contain only what is set for requests', async () => {
    await configuration().update('fallbackModels', ['a/b', ' ', 'c/d:free'], Global);
    await configuration().update('temperature', 0, Global);
    await configuration().update('reasoningEffort', 'low', Global);
    await configuration().update('webSearch', true, Global);
    await configuration().update('responseCache', true, Global);
    assert.deepEqual(requestSettings(settings), {
      model: 'openrouter/auto',
      maxTokens: 8192,
      fallbackModels: ['a/b', 'c/d:free'],
      temperature: 0,
      reasoningEffort: 'low',
      webSearch: true,
      responseCache: true,
    });
  });

  it('take no server from a workspace', async () => {
    const update = async (): Promise<void> =>
      configuration().update('baseUrl', 'http://127.0.0.1:1/v1', Workspace);
    await assert.rejects(update);
    assert.equal(settings.baseUrl(), 'https://openrouter.ai/api/v1');
  });

  it('take nothing that only the user decides from a workspace that writes objects in each other', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder, '.vscode', 'settings.json');
    const before = await vscode.workspace.fs.readFile(file).then(
      (bytes) => bytes,
      () => undefined,
    );
    const changed = new Promise((resolve) => {
      const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
        subscription.dispose();
        resolve(event);
      });
    });
    const nested = {
      switchboard: {
        model: 'author/nested',
        budget: { perDay: 1_000, perRequest: null },
        context: { exclude: [], redactSecrets: false },
        credit: { warnBelow: 0, refreshSeconds: 0 },
        backgroundModel: 'author/dear',
      },
      'switchboard.model': 'author/flat',
    };
    const defaults = settings.excludedGlobs();
    try {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(nested)));
      await changed;
      assert.deepEqual(
        [settings.budgetPerDay(), settings.budgetPerRequest(), settings.redactSecrets()],
        [undefined, 1_000_000, true],
      );
      assert.deepEqual(settings.excludedGlobs(), defaults);
      assert.deepEqual(
        [settings.backgroundModel(), settings.creditWarnBelow(), settings.creditRefreshSeconds()],
        [undefined, 1_000_000, 300],
      );
    } finally {
      await (before ? vscode.workspace.fs.writeFile(file, before) : vscode.workspace.fs.delete(file));
    }
  });

  it('refuse a server without https that is not this machine', async () => {
    await configuration().update('baseUrl', 'http://example.com/v1', Global);
    assert.throws(
      () => settings.baseUrl(),
      (error) => error instanceof RequestError && error.kind === 'baseUrl',
    );
  });

  it('that cannot be read have safe values, and are told once until they are corrected', async () => {
    const wrong = {
      'budget.perDay': '5',
      'budget.perRequest': -1,
      'context.exclude': '*.secret',
      maxTokens: [],
    };
    const shown: string[] = [];
    const { showWarningMessage } = vscode.window;
    vscode.window.showWarningMessage = (words: string) => {
      shown.push(words);
      return Promise.resolve(undefined);
    };
    const subscription = tellSettingFaults(settings, new SettingFaults());
    try {
      const defaults = settings.excludedGlobs();
      for (const [name, value] of Object.entries(wrong)) {
        await configuration().update(name, value, Global);
      }
      assert.equal(settings.budgetPerDay(), 0);
      assert.equal(settings.budgetPerRequest(), 0);
      assert.deepEqual(settings.excludedGlobs(), defaults);
      assert.equal(requestSettings(settings).maxTokens, 8192);
      // The extension itself tells, too, where it has started.
      assert.deepEqual(
        [...new Set(shown.map((words) => words.split(' ', 1)[0]))],
        Object.keys(wrong).map((name) => `"switchboard.${name}"`),
      );
      const told = shown.length;
      await configuration().update('budget.perDay', 5, Global);
      assert.equal(settings.budgetPerDay(), 5_000_000);
      assert.equal(shown.length, told);
      await configuration().update('budget.perDay', '5', Global);
      assert.ok(shown.length > told);
    } finally {
      subscription.dispose();
      vscode.window.showWarningMessage = showWarningMessage;
      for (const name of Object.keys(wrong)) {
        await configuration().update(name, undefined, Global);
      }
    }
  });

  it('fall back to the defaults where a value cannot be used', async () => {
    await configuration().update('maxTokens', 'many', Global);
    await configuration().update('model', '   ', Global);
    assert.deepEqual(requestSettings(settings), { model: 'openrouter/auto', maxTokens: 8192 });
  });
});
