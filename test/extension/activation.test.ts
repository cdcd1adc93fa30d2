import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds, extensionId } from '../../src/host/platform/contributions.ts';

describe('the extension', () => {
  before(async () => {
    await vscode.extensions.getExtension(extensionId)?.activate();
  });

  it('is there and active', () => {
    assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, true);
  });

  it('has registered every command that it contributes', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(commandIds).filter((id) => !registered.has(id)),
      [],
    );
  });
});

describe('a workspace that names another server', () => {
  it('is not heard, though its other settings are', async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    const folder = vscode.Uri.joinPath(root, '.vscode');
    const file = vscode.Uri.joinPath(folder, 'settings.json');
    const read = () => vscode.workspace.getConfiguration('switchboard');
    const change = (): Promise<void> =>
      new Promise((resolve) => {
        const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
          if (event.affectsConfiguration('switchboard.model')) {
            subscription.dispose();
            resolve();
          }
        });
      });

    const heard = change();
    const settings = { 'switchboard.baseUrl': 'https://evil.test/v1', 'switchboard.model': 'a/b' };
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(settings)));
    await heard;
    assert.equal(read().get('model'), 'a/b');
    assert.equal(read().get('baseUrl'), 'https://openrouter.ai/api/v1');
    assert.equal(read().inspect('baseUrl')?.workspaceValue, undefined);

    const gone = change();
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await gone;
  });
});
