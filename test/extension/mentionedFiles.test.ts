import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { FileLookup } from '../../src/host/answers/fileLookup.ts';
import { openFile } from '../../src/host/answers/openFile.ts';
import type { FilePlace } from '../../src/protocol/fileLookup.ts';

const outside = [
  '../outside.ts',
  'mentioned/../../outside.ts',
  '/etc/passwd',
  'file:///etc/passwd',
  'C:\\x.ts',
  '..\\outside.ts',
  'a/../../outside.ts',
  'b//etc/passwd',
];

function fail(error: unknown): never {
  throw error;
}

describe('files that an answer names', () => {
  let folder: vscode.Uri;

  before(async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    folder = vscode.Uri.joinPath(root, 'mentioned');
    for (const name of ['deep/only.ts', 'one/twice.ts', 'two/twice.ts']) {
      const lines = Array.from({ length: 30 }, (_, at) => `line ${at + 1}`).join('\n');
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), new TextEncoder().encode(lines));
    }
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => vscode.workspace.fs.delete(folder, { recursive: true, useTrash: false }));

  async function found(...paths: readonly string[]): Promise<readonly string[]> {
    const known: string[] = [];
    const lookup = new FileLookup((id, path) => known.push(`${id} ${path}`), fail);
    await lookup.ask({ id: 'q', paths });
    lookup.dispose();
    return known;
  }

  async function opened(place: FilePlace): Promise<readonly [string, number, number, number, number]> {
    await openFile(place);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const { start, end } = editor.selection;
    const path = editor.document.uri.path.slice(folder.path.length + 1);
    return [path, start.line, start.character, end.line, end.character];
  }

  it('are found by their path, by its end where that is clear, and as a diff has it', async () => {
    assert.deepEqual(
      await found(
        'mentioned/deep/only.ts',
        'only.ts',
        'deep/only.ts',
        'twice.ts',
        'one/twice.ts',
        'b/mentioned/deep/only.ts',
        'mentioned/deep',
        'gone.ts',
        'on[l]y.ts',
      ),
      ['mentioned/deep/only.ts', 'only.ts', 'deep/only.ts', 'one/twice.ts', 'b/mentioned/deep/only.ts'].map(
        (path) => `q ${path}`,
      ),
    );
  });

  it('are opened at their place, as far as they have it', async () => {
    const path = 'deep/only.ts';
    assert.deepEqual(await opened({ path, line: 12 }), [path, 11, 0, 11, 0]);
    assert.deepEqual(await opened({ path, line: 12, column: 5 }), [path, 11, 4, 11, 4]);
    assert.deepEqual(await opened({ path, line: 12, endLine: 24 }), [path, 11, 0, 23, 7]);
    assert.deepEqual(await opened({ path, line: 4_000, endLine: 9_999_999 }), [path, 29, 7, 29, 7]);
    assert.equal((await opened({ path: 'one/twice.ts' }))[0], 'one/twice.ts');
  });

  it('are never looked for or opened outside of the workspace', async () => {
    assert.deepEqual(await found(...outside), []);
    for (const path of outside) {
      await openFile({ path, line: 1 });
      assert.equal(vscode.window.activeTextEditor, undefined, path);
    }
  });

  it('are not looked for any more when the panel is gone', async () => {
    const known: string[] = [];
    const lookup = new FileLookup((_, path) => known.push(path), fail);
    const work = lookup.ask({ id: 'q', paths: ['only.ts', 'deep/only.ts'] });
    lookup.clear();
    await work;
    assert.deepEqual(known, []);
    await lookup.ask({ id: 'q', paths: ['only.ts'] });
    assert.deepEqual(known, ['only.ts']);
  });
});
