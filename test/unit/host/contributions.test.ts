import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import {
  colorIds,
  commandIds,
  contextKeys,
  extensionId,
  statusItemIds,
  viewIds,
  type settingsSection,
  type SettingValues,
} from '../../../src/host/platform/contributions.ts';

const setting = z.looseObject({ scope: z.string(), default: z.unknown(), markdownDescription: z.string() });
const item = z.looseObject({
  command: z.optional(z.string()),
  submenu: z.optional(z.string()),
  when: z.optional(z.string()),
});
const manifest = z
  .looseObject({
    publisher: z.string(),
    displayName: z.string(),
    name: z.string(),
    main: z.string(),
    l10n: z.string(),
    engines: z.object({ vscode: z.string() }),
    icon: z.string(),
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
      colors: z.array(z.looseObject({ id: z.string(), defaults: z.record(z.string(), z.string()) })),
      configurationDefaults: z.record(z.string(), z.unknown()),
      menus: z.record(z.string(), z.array(item)),
      submenus: z.array(z.object({ id: z.string(), label: z.string() })),
      viewsContainers: z.record(z.string(), z.array(z.looseObject({ id: z.string(), icon: z.string() }))),
      views: z.record(z.string(), z.array(z.looseObject({ id: z.string(), type: z.string() }))),
      configuration: z.looseObject({ properties: z.record(z.string(), setting) }),
      walkthroughs: z.array(
        z.looseObject({
          when: z.string(),
          steps: z.array(
            z.looseObject({
              description: z.string(),
              media: z.object({ svg: z.string(), altText: z.string() }),
              completionEvents: z.array(z.string()),
            }),
          ),
        }),
      ),
    }),
  })
  .parse(
    withWords(readJson('package.json'), z.record(z.string(), z.string()).parse(readJson('package.nls.json'))),
  );
const { contributes } = manifest;
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8'));
}

/** A manifest as VS Code shows it: a text `%key%` stands for the words of that key. */
function withWords(value: unknown, words: Readonly<Record<string, string>>): unknown {
  return JSON.parse(JSON.stringify(value), (_, each: unknown) => {
    const key = typeof each === 'string' ? /^%(.+)%$/.exec(each)?.[1] : undefined;
    return key === undefined ? each : words[key];
  });
}

/** The part of the public surface that exists so far: ids, titles, scopes and defaults never change. */
const titles = {
  'switchboard.signIn': 'Sign In with OpenRouter',
  'switchboard.setApiKey': 'Set API Key',
  'switchboard.importApiKey': 'Import API Key',
  'switchboard.signOut': 'Sign Out',
  'switchboard.previewRequest': 'Preview What Will Be Sent',
  'switchboard.echoUpstreamBody': 'Echo Upstream Body',
  'switchboard.configureRequests': 'Configure Requests',
  'switchboard.copyAsCurl': 'Copy as cURL',
  'switchboard.insertClientCode': 'Insert Client Code',
  'switchboard.switchKey': 'Switch Key',
  'switchboard.openChat': 'Open Chat',
  'switchboard.newChat': 'New Chat',
  'switchboard.openChatInEditor': 'Open Chat in Editor',
  'switchboard.searchChats': 'Search Chats',
  'switchboard.exportChat': 'Export Chat',
  'switchboard.importChat': 'Import Chat',
  'switchboard.showShortcuts': 'Show Keyboard Shortcuts',
  'switchboard.attachContext': 'Attach Context',
  'switchboard.attachFiles': 'Attach to Chat',
  'switchboard.attachSelection': 'Attach Selection to Chat',
  'switchboard.attachTerminalSelection': 'Attach Terminal Selection to Chat',
  'switchboard.askSelection': 'Ask About Selection',
  'switchboard.generateSnippet': 'Generate Snippet',
  'switchboard.reviewSelection': 'Review Selection',
  'switchboard.reviewChanges': 'Review Working Tree Changes',
  'switchboard.runPromptFile': 'Run Prompt File',
  'switchboard.generateTests': 'Generate Tests for Selection',
  'switchboard.suggestNames': 'Suggest Names',
  'switchboard.commitMessage': 'Generate Commit Message',
  'switchboard.selectModel': 'Switch Model',
  'switchboard.showModel': 'Show Model',
  'switchboard.selectEffort': 'Choose Reasoning Effort',
  'switchboard.compareModels': 'Compare Models',
  'switchboard.costOnOtherModels': 'Show Cost on Other Models',
  'switchboard.configureRouting': 'Configure Routing',
  'switchboard.refreshCredit': 'Refresh Credit',
  'switchboard.showUsage': 'Show Usage',
  'switchboard.explainSelection': 'Explain Selection',
  'switchboard.fixSelection': 'Fix Selection',
  'switchboard.refactorSelection': 'Refactor Selection',
  'switchboard.editSelection': 'Edit Selection with Instruction',
  'switchboard.documentSelection': 'Document Selection',
  'switchboard.acceptChange': 'Accept Change',
  'switchboard.rejectChange': 'Reject Change',
  'switchboard.nextChange': 'Next Change',
  'switchboard.previousChange': 'Previous Change',
  'switchboard.acceptAllChanges': 'Accept All Changes',
  'switchboard.rejectAllChanges': 'Reject All Changes',
};
const secretFiles = [
  ...['**/.env*', '**/*.pem', '**/*.key', '**/*.p12', '**/*.pfx', '**/*.jks', '**/*.keystore', '**/*.kdbx'],
  ...['**/id_rsa*', '**/id_dsa*', '**/id_ecdsa*', '**/id_ed25519*', '**/.netrc', '**/.npmrc', '**/.pypirc'],
  ...['**/.pgpass', '**/.ssh/**', '**/.aws/**', '**/.gnupg/**', '**/.kube/config', '**/.docker/config.json'],
  ...['**/*.tfstate', '**/*.tfstate.backup'],
];
const settings = {
  'switchboard.model': ['openrouter/auto', 'window'],
  'switchboard.maxTokens': [8192, 'window'],
  'switchboard.fallbackModels': [[], 'window'],
  'switchboard.commandModels': [{}, 'window'],
  'switchboard.commandFallbackModels': [{}, 'window'],
  'switchboard.backgroundModel': ['', 'application'],
  'switchboard.routing': [{}, 'window'],
  'switchboard.modelRouting': [{}, 'application'],
  'switchboard.reasoningEffort': ['default', 'window'],
  'switchboard.temperature': [null, 'window'],
  'switchboard.sampling': ['default', 'window'],
  'switchboard.topP': [null, 'window'],
  'switchboard.requestFields': [{}, 'application'],
  'switchboard.contextCompression': ['default', 'window'],
  'switchboard.responseHealing': [false, 'window'],
  'switchboard.autoRouter': [{}, 'application'],
  'switchboard.webSearch': [false, 'window'],
  'switchboard.responseCache': [false, 'window'],
  'switchboard.baseUrl': ['https://openrouter.ai/api/v1', 'application'],
  'switchboard.requestHeaders': [{}, 'application'],
  'switchboard.timeout.connectSeconds': [null, 'application'],
  'switchboard.timeout.firstTokenSeconds': [null, 'application'],
  'switchboard.timeout.silenceSeconds': [null, 'application'],
  'switchboard.credit.refreshSeconds': [300, 'application'],
  'switchboard.credit.warnBelow': [1, 'application'],
  'switchboard.budget.perRequest': [1, 'application'],
  'switchboard.budget.perDay': [null, 'application'],
  'switchboard.context.redactSecrets': [true, 'application'],
  'switchboard.instructions': ['', 'application'],
  'switchboard.attribution': [true, 'application'],
  'switchboard.context.exclude': [secretFiles, 'application'],
} satisfies Readonly<
  Record<`${typeof settingsSection}.${keyof SettingValues}`, readonly [value: unknown, scope: string]>
>;

describe('package.json', () => {
  it('has the publisher and name of the public surface', () => {
    assert.equal(manifest.l10n, './l10n');
    assert.equal(`${manifest.publisher}.${manifest.name}`, 'switchboard-ai.switchboard');
    assert.equal(extensionId, 'switchboard-ai.switchboard');
    assert.equal(manifest.displayName, 'Switchboard for OpenRouter');
    assert.deepEqual(statusItemIds, { credit: 'credit', model: 'model' });
  });

  it('has the chat as a webview in its own container', () => {
    assert.deepEqual(Object.keys(contributes.views), ['switchboard']);
    assert.deepEqual(
      contributes.views['switchboard']?.map(({ id, type }) => [id, type]),
      [[viewIds.chat, 'webview']],
    );
    assert.equal(viewIds.chat, 'switchboard.chat');
    assert.deepEqual(
      contributes.viewsContainers['activitybar']?.map(({ id }) => id),
      ['switchboard'],
    );
  });

  it('names only pictures that are there', () => {
    const icons = Object.values(contributes.viewsContainers)
      .flat()
      .map(({ icon }) => icon);
    const drawings = steps.map(({ media }) => media.svg);
    for (const icon of [manifest.icon, ...icons, ...drawings]) {
      assert.ok(existsSync(new URL(`../../../${icon}`, import.meta.url)), icon);
    }
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
  });

  it('puts only commands and submenus that exist into menus', () => {
    const submenus = contributes.submenus.map(({ id }) => id);
    for (const [menu, items] of Object.entries(contributes.menus)) {
      assert.ok(
        menu.includes('/') || menu === 'commandPalette' || submenus.includes(menu),
        `who shows "${menu}"?`,
      );
      for (const { command, submenu } of items) {
        assert.ok(command !== undefined || submenu !== undefined);
        assert.ok(command === undefined || command in titles, command);
        assert.ok(submenu === undefined || submenus.includes(submenu), submenu);
      }
    }
  });

  it('shows one submenu of the editor, with a selection', () => {
    const shown = contributes.menus['editor/context'] ?? [];
    assert.deepEqual(
      shown.map(({ submenu, when }) => [submenu, when]),
      [['switchboard.editorContext', 'editorHasSelection']],
    );
    assert.deepEqual(contributes.submenus, [{ id: 'switchboard.editorContext', label: 'Switchboard' }]);
    assert.deepEqual(
      contributes.menus['switchboard.editorContext']?.map(({ command }) => command),
      [
        commandIds.askSelection,
        commandIds.explainSelection,
        commandIds.attachSelection,
        commandIds.fixSelection,
        commandIds.refactorSelection,
        commandIds.editSelection,
        commandIds.documentSelection,
        commandIds.generateSnippet,
        commandIds.generateTests,
        commandIds.suggestNames,
        commandIds.reviewSelection,
      ],
    );
  });

  it('leads only to commands and settings that exist', () => {
    const texts = [
      ...Object.values(contributes.configuration.properties).map((each) => each.markdownDescription),
      ...steps.map(({ description }) => description),
    ];
    for (const [, command = ''] of texts.join(' ').matchAll(/\(command:(switchboard[\w.]+)/g)) {
      assert.ok(command in titles, command);
    }
    for (const [, setting = ''] of texts.join(' ').matchAll(/`#([\w.]+)#`/g)) {
      assert.ok(setting in settings, setting);
    }
  });

  it('ticks the steps of its walkthrough, which it offers once it runs, by events that exist', () => {
    assert.deepEqual(
      contributes.walkthroughs.map(({ when }) => when),
      [contextKeys.active],
    );
    const events: Readonly<Record<string, object>> = {
      onCommand: titles,
      onContext: Object.fromEntries(Object.values(contextKeys).map((key) => [key, true])),
      onView: { [viewIds.chat]: true },
      onSettingChanged: settings,
    };
    for (const event of steps.flatMap(({ completionEvents }) => completionEvents)) {
      const [kind = '', subject = ''] = event.split(':');
      assert.ok(subject in (events[kind] ?? {}), event);
    }
  });

  it('marks lines that would go in every kind of theme, and keeps the view of comments closed', () => {
    assert.deepEqual(
      contributes.colors.map(({ id, defaults }) => [id, Object.keys(defaults).sort()]),
      [[colorIds.removedLineBorder, ['dark', 'highContrast', 'highContrastLight', 'light']]],
    );
    assert.deepEqual(contributes.configurationDefaults, { 'comments.openView': 'firstFileUnresolved' });
  });

  it('needs the VS Code whose API it is checked against, and starts quietly', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
    assert.deepEqual(manifest.activationEvents, [
      'onStartupFinished',
      `onWebviewPanel:${viewIds.chatEditor}`,
    ]);
  });

  it('takes nothing that decides where code or money goes from a workspace that is not trusted', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    const fromWorkspace = Object.entries(contributes.configuration.properties)
      .filter(([, { scope }]) => scope !== 'application' && scope !== 'machine')
      .map(([id]) => id);
    assert.deepEqual([...restrictedConfigurations].sort(), fromWorkspace.sort());
  });

  it('pins every dependency', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    assert.deepEqual(
      versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version)),
      [],
    );
  });
});
