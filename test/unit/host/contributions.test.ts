import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import {
  commandIds,
  extensionId,
  settingNames,
  settingsSection,
  viewIds,
} from '../../../src/host/contributions.ts';

const setting = z.looseObject({ scope: z.string(), default: z.unknown(), markdownDescription: z.string() });
const item = z.looseObject({ command: z.optional(z.string()), submenu: z.optional(z.string()) });
const manifest = z
  .looseObject({
    publisher: z.string(),
    name: z.string(),
    main: z.string(),
    engines: z.object({ vscode: z.string() }),
    devDependencies: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    activationEvents: z.array(z.string()),
    capabilities: z.looseObject({
      untrustedWorkspaces: z.looseObject({
        supported: z.string(),
        restrictedConfigurations: z.array(z.string()),
      }),
    }),
    contributes: z.looseObject({
      commands: z.array(
        z.object({
          command: z.string(),
          category: z.string(),
          title: z.string(),
          icon: z.optional(z.string()),
        }),
      ),
      menus: z.record(z.string(), z.array(item)),
      views: z.record(z.string(), z.array(z.looseObject({ id: z.string(), type: z.string() }))),
      configuration: z.looseObject({ properties: z.record(z.string(), setting) }),
    }),
  })
  .parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')));
const { contributes } = manifest;

/** The part of the public surface that exists so far: ids, titles, scopes and defaults never change. */
const titles = {
  'switchboard.setApiKey': 'Set API Key',
  'switchboard.signOut': 'Sign Out',
  'switchboard.openChat': 'Open Chat',
  'switchboard.newChat': 'New Chat',
  'switchboard.askSelection': 'Ask About Selection',
  'switchboard.generateSnippet': 'Generate Snippet',
  'switchboard.selectModel': 'Switch Model',
  'switchboard.refreshCredit': 'Refresh Credit',
};
const settings = {
  'switchboard.model': ['openrouter/auto', 'window'],
  'switchboard.maxTokens': [8192, 'window'],
  'switchboard.baseUrl': ['https://openrouter.ai/api/v1', 'application'],
  'switchboard.credit.refreshSeconds': [300, 'application'],
  'switchboard.credit.warnBelow': [1, 'application'],
};

describe('package.json', () => {
  it('is who the public surface says', () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, extensionId);
    assert.deepEqual(
      contributes.views['switchboard']?.map(({ id }) => id),
      [viewIds.chat],
    );
  });

  it('contributes the commands of the code, under their public titles', () => {
    assert.deepEqual(
      Object.fromEntries(contributes.commands.map(({ command, title }) => [command, title])),
      titles,
    );
    assert.deepEqual(Object.values(commandIds).sort(), Object.keys(titles).sort());
    assert.ok(contributes.commands.every(({ category }) => category === 'Switchboard'));
  });

  it('contributes the settings of the code, with their public defaults and scopes', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(
      Object.fromEntries(Object.entries(properties).map(([id, each]) => [id, [each.default, each.scope]])),
      settings,
    );
    assert.deepEqual(
      settingNames.map((name) => `${settingsSection}.${name}`).sort(),
      Object.keys(settings).sort(),
    );
  });

  it('puts only commands that exist into menus', () => {
    for (const each of Object.values(contributes.menus).flat()) {
      assert.ok(
        each.submenu !== undefined || each.command === undefined || each.command in titles,
        each.command,
      );
    }
  });

  it('needs the VS Code whose API it is checked against, and starts quietly', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished']);
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  });

  it('pins every dependency', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    assert.deepEqual(
      versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version)),
      [],
    );
  });
});
