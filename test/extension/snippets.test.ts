import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Snippet } from '../../src/core/prompts/generateSnippet.ts';
import { toSnippetText } from '../../src/core/prompts/snippetText.ts';
import { saveSnippet, snippetFiles } from '../../src/host/snippets/snippetFiles.ts';

const snippet: Snippet = {
  name: 'Guard',
  prefix: 'guard',
  language: 'typescript',
  description: 'Throws on a negative amount.',
  body: 'if ({{amount}} < 0) {\n\tthrow new RangeError(`${{{amount}}} costs $5 {{not listed}}`);\n}',
  placeholders: [{ name: 'amount', default: 'a}$b' }],
};

describe('a snippet in a real editor', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('keeps every sign of its code, and fills each place of a name at once', async () => {
    const editor = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ language: 'typescript', content: '' }),
    );
    editor.options = { insertSpaces: false, tabSize: 4 };
    await editor.insertSnippet(new vscode.SnippetString(toSnippetText(snippet)));
    assert.equal(
      editor.document.getText(),
      'if (a}$b < 0) {\n\tthrow new RangeError(`${a}$b} costs $5 {{not listed}}`);\n}',
    );
    assert.equal(editor.selections.length, 2, 'both places of the first tab stop are selected');
    await vscode.commands.executeCommand('type', { text: 'n' });
    assert.equal(editor.document.lineAt(0).text, 'if (n < 0) {');
    assert.match(editor.document.lineAt(1).text, /\$\{n\} costs/);
  });
});

describe('saving a snippet', () => {
  let folder: vscode.Uri;
  let file: vscode.Uri;

  beforeEach(() => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    folder = vscode.Uri.joinPath(root, 'snippets-under-test');
    file = vscode.Uri.joinPath(folder, 'some.code-snippets');
  });

  afterEach(async () => {
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  const write = (text: string) => vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const read = async (): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(file));

  it('begins a file that is not there', async () => {
    await saveSnippet(file, snippet, 'typescript');
    const saved: unknown = JSON.parse(await read());
    assert.deepEqual(saved, {
      Guard: {
        scope: 'typescript',
        prefix: 'guard',
        description: 'Throws on a negative amount.',
        body: toSnippetText(snippet).split('\n'),
      },
    });
  });

  it('keeps comments and other snippets, and never replaces one with the same name', async () => {
    const before = '{\r\n\t// mine\r\n\t"Guard": { "prefix": "g", "body": "x" }, /* and */\r\n}';
    await write(before);
    await saveSnippet(file, snippet, 'typescript');
    const after = await read();
    assert.match(after, /\/\/ mine\r\n/);
    assert.match(after, /"Guard": \{ "prefix": "g", "body": "x" \}/);
    assert.match(after, /"Guard \(2\)"/);
  });

  it('refuses a file that is not JSON, and leaves it byte for byte', async () => {
    await write('{ "Guard": ');
    await assert.rejects(saveSnippet(file, snippet, 'typescript'), /isn't valid JSON/);
    assert.equal(await read(), '{ "Guard": ');
  });

  it('is offered for the workspace', async () => {
    await write('{}');
    const files = await snippetFiles(vscode.Uri.joinPath(folder, 'User', 'globalStorage', 'id'));
    assert.ok(files.some(({ uri }) => uri.path.endsWith('/.vscode/switchboard.code-snippets')));
  });
});
