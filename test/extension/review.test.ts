import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ModelCatalog } from '../../src/core/model/catalog.ts';
import { RequestError } from '../../src/core/model/requestError.ts';
import type { Finding } from '../../src/core/prompts/reviewCode.ts';
import type { SourceControlPlace } from '../../src/host/platform/contributions.ts';
import type { NotedAnswer } from '../../src/host/chat/askFlow.ts';
import type { ChatController } from '../../src/host/chat/chatController.ts';
import type { ChatSurface } from '../../src/host/chat/chatSurface.ts';
import { QuestionGuard } from '../../src/host/context/questionGuard.ts';
import { reviewChanges } from '../../src/host/commands/reviewChanges.ts';
import { reviewSelection } from '../../src/host/commands/reviewSelection.ts';
import { ContextGuard } from '../../src/host/context/contextGuard.ts';
import { openRepository } from '../../src/host/context/sources/git.ts';
import { PromptRunner } from '../../src/host/prompts/promptRunner.ts';
import { Findings } from '../../src/host/review/findings.ts';
import type { ReviewServices } from '../../src/host/review/runReview.ts';
import { Settings } from '../../src/host/platform/settings.ts';
import { WriteGuard } from '../../src/host/context/writeGuard.ts';
import { deferred, FakeChatModel, FakeInstructions } from '../support/fakes.ts';

const cart =
  'export function total(prices) {\n\tvar sum = 0;\n\tfor (const each of prices) {\n\t\tsum += each;\n\t}\n\treturn sum;\n}\n';

function finding(quote: string, startLine: number, facts: Partial<Finding> = {}): Finding {
  return {
    ...{ file: 'cart.ts', quote, startLine, endLine: startLine, severity: 'warning', category: 'style' },
    ...{ message: `About ${quote}`, suggestion: null },
    ...facts,
  };
}

const writes = new WriteGuard(new ContextGuard(new Settings()));

describe('a review', () => {
  const settings = new Settings();
  let findings: Findings;
  let model: FakeChatModel;
  let raised: string[];
  let reported: { readonly error: unknown; readonly retry: () => void }[];
  let noted: ({ readonly question: string } & NotedAnswer)[];
  let parts: ReviewServices;
  let folder: vscode.Uri;
  let runs = 0;

  before(() => {
    findings = new Findings(writes);
  });
  beforeEach(() => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    runs += 1;
    // The editor remembers a file for a while after it is gone.
    folder = vscode.Uri.joinPath(root, 'reviewed', String(runs));
    [model, raised, reported, noted] = [new FakeChatModel(), [], [], []];
    const catalog = new ModelCatalog(
      { listModels: () => Promise.resolve([]) },
      {
        read: () => Promise.resolve(undefined),
        write: () => Promise.resolve(),
        writtenAt: () => Promise.resolve(undefined),
      },
      () => 'other',
    );
    const questions = new QuestionGuard({
      guard: new ContextGuard(settings),
      catalog,
      model: () => settings.model(),
      raise: ({ message }) => raised.push(message),
    });
    const controller = {
      questions,
      report: (error: unknown, retry: () => void) => reported.push({ error, retry }),
      note: (question: string, answer: NotedAnswer) => {
        noted.push({ question, ...answer });
        return Promise.resolve();
      },
    } as unknown as ChatController;
    const nothing = (): Promise<void> => Promise.resolve();
    const surface: ChatSurface = {
      controller: () => Promise.resolve(controller),
      ...{ reveal: nothing, open: nothing, focusComposer: nothing, showMessage: nothing },
    };
    const chat = (): Promise<FakeChatModel> => Promise.resolve(model);
    const runner = new PromptRunner({ chat, catalog, settings, instructions: new FakeInstructions() });
    parts = { surface, runner, findings: () => Promise.resolve(findings) };
  });
  afterEach(async () => {
    while (vscode.window.activeTextEditor) {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, '..'), { recursive: true, useTrash: false });
  });
  after(() => {
    findings.dispose();
  });

  async function write(name: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  }

  const read = async (uri: vscode.Uri): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));

  function willFind(...found: readonly Finding[]): void {
    const text = JSON.stringify({ summary: 'Some faults.', findings: found });
    model.willAnswer(
      { type: 'text', text },
      { type: 'usage', usage: { promptTokens: 10, completionTokens: 10, cost: 1_234_000_000 } },
      { type: 'finish', reason: 'stop' },
    );
  }

  /** Opens a file with all of it, or these lines, selected. */
  async function open(
    name: string,
    text: string,
    lines?: readonly [number, number],
  ): Promise<vscode.TextEditor> {
    const editor = await vscode.window.showTextDocument(await write(name, text), { preview: false });
    const [from, to] = lines ?? [1, editor.document.lineCount];
    editor.selection = new vscode.Selection(from - 1, 0, to - 1, editor.document.lineAt(to - 1).text.length);
    return editor;
  }

  async function review(
    name: string,
    text: string,
    ...found: readonly Finding[]
  ): Promise<vscode.TextEditor> {
    const editor = await open(name, text);
    willFind(...found);
    await reviewSelection(parts);
    return editor;
  }

  function problems(uri: vscode.Uri): readonly vscode.Diagnostic[] {
    return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Switchboard');
  }

  /** What the problems of a document are about, with their lines. */
  function marked({ document }: Pick<vscode.TextEditor, 'document'>): readonly string[] {
    return problems(document.uri).map(({ range }) => `${range.start.line + 1}: ${document.getText(range)}`);
  }

  async function type(
    document: vscode.TextDocument,
    line: number,
    from: number,
    to: number,
    text: string,
  ): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(line - 1, from, line - 1, to), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  async function fixesAt(document: vscode.TextDocument, line: number): Promise<readonly vscode.CodeAction[]> {
    const { range } = document.lineAt(line - 1);
    const all = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
    );
    return all.filter(({ command }) => command?.command.startsWith('switchboard.finding.'));
  }

  async function run(action: vscode.CodeAction | undefined): Promise<void> {
    assert.ok(action?.command);
    const args: readonly unknown[] = action.command.arguments ?? [];
    await vscode.commands.executeCommand(action.command.command, ...args);
  }

  const titles = (actions: readonly vscode.CodeAction[]): readonly string[] =>
    actions.map(({ title }) => title);

  it('makes problems of its findings, at the code that they quote', async () => {
    const { document } = await review(
      'cart.ts',
      cart,
      finding('\tvar sum = 0;', 2, { severity: 'error', category: 'scope', message: 'Not `var`.' }),
      finding('for  (const each of prices) {\n  sum += each;', 3, { severity: 'info' }),
      finding('return sum;', 99, { severity: 'hint' }),
    );
    const [first, ...others] = problems(document.uri);
    assert.ok(first);
    assert.deepEqual(
      [first.range, first.message, first.severity, first.source, first.code],
      [new vscode.Range(1, 1, 1, 13), 'Not `var`.', vscode.DiagnosticSeverity.Error, 'Switchboard', 'scope'],
    );
    assert.deepEqual(
      others.map(({ range, severity }) => [range, severity]),
      [
        [new vscode.Range(2, 1, 3, 14), vscode.DiagnosticSeverity.Information],
        [new vscode.Range(5, 1, 5, 12), vscode.DiagnosticSeverity.Information],
      ],
    );
    assert.equal(await read(document.uri), cart, 'nothing is written');
  });

  it('finds its place in Python, where white space means something', async () => {
    const text = 'def a(x):\n    if x == None:\n        return 0\n\n\ndef b(x):\n    return 0\n';
    const editor = await review(
      'a.py',
      text,
      finding('if x == None:', 2, {
        file: 'a.py',
        suggestion: { search: '    if x == None:', replace: '    if x is None:' },
      }),
      finding('return 0', 7, { file: 'a.py' }),
    );
    assert.deepEqual(marked(editor), ['2: if x == None:', '7: return 0']);
    await run((await fixesAt(editor.document, 2))[0]);
    assert.equal(editor.document.getText(), text.replace('== None', 'is None'));
  });

  it('keeps the ends of lines, and stays where it is when others take their place', async () => {
    const text = cart.replaceAll('\n', '\r\n');
    const suggestion = { search: '\tvar sum = 0;\n', replace: '\tlet sum = 0;\n\tlet count = 0;\n' };
    const editor = await review(
      'cart.ts',
      text,
      finding('var sum = 0;\n', 2, { suggestion }),
      finding('return sum;', 6),
    );
    assert.deepEqual(marked(editor), ['2: var sum = 0;', '6: return sum;']);
    await editor.edit((edit) => {
      edit.setEndOfLine(vscode.EndOfLine.LF);
    });
    assert.deepEqual(marked(editor), ['2: var sum = 0;', '6: return sum;']);
    await editor.edit((edit) => {
      edit.setEndOfLine(vscode.EndOfLine.CRLF);
    });
    await run((await fixesAt(editor.document, 2))[0]);
    assert.equal(
      editor.document.getText(),
      text.replace('\tvar sum = 0;', '\tlet sum = 0;\r\n\tlet count = 0;'),
    );
    assert.deepEqual(marked(editor), ['7: return sum;']);
  });

  it('moves with edits during and after the review, and disappears with its code', async () => {
    const { document } = await open('cart.ts', cart);
    const [asked, answer] = [deferred<undefined>(), deferred<undefined>()];
    const found = [finding('var sum = 0;', 2), finding('sum += each;', 4), finding('return sum;', 6)];
    model.willDo(async function* () {
      asked.resolve(undefined);
      await answer.promise;
      yield { type: 'text', text: JSON.stringify({ summary: '', findings: found }) };
      yield { type: 'finish', reason: 'stop' };
    });
    const done = reviewSelection(parts);
    await asked.promise;
    await type(document, 1, 0, 0, '// mine\n');
    await type(document, 5, 6, 8, '-=');
    answer.resolve(undefined);
    await done;
    assert.deepEqual(marked({ document }), ['3: var sum = 0;', '7: return sum;']);
    await type(document, 1, 0, 0, '// more\n');
    assert.deepEqual(marked({ document }), ['4: var sum = 0;', '8: return sum;']);
    await type(document, 4, 1, 4, 'let');
    assert.deepEqual(marked({ document }), ['8: return sum;']);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(7, 0, 8, 0));
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual(problems(document.uri), []);
  });

  it('offers a suggestion, which one undo takes back', async () => {
    const suggestion = { search: 'var sum', replace: 'let sum' };
    const { document } = await review(
      'cart.ts',
      cart,
      finding('var sum = 0;', 2, { suggestion }),
      finding('return sum;', 6),
    );
    const all = 'Dismiss all Switchboard findings in this file';
    const actions = await fixesAt(document, 2);
    assert.deepEqual(titles(actions), ['Apply suggestion', 'Dismiss', all]);
    assert.deepEqual(titles(await fixesAt(document, 6)), ['Dismiss', all]);
    assert.deepEqual(await fixesAt(document, 4), []);
    await run(actions[0]);
    assert.equal(document.getText(), cart.replace('var sum', 'let sum'));
    assert.deepEqual(marked({ document }), ['6: return sum;']);
    assert.equal(await read(document.uri), cart, 'it is not saved');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), cart);
  });

  it('writes nothing where the code has become another since the suggestion was offered', async () => {
    const suggestion = { search: 'return sum;', replace: 'return 0;' };
    const { document } = await review('cart.ts', cart, finding('var sum = 0;', 2, { suggestion }));
    const [apply] = await fixesAt(document, 2);
    assert.equal(apply?.title, 'Apply suggestion');
    await type(document, 6, 8, 11, 'total');
    const text = document.getText();
    await run(apply);
    assert.equal(document.getText(), text);
    assert.ok(!titles(await fixesAt(document, 2)).includes('Apply suggestion'));
  });

  it('offers no suggestion whose place is not certain, or that has the mark of a secret', async () => {
    const { document } = await review(
      'cart.ts',
      cart,
      finding('var sum = 0;', 2, { suggestion: { search: 'nowhere', replace: 'x' } }),
      finding('for (const each of prices) {', 3, { suggestion: { search: 'c', replace: 'x' } }),
      finding('return sum;', 6, { suggestion: { search: 'sum', replace: '"[redacted: generic]"' } }),
    );
    for (const line of [2, 3, 6]) {
      assert.deepEqual(titles(await fixesAt(document, line)).slice(0, 1), ['Dismiss']);
    }
  });

  it('is dismissed one by one, all at once, or by the next review', async () => {
    const found = [finding('var sum = 0;', 2), finding('sum += each;', 4), finding('return sum;', 6)];
    const editor = await review('cart.ts', cart, ...found);
    await run((await fixesAt(editor.document, 4)).find(({ title }) => title === 'Dismiss'));
    assert.deepEqual(marked(editor), ['2: var sum = 0;', '6: return sum;']);
    await run((await fixesAt(editor.document, 2)).at(-1));
    assert.deepEqual(marked(editor), []);
    willFind(...found.slice(0, 2));
    await reviewSelection(parts);
    assert.equal(problems(editor.document.uri).length, 2);
    willFind(...found.slice(2));
    await reviewSelection(parts);
    assert.deepEqual(marked(editor), ['6: return sum;']);
    willFind();
    await reviewSelection(parts);
    assert.deepEqual(marked(editor), []);
  });

  it('says which finding is meant where several are in one place', async () => {
    const { document } = await review('cart.ts', cart, finding('var sum = 0;', 2), finding('var sum', 2));
    assert.deepEqual(titles(await fixesAt(document, 2)).slice(0, 2), [
      'Dismiss: About var sum = 0;',
      'Dismiss: About var sum',
    ]);
  });

  it('puts what it quotes wrongly or twice at the line that it names, if that was selected', async () => {
    const text = 'a();\nb();\na();\nb();\nc();\n';
    const editor = await open('cart.ts', text, [1, 4]);
    willFind(
      finding('a();', 3),
      finding('b();', 1, { message: 'twice' }),
      finding('d();', 2, { message: 'nowhere' }),
      finding('d();', 5, { message: 'not selected' }),
      finding('b();', 2, { file: 'other.ts', message: 'in another file' }),
    );
    await reviewSelection(parts);
    assert.deepEqual(
      problems(editor.document.uri).map(({ range, message }) => [range.start.line + 1, message]),
      [
        [3, 'About a();'],
        [1, 'twice'],
        [2, 'nowhere'],
      ],
    );
  });

  it('stays with its code when the file is read anew', async () => {
    const editor = await review('cart.ts', cart, finding('var sum = 0;', 2), finding('return sum;', 6));
    await write('cart.ts', `// new\n${cart.replace('return sum;', 'return 0;')}`);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    assert.deepEqual(marked(editor), ['3: var sum = 0;']);
  });

  it('asks nothing about an excluded file', async () => {
    await open('.env', 'KEY=1\n');
    await reviewSelection(parts);
    assert.equal(model.requests.length, 0);
    assert.match(raised.join(), /\.env is excluded by/);
  });

  it('tells of a failure, and can be tried again', async () => {
    const editor = await open('cart.ts', cart);
    model.willAnswer(new RequestError('rateLimit'));
    await reviewSelection(parts);
    const [failure] = reported;
    assert.ok(failure?.error instanceof RequestError);
    willFind(finding('return sum;', 6));
    failure.retry();
    await until(() => marked(editor).join() === '6: return sum;');
  });

  describe('of the changes of the working tree', () => {
    const git = async (...args: readonly string[]): Promise<void> => {
      const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
      await promisify(execFile)('git', [...who, ...args], { cwd: folder.fsPath });
    };
    const numbers = Array.from({ length: 60 }, (_, index) => `const n${index + 1} = ${index + 1};\n`);

    const asked = (): string => {
      const [question] = model.requests.at(-1)?.messages ?? [];
      return JSON.stringify(question);
    };

    async function repository(): Promise<SourceControlPlace> {
      assert.ok(await openRepository(folder), 'VS Code’s own Git extension opens it');
      return { rootUri: folder };
    }

    beforeEach(async () => {
      await vscode.workspace.fs.createDirectory(folder);
      await git('init', '--quiet');
    });

    it('covers staged, unstaged, and new files, without excluded ones', async () => {
      await write('long.ts', numbers.join(''));
      await write('staged.ts', 'one();\n');
      await write('gone.ts', 'gone();\n');
      await write('.env.old', 'KEY=renamed\n'.repeat(9));
      await git('add', '.');
      await git('commit', '--quiet', '-m', 'First');
      const long = await write('long.ts', numbers.with(29, 'var n30 = 30;\n').join(''));
      const staged = await write('staged.ts', 'two();\n');
      await write('.env', 'KEY=secret-of-env\n');
      await git('add', 'staged.ts', '.env');
      await git('rm', '--quiet', 'gone.ts');
      await git('mv', '.env.old', 'plain.txt');
      await write('plain.txt', 'KEY=renamed\n'.repeat(8));
      const fresh = await write('fresh.py', 'def a():\n    pass\n');
      await write('data.bin', '\0\0\0');
      await symlink('/etc/hostname', vscode.Uri.joinPath(folder, 'link.ts').fsPath);
      const file = (uri: vscode.Uri): string => vscode.workspace.asRelativePath(uri);
      willFind(
        finding('var n30 = 30;', 30, { file: file(long), suggestion: { search: 'var', replace: 'const' } }),
        finding('two();', 1, { file: file(staged) }),
        finding('pass', 2, { file: file(fresh) }),
        finding('const n1 = 1;', 1, { file: file(long), message: 'not shown' }),
        finding('KEY', 1, { file: file(vscode.Uri.joinPath(folder, '.env')) }),
        finding('root', 1, { file: '/etc/passwd' }),
      );
      await reviewChanges(parts, await repository());
      const texts = await Promise.all(
        [long, staged, fresh].map((uri) => vscode.workspace.openTextDocument(uri)),
      );
      assert.deepEqual(
        texts.map((document) => marked({ document })),
        [['30: var n30 = 30;'], ['1: two();'], ['2: pass']],
      );
      assert.deepEqual(problems(vscode.Uri.joinPath(folder, '.env')), []);
      const question = asked();
      for (const part of ['var n30 = 30;', '-const n30 = 30;', 'two();', '-one();', 'def a():']) {
        assert.ok(question.includes(part), part);
      }
      for (const part of [
        'secret-of-env',
        'KEY=renamed',
        'const n1 = 1;',
        'gone();',
        'link.ts',
        'data.bin',
      ]) {
        assert.ok(!question.includes(part), part);
      }
      const [document] = texts;
      assert.ok(document);
      await vscode.window.showTextDocument(document);
      await run((await fixesAt(document, 30))[0]);
      assert.equal(document.getText(), numbers.join(''));
    });

    it('covers unsaved text in the editor, even before the first commit', async () => {
      const uri = await write('a.ts', 'a();\n');
      await git('add', '.');
      const { document } = await vscode.window.showTextDocument(uri);
      await type(document, 1, 0, 0, 'typed();\n');
      willFind(finding('typed();', 1, { file: 'a.ts' }));
      await reviewChanges(parts, await repository());
      assert.deepEqual(marked({ document }), ['1: typed();']);
    });

    it('asks nothing where nothing has changed', async () => {
      await write('.env', 'KEY=1\n');
      await reviewChanges(parts, await repository());
      assert.equal(model.requests.length, 0);
    });
  });
});

/** Waits for the problems to be so. */
async function until(isSo: () => boolean): Promise<void> {
  if (isSo()) {
    return;
  }
  await new Promise<void>((resolve) => {
    const subscription = vscode.languages.onDidChangeDiagnostics(() => {
      if (isSo()) {
        subscription.dispose();
        resolve();
      }
    });
  });
}
