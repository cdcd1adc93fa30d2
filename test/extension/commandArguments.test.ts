import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { readArguments } from '../../src/host/platform/commandArguments.ts';
import { commandIds, findingCommandIds } from '../../src/host/platform/contributions.ts';

const uri = vscode.Uri.file('/a.ts');
const place = new vscode.Range(1, 0, 2, 0);

describe('what commands are called with', () => {
  it('passes when it is what the command takes', () => {
    assert.deepEqual(readArguments(commandIds.fixSelection, [uri, place]), [uri, place]);
    assert.deepEqual(readArguments(commandIds.acceptChange, [uri, 3]), [uri, 3]);
    assert.deepEqual(readArguments(commandIds.attachFiles, [uri, [uri, uri]]), [uri, [uri, uri]]);
    assert.deepEqual(readArguments(commandIds.showModel, ['a/b']), ['a/b']);
    assert.deepEqual(readArguments(commandIds.commitMessage, [{ rootUri: uri }]), [{ rootUri: uri }]);
    assert.deepEqual(readArguments(findingCommandIds.dismiss, ['file:///a.ts', 1]), ['file:///a.ts', 1]);
  });

  it('is dropped when it is something else', () => {
    const menu = { groupId: 1, editorIndex: 0 };
    assert.deepEqual(readArguments(commandIds.fixSelection, [uri, menu]), [uri, undefined]);
    assert.deepEqual(readArguments(commandIds.rejectChange, ['file:///a.ts', '3']), [undefined, undefined]);
    assert.deepEqual(readArguments(commandIds.attachFiles, [menu, [uri, menu]]), [undefined, [uri]]);
    assert.deepEqual(readArguments(commandIds.configureRouting, [menu]), [undefined]);
    assert.deepEqual(readArguments(commandIds.reviewChanges, ['Git']), [undefined]);
    assert.deepEqual(readArguments(commandIds.reviewChanges, [menu]), [{ rootUri: undefined }]);
  });

  it('is dropped altogether by commands that take nothing', () => {
    assert.deepEqual(readArguments(commandIds.explainSelection, [uri, place]), []);
    assert.deepEqual(readArguments(commandIds.openChat, [{ anything: true }]), []);
  });
});
