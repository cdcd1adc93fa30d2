import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { RequestError } from '../../src/core/model/requestError.ts';
import { suggestNames } from '../../src/host/commands/suggestNames.ts';
import { aContextItem } from '../support/builders.ts';
import { PromptWindow } from '../support/promptWindow.ts';

const code =
  'export function sum(list: number[]): number {\n  let t = 0;\n  for (const x of list) t += x;\n  return t;\n}\n';
const names = {
  names: [
    { name: 'running total', reason: 'No identifier.' },
    { name: 't', reason: 'The present one.' },
    { name: 'total', reason: 'Says what it adds up to.' },
    { name: 'total', reason: 'Again.' },
    { name: ' ', reason: 'Nothing.' },
  ],
};

describe('Suggest Names', () => {
  let window: PromptWindow;
  let folder: vscode.Uri;
  let files = 0;

  before(async function () {
    this.timeout(60_000);
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    folder = vscode.Uri.joinPath(root, 'named');
    // The service of the language stands when it finds its first fault.
    const wrong = vscode.Uri.joinPath(folder, 'wrong.ts');
    await vscode.workspace.fs.writeFile(
      wrong,
      new TextEncoder().encode('export const wrong: number = "x";\n'),
    );
    const stands = new Promise<void>((resolve) => {
      const subscription = vscode.languages.onDidChangeDiagnostics(() => {
        if (vscode.languages.getDiagnostics(wrong).length > 0) {
          subscription.dispose();
          resolve();
        }
      });
    });
    await vscode.window.showTextDocument(wrong);
    await stands;
  });
  beforeEach(() => {
    window = new PromptWindow();
  });
  afterEach(async () => {
    window.restore();
    await vscode.commands.executeCommand('workbench.action.files.saveAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: false });
  });

  async function open(text: string, at: vscode.Position, type = 'ts'): Promise<vscode.TextEditor> {
    files += 1;
    const file = vscode.Uri.joinPath(folder, `sum${files}.${type}`);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const editor = await vscode.window.showTextDocument(file);
    editor.selection = new vscode.Selection(at, at);
    return editor;
  }

  it('renames the symbol at the cursor wherever it is used, by its language', async () => {
    const editor = await open(code, new vscode.Position(2, 25));
    window.willAnswer(names);
    window.instructions.items = [aContextItem({ path: 'AGENTS.md', text: 'Use tabs.\n' })];
    await suggestNames(window.parts);
    assert.deepEqual(
      window.lists.map(({ title, rows }) => [title, rows.map(({ label, detail }) => [label, detail])]),
      [['Names for t ($0.001000)', [['total', 'Says what it adds up to.']]]],
    );
    assert.match(window.sent, /export function sum/);
    assert.match(window.sent, /^Name: t$/m);
    const { system } = window.model.requests[0] ?? {};
    assert.match(system ?? '', /\n\nInstructions of this workspace, from AGENTS\.md:\n\nUse tabs\.$/);
    assert.equal(editor.document.getText(), code.replaceAll(/\bt\b/g, 'total'));
    assert.deepEqual([window.said, window.reported], [[], []]);
  });

  it('finds the name again that has moved while one chose, and leaves one that was changed', async () => {
    const editor = await open(code, new vscode.Position(1, 6));
    const type = (range: vscode.Range, text: string) => async (rows: readonly vscode.QuickPickItem[]) => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(editor.document.uri, range, text);
      await vscode.workspace.applyEdit(edit);
      return rows[0];
    };
    window.willAnswer(names);
    window.chooses = type(new vscode.Range(0, 0, 0, 0), '// above\n');
    await suggestNames(window.parts);
    const renamed = `// above\n${code.replaceAll(/\bt\b/g, 'total')}`;
    assert.equal(editor.document.getText(), renamed);
    editor.selection = new vscode.Selection(2, 7, 2, 7);
    window.willAnswer({ names: [{ name: 'other', reason: '' }] });
    window.chooses = type(new vscode.Range(2, 6, 2, 8), 'TO');
    await suggestNames(window.parts);
    assert.equal(editor.document.getText(), renamed.replace('let total', 'let TOtal'));
    assert.match(window.said.at(-1) ?? 'nothing', /^total has changed in the meantime/);
  });

  it('says so where no language offers to rename, and copies the name instead', async () => {
    const editor = await open('the t of it\n', new vscode.Position(0, 4), 'txt');
    window.willAnswer(names);
    window.presses = (_, [button]) => button;
    await suggestNames(window.parts);
    assert.equal(editor.document.getText(), 'the t of it\n');
    assert.deepEqual(window.said, ["Rename isn't available for t here."]);
    assert.equal(await vscode.env.clipboard.readText(), 'total');
  });

  it('says why a language refuses, and changes nothing', async () => {
    const provider = vscode.languages.registerRenameProvider(
      { pattern: '**/*.refusing' },
      { provideRenameEdits: () => Promise.reject(new Error('Not this one.')) },
    );
    try {
      await open('the t of it\n', new vscode.Position(0, 4), 'refusing');
      window.willAnswer(names);
      await suggestNames(window.parts);
      assert.deepEqual(window.said, ["It can't be renamed here: Not this one."]);
    } finally {
      provider.dispose();
    }
  });

  it('shows no list when no name can be used, and does nothing when none is chosen', async () => {
    const editor = await open(code, new vscode.Position(1, 6));
    window.willAnswer({ names: [{ name: 'two words', reason: '' }] });
    await suggestNames(window.parts);
    assert.deepEqual(window.lists, []);
    assert.match(window.said[0] ?? '', /^None of the suggested names can replace t \(\$0\.001000\)\.$/);
    window.willAnswer(names);
    window.chooses = () => undefined;
    await suggestNames(window.parts);
    assert.equal(editor.document.getText(), code);
  });

  it('sends no request without a name or for an excluded file', async () => {
    await open('  +  \n', new vscode.Position(0, 1));
    await suggestNames(window.parts);
    assert.match(window.said[0] ?? '', /Place the cursor on a name/);
    await open('TOKEN=1\n', new vscode.Position(0, 1), 'pem');
    await suggestNames(window.parts);
    assert.match(window.raised[0]?.message ?? '', /is excluded by/);
    assert.equal(window.model.requests.length, 0);
  });

  it('sends no secret, and tells of a failure, which can be tried again', async () => {
    const secret = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;
    await open(`const key = '${secret}';\n`, new vscode.Position(0, 7));
    window.model.willAnswer(new RequestError('credit'));
    await suggestNames(window.parts);
    assert.match(window.sent, /\[redacted: openrouter\]/);
    assert.doesNotMatch(window.sent, /sk-or/);
    assert.ok(window.reported[0]?.error instanceof RequestError);
    const chosen = new Promise((resolve) => {
      window.chooses = () => {
        resolve(undefined);
        return undefined;
      };
    });
    window.willAnswer(names);
    window.reported[0].again?.();
    await chosen;
  });
});
