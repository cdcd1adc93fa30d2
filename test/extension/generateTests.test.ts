import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { RequestError } from '../../src/core/model/requestError.ts';
import { generateTests } from '../../src/host/commands/generateTests.ts';
import { PromptWindow } from '../support/promptWindow.ts';

const code = 'export function double(x: number): number {\n  return 2 * x;\n}\n';
const secret = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;

describe('Generate Tests for Selection', () => {
  let window: PromptWindow;
  let root: vscode.Uri;
  let name: string;
  let folder: vscode.Uri;
  let runs = 0;

  const write = (path: string, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, path), new TextEncoder().encode(text));
  const read = async (path: string): Promise<string | undefined> => {
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, path));
      return new TextDecoder().decode(bytes);
    } catch {
      // It isn't there.
      return undefined;
    }
  };
  const listed = async (): Promise<readonly string[]> =>
    (await vscode.workspace.findFiles(new vscode.RelativePattern(root, '**/*')))
      .map(({ path }) => path)
      .sort();

  beforeEach(async () => {
    window = new PromptWindow();
    const first = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(first);
    root = first;
    runs += 1;
    name = `tested${runs}`;
    folder = vscode.Uri.joinPath(root, name);
    await write('package.json', JSON.stringify({ devDependencies: { mocha: '1' } }));
    await write('src/double.ts', code);
    const file = vscode.Uri.joinPath(folder, 'src', 'double.ts');
    const editor = await vscode.window.showTextDocument(file);
    editor.selection = new vscode.Selection(0, 0, 2, 1);
  });
  afterEach(async () => {
    window.restore();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: false });
  });

  const answerWith = (...files: readonly { path: string; content: string }[]): void => {
    window.willAnswer({
      framework: 'mocha',
      files,
      cases: [
        { name: 'doubles', purpose: 'It would not double.' },
        { name: 'takes zero', purpose: 'Zero would be lost.' },
      ],
    });
  };

  /** Acts in VS Code's own preview, once it is there, until the command has ended. */
  async function inPreview(run: Promise<void>, act: () => Promise<void>): Promise<void> {
    const ended = run.then(() => true);
    while (!(await Promise.race([ended, delay(200, false)]))) {
      await act();
    }
  }

  const apply = async (): Promise<void> => {
    await vscode.commands.executeCommand('refactorPreview.focus');
    await vscode.commands.executeCommand('list.focusFirst');
    await vscode.commands.executeCommand('refactorPreview.toggleCheckedState');
    await vscode.commands.executeCommand('refactorPreview.apply');
  };
  const discard = async (): Promise<void> => {
    await vscode.commands.executeCommand('refactorPreview.discard');
  };

  it('writes nothing that is discarded in the preview', async () => {
    const before = await listed();
    answerWith({ path: `${name}/test/double.test.ts`, content: 'it();' });
    await inPreview(generateTests(window.parts), async () => {
      assert.equal(await read('test/double.test.ts'), undefined);
      await discard();
    });
    assert.deepEqual(await listed(), before);
    assert.deepEqual(window.said, ['No tests were written ($0.001000).']);
  });

  it('names the framework of the nearest manifest, and shows one test, without secrets', async () => {
    await write('test/other.test.ts', `// ${secret}\nit('works');\n`);
    await write('test/.env.test.ts', 'KEY=1\n');
    answerWith({ path: '../out.ts', content: 'it();' });
    await generateTests(window.parts);
    assert.match(window.sent, /^Framework: mocha$/m);
    assert.match(window.sent, /^\/\/ \[redacted: openrouter\]\nit\('works'\);$/m);
    assert.match(window.sent, new RegExp(`${name}/test/other\\.test\\.ts shows how`));
    assert.doesNotMatch(window.sent, /sk-or|KEY=/);
  });

  it('writes the applied tests and runs them only on a click', async () => {
    const terminals: unknown[] = [];
    window.replace(vscode.window, 'createTerminal', (options: vscode.TerminalOptions) => ({
      show: () => undefined,
      sendText: (text: string, enter: boolean) =>
        terminals.push([(options.cwd as vscode.Uri).path === folder.path, text, enter]),
    }));
    window.presses = (_, [button]) => {
      assert.deepEqual(terminals, []);
      return button;
    };
    // The preview takes a tick before it has drawn its list for nothing; then nothing is written, and one asks again.
    for (let tries = 0; tries < 6 && (await read("test/double it's.test.ts")) === undefined; tries += 1) {
      window.said.length = 0;
      answerWith({ path: `${name}/test/double it's.test.ts`, content: "it('doubles');" });
      await inPreview(generateTests(window.parts), apply);
    }
    assert.equal(await read("test/double it's.test.ts"), "it('doubles');\n");
    assert.deepEqual(window.said, [`2 tests in ${name}/test/double it's.test.ts ($0.001000)`]);
    assert.deepEqual(terminals, [[true, "npx mocha 'test/double it'\\''s.test.ts'", true]]);
  });

  it('proposes a change to an existing file, which stays unchanged until it is applied', async () => {
    await write('test/double.test.ts', "it('is mine');\r\n");
    answerWith({ path: `${name}/test/double.test.ts`, content: "it('doubles');\n" });
    await inPreview(generateTests(window.parts), async () => {
      assert.equal(await read('test/double.test.ts'), "it('is mine');\r\n");
      await discard();
    });
    assert.equal(await read('test/double.test.ts'), "it('is mine');\r\n");
    answerWith({ path: `${name}/test/double.test.ts`, content: "it('is mine');" });
    await generateTests(window.parts);
    assert.equal(window.said.at(-1), 'These tests already exist ($0.001000).');
  });

  const fine = { path: 'fine.test.ts', content: 'it();' };
  const bad: readonly (readonly [string, { path: string; content: string }, RegExp])[] = [
    [
      'an absolute path',
      { path: join(tmpdir(), 'out.ts'), content: 'it();' },
      /isn't a file in the workspace/,
    ],
    [
      'a path that leads out',
      { path: 'test/../../out.ts', content: 'it();' },
      /isn't a file in the workspace/,
    ],
    ['a hook of Git', { path: '.git/hooks/pre-commit', content: 'it();' }, /isn't a file in the workspace/],
    ['an excluded file', { path: 'test/.env.test', content: 'it();' }, /is excluded by/],
    [
      'a secret that was taken out',
      { path: 'a.ts', content: "k('[redacted: github]')" },
      /redaction placeholder/,
    ],
    ['a file twice', { path: 'FINE.test.ts', content: 'it();' }, /is listed twice/],
  ];
  for (const [what, file, words] of bad) {
    it(`refuses all of an answer with ${what}`, async () => {
      const before = await listed();
      answerWith(fine, file);
      await generateTests(window.parts);
      assert.match(window.said[0] ?? '', words);
      assert.match(window.said[0] ?? '', /Nothing was written\. \(\$0\.001000\)$/);
      assert.deepEqual(await listed(), before);
    });
  }

  it('refuses a folder, and a link that leads out of the workspace', async () => {
    answerWith({ path: `${name}/src`, content: 'it();' });
    await generateTests(window.parts);
    assert.match(window.said[0] ?? '', /is a folder/);
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    try {
      await symlink(outside, join(folder.fsPath, 'link'));
      answerWith({ path: `${name}/link/new/out.test.ts`, content: 'it();' });
      await generateTests(window.parts);
      assert.match(window.said[1] ?? '', /leads out of the workspace/);
    } finally {
      await rm(outside, { recursive: true, force: true });
    }
  });

  it('tells of a failure, which can be tried again', async () => {
    window.model.willAnswer(new RequestError('credit'));
    await generateTests(window.parts);
    assert.ok(window.reported[0]?.error instanceof RequestError);
    const refused = new Promise((resolve) => {
      window.presses = () => {
        resolve(undefined);
        return undefined;
      };
    });
    answerWith({ path: '../out.ts', content: 'it();' });
    window.reported[0].again?.();
    await refused;
  });
});
