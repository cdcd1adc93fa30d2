import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { createLazyServices } from '../../src/composition/lazyServices.ts';
import { createServices } from '../../src/composition/services.ts';
import { DisposableStore } from '../../src/core/util/disposableStore.ts';
import { activate } from '../../src/extension.ts';
import { extensionId } from '../../src/host/platform/contributions.ts';

describe('a window', () => {
  let folder: string;
  let listening: number;
  let context: vscode.ExtensionContext;

  before(async () => {
    await vscode.extensions.getExtension(extensionId)?.activate();
    folder = await mkdtemp(join(tmpdir(), 'switchboard-composition-'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  beforeEach(() => {
    listening = 0;
    const memento = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };
    const secrets = {
      get: () => Promise.resolve(undefined),
      onDidChange: () => {
        listening += 1;
        return { dispose: () => (listening -= 1) };
      },
    };
    context = {
      subscriptions: [],
      globalStorageUri: vscode.Uri.file(folder),
      globalState: memento,
      workspaceState: memento,
      secrets,
    } as unknown as vscode.ExtensionContext;
  });

  it('says that its start has failed, and leaves nothing behind', () => {
    const said: string[] = [];
    const { showErrorMessage } = vscode.window;
    Object.assign(vscode.window, { showErrorMessage: (words: string) => said.push(words) });
    try {
      // The view is registered already, by the extension that runs.
      assert.throws(() => {
        activate(context);
      }, /already registered/);
    } finally {
      Object.assign(vscode.window, { showErrorMessage });
    }
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /^Switchboard couldn't start: .*already registered/);
    assert.equal(listening, 0);
    context.subscriptions.forEach((each) => {
      each.dispose();
    });
  });

  it('closes a store that is opened after its end', async () => {
    const owned = new DisposableStore();
    const log = vscode.window.createOutputChannel('Composition', { log: true });
    try {
      const opening = createLazyServices(createServices(context, owned, log)).store();
      assert.equal(listening, 1);
      owned.dispose();
      assert.equal(listening, 0);
      const { ledger } = await opening;
      assert.throws(() => ledger.spentSince(0), /not open/);
    } finally {
      log.dispose();
    }
  });
});
