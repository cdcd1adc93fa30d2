import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Edits } from '../../src/core/prompts/edits.ts';
import { explainSelection } from '../../src/host/commands/explainSelection.ts';
import { documentSelection } from '../../src/host/commands/documentSelection.ts';
import { fixSelection } from '../../src/host/commands/fixSelection.ts';
import { refactorSelection } from '../../src/host/commands/refactorSelection.ts';
import { generateSnippet } from '../../src/host/commands/generateSnippet.ts';
import { reviewSelection } from '../../src/host/commands/reviewSelection.ts';
import { readArguments } from '../../src/host/platform/commandArguments.ts';
import { promptCommandIds } from '../../src/host/platform/contributions.ts';
import { InlineReview } from '../../src/host/edits/inlineReview.ts';
import type { CommandServices } from '../../src/host/commands/commandServices.ts';
import { Findings } from '../../src/host/review/findings.ts';
import { deferred } from '../support/fakes.ts';
import { MemoryFiles } from '../support/memoryFiles.ts';
import { ContextGuard } from '../../src/host/context/contextGuard.ts';
import { Settings } from '../../src/host/platform/settings.ts';
import { WriteGuard } from '../../src/host/context/writeGuard.ts';
import { PromptWindow } from '../support/promptWindow.ts';

const code = 'export function one() {\n  return 1;\n}\n\nexport function two() {\n  return 2;\n}\n';
const scheme = 'switchboard-test';

const writes = new WriteGuard(new ContextGuard(new Settings()));

describe('the commands for code', () => {
  const review = new InlineReview(writes);
  let findings: Findings;
  const remote = new MemoryFiles();
  let registration: vscode.Disposable;
  let window: PromptWindow;
  let parts: CommandServices;
  let folder: vscode.Uri;
  let runs = 0;

  before(() => {
    findings = new Findings(writes);
    registration = vscode.workspace.registerFileSystemProvider(scheme, remote);
  });
  beforeEach(() => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    runs += 1;
    folder = vscode.Uri.joinPath(root, `places${String(runs)}`);
    window = new PromptWindow();
    parts = {
      ...window.parts,
      review: () => Promise.resolve(review),
      findings: () => Promise.resolve(findings),
    };
  });
  afterEach(async () => {
    review.rejectAll();
    window.restore();
    while (vscode.window.tabGroups.activeTabGroup.activeTab) {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.workspace.fs
      .delete(folder, { recursive: true, useTrash: false })
      .then(undefined, () => undefined);
  });
  after(() => {
    review.dispose();
    findings.dispose();
    registration.dispose();
  });

  async function write(name: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  }

  const read = async (uri: vscode.Uri): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));

  /** An edit of `return 2`, in a file as the model was told of it. */
  const fix = (file: string, facts: Partial<Edits['edits'][number]> = {}): Edits => ({
    summary: 'Done.',
    edits: [{ file, search: '  return 2;', replace: '  return 22;', startLine: 6, reason: 'Why', ...facts }],
  });

  async function fixAll(document: vscode.TextDocument): Promise<void> {
    window.willAnswer(fix(vscode.workspace.asRelativePath(document.uri)));
    await fixSelection(parts);
    assert.deepEqual(window.raised, []);
    assert.equal(review.provideCodeLenses(document).length, 3);
  }

  function selectAll({ document }: vscode.TextEditor): vscode.Selection {
    return new vscode.Selection(0, 0, document.lineCount - 1, 0);
  }

  it('work on a document that has no file yet', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: code });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = selectAll(editor);
    await fixAll(document);
    assert.equal(document.getText(), code);
    await review.accept();
    assert.equal(document.getText(), code.replace('return 2', 'return 22'));
    assert.equal(document.isUntitled, true);
  });

  it('work on unsaved text and leave saving to the user', async () => {
    const uri = await write('unsaved.ts', 'gone\n');
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => {
      edit.replace(new vscode.Range(0, 0, 1, 0), code);
    });
    editor.selection = selectAll(editor);
    await fixAll(editor.document);
    assert.match(window.sent, /return 2;/);
    await review.accept();
    assert.equal(editor.document.getText(), code.replace('return 2', 'return 22'));
    assert.equal(editor.document.isDirty, true);
    assert.equal(await read(uri), 'gone\n');
  });

  it('work on files of another scheme, and save them there', async () => {
    const uri = vscode.Uri.parse(`${scheme}:/far/code${String(runs)}.ts`);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(code));
    const editor = await vscode.window.showTextDocument(uri);
    editor.selection = selectAll(editor);
    await fixAll(editor.document);
    assert.equal(await read(uri), code);
    await review.accept();
    assert.equal(await read(uri), code.replace('return 2', 'return 22'));
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), code);
  });

  it('work on the cell of a notebook, and save the notebook', async () => {
    const cells = [code, 'print(1)'].map((source) => ({
      ...{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [] },
      source: source.split(/(?<=\n)/),
    }));
    const file = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const uri = await write('notes.ipynb', file);
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    const shown = await vscode.window.showNotebookDocument(notebook);
    shown.selections = [new vscode.NotebookRange(0, 1)];
    const { document } = notebook.cellAt(0);
    await vscode.commands.executeCommand('notebook.cell.edit');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document, document);
    editor.selection = selectAll(editor);
    await fixAll(document);
    assert.equal(await read(uri), file);
    await review.accept();
    assert.equal(document.getText(), code.replace('return 2', 'return 22'));
    assert.equal(notebook.isDirty, false);
    assert.match(await read(uri), /return 22;/);
  });

  it('show a model each of several selections, with its lines', async () => {
    const editor = await vscode.window.showTextDocument(await write('several.ts', code));
    editor.selections = [new vscode.Selection(4, 0, 6, 1), new vscode.Selection(1, 2, 1, 8)];
    await fixAll(editor.document);
    assert.match(window.sent, /begins at line 2 of the file[^]*begins at line 5 of the file/);
    await review.accept();
    assert.equal(editor.document.getText(), code.replace('return 2', 'return 22'));
  });

  it('offer to widen a cursor to the symbol around it, or to the whole file', async () => {
    const editor = await vscode.window.showTextDocument(await write('widen.ts', code));
    window.replace(vscode.commands, 'executeCommand', (id: string) =>
      Promise.resolve(
        id === 'vscode.executeDocumentSymbolProvider'
          ? [5, 1].map((line) => {
              const range = new vscode.Range(line - 1, 0, line + 1, 1);
              const name = line === 5 ? 'two' : 'one';
              return new vscode.DocumentSymbol(name, '', vscode.SymbolKind.Function, range, range);
            })
          : undefined,
      ),
    );
    editor.selection = new vscode.Selection(5, 4, 5, 4);
    for (const command of [fixSelection, refactorSelection, documentSelection]) {
      window.willAnswer({ summary: 'Nothing to do.', edits: [] });
      await command(parts);
    }
    window.willAnswer({ summary: 'Fine.', findings: [] });
    await reviewSelection(parts);
    assert.deepEqual(
      window.lists.map(({ rows }) => rows.map(({ label }) => label)),
      Array.from({ length: 4 }, () => ['$(symbol-method) two', '$(file-code) The whole file']),
    );
    for (const { messages } of window.model.requests) {
      const [item] = messages[0]?.parts.flatMap((part) => (part.type === 'context' ? [part.item] : [])) ?? [];
      assert.equal(item?.text, 'export function two() {\n  return 2;\n}');
    }
    window.chooses = () => undefined;
    await explainSelection(parts);
    assert.equal(window.model.requests.length, 4, 'who gives up sends nothing');
  });

  it('fix any problem from its lamp, with the code around it', async () => {
    const uri = await write('lamp.ts', code);
    const editor = await vscode.window.showTextDocument(uri);
    const collection = vscode.languages.createDiagnosticCollection('lamp');
    const place = new vscode.Range(5, 9, 5, 10);
    collection.set(uri, [
      new vscode.Diagnostic(place, 'Two is wrong.', vscode.DiagnosticSeverity.Warning),
      new vscode.Diagnostic(new vscode.Range(1, 0, 1, 3), 'Another one.'),
    ]);
    try {
      const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        place,
      );
      const action = actions.find(({ title }) => title === 'Fix with Switchboard');
      assert.equal(action?.command?.command, promptCommandIds.fixSelection);
      const args = readArguments(promptCommandIds.fixSelection, action.command.arguments ?? []);
      window.willAnswer(fix(vscode.workspace.asRelativePath(uri)));
      await fixSelection(parts, ...args);
      assert.match(window.sent, /lamp\.ts:6: warning: Two is wrong\./);
      assert.doesNotMatch(window.sent, /Another one/);
      assert.deepEqual(window.lists, [], 'nothing is asked');
      await review.accept();
      assert.equal(editor.document.getText(), code.replace('return 2', 'return 22'));
      const quiet = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        new vscode.Range(3, 0, 3, 0),
      );
      assert.ok(!quiet.some(({ title }) => title === 'Fix with Switchboard'));
    } finally {
      collection.dispose();
    }
  });

  it('never overwrite text typed during the request, and offer to run again', async () => {
    const editor = await vscode.window.showTextDocument(await write('typed.ts', code));
    editor.selection = selectAll(editor);
    const typed = deferred<undefined>();
    window.model.willDo(async function* () {
      await typed.promise;
      yield { type: 'text', text: JSON.stringify(fix('typed.ts')) };
      yield { type: 'finish', reason: 'stop' };
    });
    const run = fixSelection(parts);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(editor.document.uri, new vscode.Range(5, 9, 5, 10), 'mine');
    await vscode.workspace.applyEdit(edit);
    typed.resolve(undefined);
    await run;
    assert.equal(review.provideCodeLenses(editor.document).length, 0);
    assert.equal(editor.document.getText(), code.replace('return 2', 'return mine'));
    assert.deepEqual(window.said, [
      'A proposed change was discarded because the code it touches has changed.',
    ]);
  });

  it('are answered with another variant of a snippet, which takes the place of the first', async () => {
    const editor = await vscode.window.showTextDocument(await write('snippet.ts', 'first();\n\nlast();\n'));
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    const variant = (body: string) => ({
      ...{ name: body, prefix: 'p', language: 'typescript', description: '', placeholders: [] },
      body,
    });
    window.replace(vscode.window, 'showInputBox', () => Promise.resolve('a call'));
    const answers = ['Another Variant', 'Another Variant', undefined];
    window.replace(
      vscode.window,
      'showInformationMessage',
      (_: string, ...buttons: readonly vscode.MessageItem[]) => {
        const wanted = answers.shift();
        return Promise.resolve(buttons.find(({ title }) => title === wanted));
      },
    );
    ['a();', 'b();', 'c();'].forEach((body) => {
      window.willAnswer(variant(body));
    });
    const chosen = ['b();', 'a();'];
    window.chooses = (rows) => rows.find(({ label }) => label === chosen[0]) ?? rows[0];
    const texts: string[] = [];
    const watch = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      texts.push(document.lineAt(1).text);
    });
    await generateSnippet(parts);
    watch.dispose();
    assert.equal(editor.document.getText(), 'first();\nb();\nlast();\n');
    assert.deepEqual(
      window.lists.map(({ rows }) => rows.map(({ label }) => label)),
      [
        ['b();', 'a();'],
        ['c();', 'b();', 'a();'],
      ],
    );
    assert.match(window.sent, /Another variant[^]*b\(\);[^]*Another variant[^]*a\(\);[^]*Snippet: a call$/);
  });

  /** Acts in VS Code's own preview, once it is there, until the command has ended. */
  async function inPreview(run: Promise<void>, act: () => Promise<void>): Promise<void> {
    const ended = run.then(() => true);
    while (!(await Promise.race([ended, delay(200, false)]))) {
      await act();
    }
  }

  it('propose new, renamed and deleted files in the preview, and write nothing that is discarded', async () => {
    const uri = await write('all.ts', code);
    const [old, gone] = [await write('old.ts', 'old();\n'), await write('gone.ts', 'gone();\n')];
    const path = (name: string): string => vscode.workspace.asRelativePath(vscode.Uri.joinPath(folder, name));
    const exists = async (name: string): Promise<boolean> =>
      vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, name)).then(
        () => true,
        () => false,
      );
    const answer: Edits = {
      summary: 'Sorts the files.',
      edits: [
        ...fix(path('all.ts')).edits,
        ...fix(path('old.ts'), { search: 'old();\n', replace: '' }).edits,
        ...fix(path('moved.ts'), { search: '', replace: 'old();\n' }).edits,
        ...fix(path('gone.ts'), { search: 'gone();', replace: '' }).edits,
        ...fix(path('deep/new.ts'), { search: '', replace: 'fresh();\n' }).edits,
      ],
    };
    const editor = await vscode.window.showTextDocument(uri);
    const untouched = async (): Promise<void> => {
      assert.deepEqual([await read(uri), await read(old), await read(gone)], [code, 'old();\n', 'gone();\n']);
      assert.deepEqual([await exists('moved.ts'), await exists('deep/new.ts')], [false, false]);
    };
    editor.selection = selectAll(editor);
    window.willAnswer(answer);
    let looks = 0;
    await inPreview(fixSelection(parts), async () => {
      looks += 1;
      await untouched();
      await vscode.commands.executeCommand('refactorPreview.discard');
    });
    assert.ok(looks > 0, 'the preview was there');
    await untouched();
    assert.equal(window.said.at(-1), 'The changes were not applied.');
    assert.deepEqual(window.raised, []);
  });
});
