import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { onCodeThemeChange, readCodeTheme } from '../../src/host/colors/codeTheme.ts';

const { Global } = vscode.ConfigurationTarget;

async function useTheme(name: string | undefined): Promise<void> {
  const changed = new Promise<void>((resolve) => {
    const subscription = vscode.window.onDidChangeActiveColorTheme(() => {
      subscription.dispose();
      resolve();
    });
  });
  await vscode.workspace.getConfiguration('workbench').update('colorTheme', name, Global);
  await changed;
}

async function customize(value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('editor').update('tokenColorCustomizations', value, Global);
}

describe('the colors of code', () => {
  afterEach(async () => {
    await customize(undefined);
  });

  it('are read from the theme in force, with all that it includes', async () => {
    await useTheme('Monokai');
    const monokai = await readCodeTheme();
    assert.equal(monokai?.type, 'dark');
    assert.equal(monokai.foreground?.toLowerCase(), '#f8f8f2');
    assert.ok(monokai.rules.some(({ settings }) => settings.foreground?.toLowerCase() === '#f92672'));
    await useTheme('Default Light Modern');
    const light = await readCodeTheme();
    assert.equal(light?.type, 'light');
    const scopes = light.rules.flatMap(({ scope = [] }) => scope);
    assert.ok(scopes.includes('comment'), 'the rules of an included file are there');
    const comment = light.rules.find(({ scope = [] }) => scope.includes('comment'));
    assert.equal(comment?.settings.foreground, '#008000', 'a theme is known by its former name, too');
  });

  it("end with the user's own", async () => {
    const told = new Promise<void>((resolve) => {
      const subscription = onCodeThemeChange(() => {
        subscription.dispose();
        resolve();
      });
    });
    const rule = { scope: 'keyword.control', settings: { foreground: '#123456' } };
    await customize({
      comments: '#abcdef',
      textMateRules: [rule],
      '[No Such Theme]': { strings: '#000000' },
    });
    await told;
    const theme = await readCodeTheme();
    const own = theme?.rules.slice(-2).map(({ settings }) => settings.foreground);
    assert.deepEqual(own, ['#abcdef', '#123456']);
    assert.ok(!JSON.stringify(theme).includes('#000000","scope":["string"'));
  });
});
