import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { applyToFile } from '../../src/host/answers/applyToFile.ts';
import { newFile } from '../../src/host/answers/newFile.ts';
import { ContextGuard } from '../../src/host/context/contextGuard.ts';
import { Settings } from '../../src/host/platform/settings.ts';
import { WriteGuard } from '../../src/host/context/writeGuard.ts';
import { InlineReview } from '../../src/host/edits/inlineReview.ts';

const original = 'function one() {\r\n\treturn 1;\r\n}\r\n\r\nfunction two() {\r\n\treturn 2;\r\n}';
const code = 'function one() {\n\tconst x = 1;\n\treturn x;\n}\n';
const changed = original.replace('\treturn 1;', '\tconst x = 1;\r\n\treturn x;');

const writes = new WriteGuard(new ContextGuard(new Settings()));

describe('code of an answer', () => {
  const review = new InlineReview(writes);
  let files = 0;
  let file: vscode.Uri;

  const onDisk = async (): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(file));

  beforeEach(() => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    files += 1;
    // The editor remembers a file for a while after it is gone.
    file = vscode.Uri.joinPath(folder, 'applied', `one${files}.js`);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(file, '..'), { recursive: true, useTrash: false });
  });
  after(() => {
    review.dispose();
  });

  const write = (): Thenable<void> => vscode.workspace.fs.writeFile(file, new TextEncoder().encode(original));

  const propose = (): Promise<void> =>
    applyToFile(
      { text: code, language: 'js', fileName: `applied/one${files}.js` },
      { review: () => Promise.resolve(review), writes },
    );

  const lenses = async (): Promise<readonly string[]> => {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      file,
      10,
    );
    return found.map(({ command }) => command?.title ?? '');
  };

  it('is proposed in the file, and touches nothing until it is accepted', async () => {
    await write();
    await propose();
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, file.path);
    assert.deepEqual(await lenses(), ['Accept', 'Reject', '1 of 1']);
    assert.equal(await onDisk(), original);
    assert.equal(vscode.window.activeTextEditor.document.getText(), original);
    await review.accept();
    assert.equal(await onDisk(), changed);
    assert.deepEqual(await lenses(), []);
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor.document.getText(), original);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is gone when it is rejected', async () => {
    await write();
    await propose();
    review.reject();
    assert.deepEqual(await lenses(), []);
    assert.equal(await onDisk(), original);
    await review.accept();
    assert.equal(await onDisk(), original);
  });

  it("is applied beside text typed elsewhere meanwhile, which it doesn't save", async () => {
    await write();
    await propose();
    const typed = new vscode.WorkspaceEdit();
    typed.insert(file, new vscode.Position(0, 0), '// mine\r\n');
    await vscode.workspace.applyEdit(typed);
    await review.acceptAll();
    const document = await vscode.workspace.openTextDocument(file);
    assert.equal(document.getText(), `// mine\r\n${changed}`);
    assert.equal(await onDisk(), original);
    await document.save();
  });

  it('is given up where the very place was typed in', async () => {
    await write();
    await propose();
    const typed = new vscode.WorkspaceEdit();
    typed.replace(file, new vscode.Range(1, 1, 1, 10), 'return 11;');
    await vscode.workspace.applyEdit(typed);
    assert.deepEqual(await lenses(), []);
    await review.accept();
    const document = await vscode.workspace.openTextDocument(file);
    assert.equal(document.getText(), original.replace('return 1;', 'return 11;'));
    await document.save();
  });

  it('takes the place of a selection', async () => {
    await write();
    const editor = await vscode.window.showTextDocument(file);
    editor.selection = new vscode.Selection(1, 1, 1, 10);
    await applyToFile(
      { text: 'return 3;\nend();', language: 'js' },
      { review: () => Promise.resolve(review), writes },
    );
    await review.accept();
    assert.equal(await onDisk(), original.replace('return 1;', 'return 3;\r\nend();'));
  });

  it('is read as edits where it is a diff, and refused where it leaves out what cannot be told', async () => {
    await write();
    const named = { language: 'diff', fileName: `applied/one${files}.js` };
    const parts = { review: () => Promise.resolve(review), writes };
    await applyToFile({ ...named, text: '@@ -2 +2 @@\n-  return 1;\n+  return 4;\n' }, parts);
    await review.accept();
    assert.equal(await onDisk(), original.replace('return 1;', 'return 4;'));
    await applyToFile({ ...named, text: '@@ -2 +2 @@\n-  return gone;\n+  return 5;\n' }, parts);
    await applyToFile({ ...named, language: 'js', text: '// ... existing code ...\nother(thing);\n' }, parts);
    assert.deepEqual(await lenses(), []);
    assert.equal(await onDisk(), original.replace('return 1;', 'return 4;'));
  });

  it('opens in a new unsaved file with its language and name', async () => {
    await write();
    await newFile({ text: 'x = 1\n', language: 'py' }, writes);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'python');
    assert.equal(vscode.window.activeTextEditor.document.getText(), 'x = 1\n');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await applyToFile(
      { text: 'x = 2;\n', language: 'js', fileName: 'applied/two.js' },
      { review: () => Promise.resolve(review), writes },
    );
    const { document } = vscode.window.activeTextEditor;
    assert.equal(document.isUntitled, true);
    assert.ok(document.uri.path.endsWith('/applied/two.js'));
    assert.equal(document.getText(), 'x = 2;\n');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('never leaves the workspace by its name', async () => {
    await write();
    const ways = [
      '../outside.js',
      '/tmp/outside.js',
      'a/../../outside.js',
      'file:///tmp/x.js',
      '..\\outside.js',
    ];
    for (const fileName of [
      ...ways,
      '.git/hooks/pre-commit',
      'a/.. /outside.js',
      'a%2f..%2f..%2foutside.js',
    ]) {
      await applyToFile(
        { text: 'x;\n', language: 'js', fileName },
        { review: () => Promise.resolve(review), writes },
      );
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.isUntitled, true);
      assert.match(document.uri.path, /^Untitled-\d+$/);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });
});
