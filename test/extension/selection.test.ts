import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { fileContext, selectionContext } from '../../src/host/workspace/selection.ts';
import { ContextGuard } from '../../src/host/context/contextGuard.ts';
import { Settings } from '../../src/host/platform/settings.ts';
import { WriteGuard } from '../../src/host/context/writeGuard.ts';
import { insertAtCursor } from '../../src/host/answers/insertAtCursor.ts';

async function openText(content: string, language = 'typescript'): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
}

async function openCart(): Promise<vscode.TextEditor> {
  const [file] = await vscode.workspace.findFiles('src/cart.ts');
  assert.ok(file);
  return vscode.window.showTextDocument(file);
}

function select(
  editor: vscode.TextEditor,
  ...ranges: readonly (readonly [number, number, number, number])[]
): void {
  editor.selections = ranges.map((range) => new vscode.Selection(...range));
}

const writes = new WriteGuard(new ContextGuard(new Settings()));

describe('the selection as context', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('names its file relative to the workspace, its language and its lines', async () => {
    const editor = await openCart();
    select(editor, [14, 0, 24, 0]);
    const item = selectionContext(editor);
    assert.equal(item?.path, 'src/cart.ts');
    assert.equal(item.label, 'cart.ts:15-24');
    assert.equal(item.languageId, 'typescript');
    assert.deepEqual(item.lines, { start: 15, end: 24 });
    assert.equal(item.text, editor.document.getText(new vscode.Range(14, 0, 24, 0)));
    assert.ok(item.tokens > 20);
  });

  it('is nothing without a selection', async () => {
    const editor = await openCart();
    select(editor, [3, 2, 3, 2]);
    assert.equal(selectionContext(editor), undefined);
  });

  it('counts a line in which only a word is selected', async () => {
    const editor = await openText('one two three\nfour');
    select(editor, [0, 4, 0, 7]);
    const item = selectionContext(editor);
    assert.deepEqual([item?.text, item?.lines], ['two', { start: 1, end: 1 }]);
  });

  it('joins several selections in the order of the text', async () => {
    const editor = await openText('one\ntwo\nthree\nfour');
    select(editor, [2, 0, 2, 5], [0, 0, 0, 3]);
    const item = selectionContext(editor);
    assert.equal(item?.text, 'one\n…\nthree');
    assert.deepEqual(item.lines, { start: 1, end: 3 });
  });

  it('sees text that is not saved', async () => {
    const editor = await openText('before');
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'now ');
    });
    assert.equal(fileContext(editor.document).text, 'now before');
  });
});

describe('inserting at the cursor', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('replaces the selection, and one undo takes it back', async () => {
    const editor = await openText('keep REPLACE keep');
    select(editor, [0, 5, 0, 12]);
    await insertAtCursor('${new}', writes);
    assert.equal(editor.document.getText(), 'keep ${new} keep');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'keep REPLACE keep');
  });
});
