import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { chatSystem, withInstructions } from '../../src/core/prompts/instructions.ts';
import { Suggestions } from '../../src/host/chat/suggestions.ts';
import type { Attacher } from '../../src/host/context/attacher.ts';
import { attachUris } from '../../src/host/context/attachUris.ts';
import { ContextGuard } from '../../src/host/context/contextGuard.ts';
import { attachContent } from '../../src/host/context/dropped.ts';
import { workspaceExclusions } from '../../src/host/context/exclusion.ts';
import { userInstructionsPath } from '../../src/core/prompts/instructions.ts';
import { Instructions } from '../../src/host/context/instructions.ts';
import { folderContext } from '../../src/host/context/sources/folder.ts';
import { gitContext, openRepository } from '../../src/host/context/sources/git.ts';
import type { Bounds } from '../../src/host/workspace/gathered.ts';
import { openEditorsContext } from '../../src/host/context/sources/openEditors.ts';
import { pickSymbol } from '../../src/host/context/sources/symbols.ts';
import { problemsContext } from '../../src/host/context/sources/problems.ts';
import type { Report } from '../../src/host/words/report.ts';
import { Settings } from '../../src/host/platform/settings.ts';

const guard = new ContextGuard(new Settings());
const bounds = (tokens = 10_000): Bounds => ({
  tokens,
  isExcluded: async (uri, within) => (await guard.refusalOf(uri, within)) !== undefined,
});

let folder: vscode.Uri;

async function write(name: string, text: string | Uint8Array): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(folder, name);
  await vscode.workspace.fs.writeFile(uri, typeof text === 'string' ? new TextEncoder().encode(text) : text);
  return uri;
}

/** A chat that takes everything. */
function anAttacher(): { readonly chat: Attacher; readonly labels: string[]; readonly reports: Report[] } {
  const labels: string[] = [];
  const reports: Report[] = [];
  const chat: Attacher = {
    attach: (item) => {
      labels.push(item.label);
      return Promise.resolve();
    },
    attachMedia: ({ part }) => labels.push(part.name),
    raise: (report) => reports.push(report),
    questions: {
      refusalOfFile: (uri) => guard.refusalOf(uri),
      cleanText: (text) => guard.clean(text),
      refuseFile: async (uri) => (await guard.refusalOf(uri)) !== undefined,
      bounds,
    },
  };
  return { chat, labels, reports };
}

/** Attaches files to it. */
async function attached(
  uris: readonly vscode.Uri[],
): Promise<{ readonly labels: readonly string[]; readonly reports: readonly Report[] }> {
  const { chat, ...told } = anAttacher();
  await attachUris(chat, uris);
  return told;
}

describe('sources of context', () => {
  beforeEach(() => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    folder = vscode.Uri.joinPath(root, 'gathered');
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: false });
  });

  it('a folder gives its text files under their paths, and names what it leaves out', async () => {
    await write('b.ts', 'export const b = 2;\n');
    await write('deep/a.ts', 'export const a = 1;\n');
    await write('.env', 'KEY=1\n');
    await write('data.bin', new Uint8Array([0, 1, 2, 0]));
    await write('long.txt', 'word '.repeat(5_000));
    const { items, leftOut } = await folderContext(folder, bounds(1_000));
    assert.equal(items[0]?.label, 'gathered/ (2 files)');
    assert.equal(
      items[0].text,
      'gathered/b.ts\n\nexport const b = 2;\n\n---\n\ngathered/deep/a.ts\n\nexport const a = 1;',
    );
    assert.equal(leftOut, 'gathered/: 1 excluded, 1 not text, 1 over the limit');
  });

  it('files that are dropped together are attached as far as they can be, and the others named in one alert', async () => {
    const uris = await Promise.all([
      write('one.ts', 'one();\n'),
      write('.env', 'KEY=1\n'),
      write('data.bin', new Uint8Array([0, 1, 2, 0])),
      write('gone.ts', 'gone();\n'),
      write('two.ts', 'two();\n'),
    ]);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, 'gone.ts'));
    const { labels, reports } = await attached(uris);
    assert.deepEqual(labels, ['one.ts', 'two.ts']);
    assert.equal(reports.length, 1);
    assert.equal(reports[0]?.message, "3 of the files can't be attached.");
    assert.match(
      reports[0].detail ?? '',
      /\.env is excluded[^]*data\.bin isn't text[^]*gone\.ts can't be read/,
    );
  });

  it('no more than 200 files at once, and the rest is said', async () => {
    const uri = await write('one.ts', 'one();\n');
    const { labels, reports } = await attached(Array.from({ length: 203 }, () => uri));
    assert.equal(labels.length, 200);
    assert.deepEqual(
      reports.map(({ message }) => message),
      ['Only 200 files can be attached at once; 3 were skipped.'],
    );
  });

  it('a file is attached from the list that one sees, though the next one is made already', async () => {
    await write('quokka.txt', 'Near.');
    const suggestions = new Suggestions();
    const seen = await suggestions.suggest('@', 'quokka');
    await suggestions.suggest('@', 'quokka-and-more');
    const { chat, labels } = anAttacher();
    const file = seen.find(({ label }) => label === 'quokka.txt');
    await suggestions.take(file?.id ?? '', chat);
    assert.deepEqual(labels, ['quokka.txt']);
  });

  it('open editors contribute their text, saved or not, except excluded files', async () => {
    const [one, secret] = [await write('one.ts', 'one();\n'), await write('.env.local', 'KEY=1\n')];
    for (const uri of [one, secret]) {
      await vscode.window.showTextDocument(uri, { preview: false });
    }
    const edit = new vscode.WorkspaceEdit();
    edit.insert(one, new vscode.Position(0, 0), '// typed\n');
    await vscode.workspace.applyEdit(edit);
    const { items, leftOut } = await openEditorsContext(bounds());
    assert.deepEqual(
      items.map(({ label, text }) => [label, text]),
      [['one.ts', '// typed\none();\n']],
    );
    assert.equal(leftOut, 'Open editors: 1 excluded');
    await vscode.commands.executeCommand('workbench.action.files.saveAll');
  });

  describe('where links are', () => {
    let outside: string;
    const link = (to: string, name: string): Promise<void> =>
      symlink(to, vscode.Uri.joinPath(folder, name).fsPath);
    const uriOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);

    beforeEach(async () => {
      outside = await mkdtemp(join(tmpdir(), 'outside-'));
      await writeFile(join(outside, 'private.txt'), 'Outside.\n');
      await mkdir(join(outside, 'deep'));
      await writeFile(join(outside, 'deep', 'more.txt'), 'More outside.\n');
      await write('plain.txt', 'Inside.\n');
      await write('.env', 'KEY=1\n');
      await link('.env', 'notes.txt');
      await link('plain.txt', 'same.txt');
      await link(join(outside, 'private.txt'), 'away.txt');
      await link(join(outside, 'deep'), 'linked');
      await link('circle.txt', 'circle.txt');
    });
    afterEach(() => rm(outside, { recursive: true }));

    it('a folder gives nothing that a link brings in from outside or from an excluded file', async () => {
      const { items, leftOut } = await folderContext(folder, bounds());
      assert.match(items[0]?.text ?? '', /Inside/);
      assert.doesNotMatch(items[0]?.text ?? '', /outside|KEY/i);
      assert.match(leftOut ?? '', /excluded/);
    });

    it('no single file is attached that leads to such a one, nor a folder', async () => {
      const { labels, reports } = await attached(
        ['notes.txt', 'same.txt', 'away.txt', 'linked', 'linked/more.txt'].map(uriOf),
      );
      assert.deepEqual(labels, ['same.txt']);
      assert.deepEqual(reports[0]?.detail?.split('\n'), [
        'gathered/notes.txt leads to a file that is excluded by "**/.env*" in "switchboard.context.exclude", so nothing was sent.',
        'gathered/away.txt leads out of the workspace, so nothing was sent.',
        'gathered/linked leads out of the workspace, so nothing was sent.',
        'gathered/linked/more.txt leads out of the workspace, so nothing was sent.',
      ]);
    });

    it('no open editor contributes such a file', async () => {
      for (const name of ['notes.txt', 'away.txt', 'plain.txt']) {
        await vscode.window.showTextDocument(uriOf(name), { preview: false });
      }
      const { items, leftOut } = await openEditorsContext(bounds());
      assert.deepEqual(
        items.map(({ label }) => label),
        ['plain.txt'],
      );
      assert.equal(leftOut, 'Open editors: 2 excluded');
    });

    it('a folder that was chosen outside gives what is in it, but not what its links bring in', async () => {
      await symlink(uriOf('.env').fsPath, join(outside, 'settings.txt'));
      await symlink('/etc/hosts', join(outside, 'hosts.txt'));
      const { items } = await folderContext(vscode.Uri.file(outside), bounds());
      assert.match(items[0]?.text ?? '', /Outside[^]*More outside|More outside[^]*Outside/);
      assert.doesNotMatch(items[0]?.text ?? '', /KEY|localhost/);
    });

    it('instructions that lead out of the workspace or to an excluded file are not read', async () => {
      const root = vscode.workspace.workspaceFolders?.[0]?.uri;
      assert.ok(root);
      const files = ['AGENTS.md', '.github/copilot-instructions.md'].map((name) =>
        vscode.Uri.joinPath(root, name),
      );
      await mkdir(vscode.Uri.joinPath(root, '.github').fsPath, { recursive: true });
      const targets = [join(outside, 'private.txt'), uriOf('.env').fsPath];
      await Promise.all(files.map((file, at) => symlink(targets[at] ?? '', file.fsPath)));
      const instructions = new Instructions(guard, new Settings());
      try {
        await instructions.load();
        assert.deepEqual(instructions.itemsFor('chat'), []);
      } finally {
        instructions.dispose();
        await Promise.all(files.map((file) => rm(file.fsPath)));
      }
    });
  });

  it('content that is dropped without a place is refused by its name, whatever it is', async () => {
    await write('x', 'x');
    const { chat, labels } = anAttacher();
    for (const name of ['.env', 'ID_RSA', 'id_rsa.png', 'picture.png']) {
      await attachContent(chat, { name, base64: Buffer.from('text').toString('base64') });
    }
    assert.deepEqual(labels, ['picture.png']);
  });

  it('exclusions of a folder and of a workspace file count, each as far as it can be read', async () => {
    const root = await mkdtemp(join(tmpdir(), 'workspaces-'));
    const settings = (exclude: unknown): string =>
      `{ // with a comment\n"switchboard.context.exclude": ${JSON.stringify(exclude)}, }`;
    await mkdir(join(root, 'one', '.vscode'), { recursive: true });
    await writeFile(join(root, 'one', '.vscode', 'settings.json'), settings(['secrets/**', 5]));
    await mkdir(join(root, 'two', '.vscode'), { recursive: true });
    await writeFile(join(root, 'two', '.vscode', 'settings.json'), settings('*.secret'));
    await mkdir(join(root, 'three', '.vscode'), { recursive: true });
    const nested = { switchboard: { 'context.exclude': ['*.nested'] }, 'switchboard.context': { x: 1 } };
    await writeFile(join(root, 'three', '.vscode', 'settings.json'), JSON.stringify(nested));
    await writeFile(join(root, 'all.code-workspace'), `{ "settings": ${settings(['*.private'])} }`);
    const found = await workspaceExclusions({
      workspaceFolders: ['one', 'two', 'three'].map((name, index) => ({
        ...{ name, index },
        uri: vscode.Uri.file(join(root, name)),
      })),
      workspaceFile: vscode.Uri.file(join(root, 'all.code-workspace')),
    });
    assert.deepEqual(
      found.map(({ value, fault }) => [value, fault !== undefined]),
      [
        [['secrets/**'], true],
        [[], true],
        [['*.nested'], false],
        [['*.private'], false],
      ],
    );
    await rm(root, { recursive: true });
  });

  it('patterns are held against paths in the workspace, and what is wrong in them is told', async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    const told: (readonly string[])[] = [];
    const own = new ContextGuard(new Settings(), (faults) => told.push(faults));
    const file = vscode.Uri.joinPath(root, '.vscode', 'settings.json');
    const before = await vscode.workspace.fs.readFile(file).then(
      (bytes) => bytes,
      () => undefined,
    );
    const exclude = ['gathered/secrets/**', '*.secret', 7, 'gathered/prod.json'];
    try {
      await vscode.workspace.fs.writeFile(
        file,
        new TextEncoder().encode(JSON.stringify({ 'switchboard.context.exclude': exclude })),
      );
      await write('x', 'x');
      for (const name of ['secrets/a.txt', 'b.SECRET', 'prod.json', '.ENV', 'ID_RSA', '.NPMRC']) {
        const refusal = await own.refusalOf(await write(name, 'x'));
        assert.match(refusal?.message ?? '', / is excluded by "/, name);
      }
      assert.equal(await own.refusalOf(await write('prod.txt', 'x')), undefined);
      assert.match(told[0]?.[0] ?? '', /"switchboard.context.exclude" has entries that can't be used: 3/);
    } finally {
      await (before ? vscode.workspace.fs.writeFile(file, before) : vscode.workspace.fs.delete(file));
    }
  });

  it('problems come a line each, the worst first', async () => {
    const uri = await write('wrong.ts', 'x\ny\n');
    const problems = vscode.languages.createDiagnosticCollection('test');
    const at = (line: number): vscode.Range => new vscode.Range(line, 0, line, 1);
    const warning = new vscode.Diagnostic(at(0), 'unused\n  name', vscode.DiagnosticSeverity.Warning);
    warning.source = 'lint';
    problems.set(uri, [warning, new vscode.Diagnostic(at(1), 'unknown', vscode.DiagnosticSeverity.Error)]);
    const { items } = await problemsContext(bounds());
    problems.dispose();
    const lines = items[0]?.text.split('\n').filter((line) => line.startsWith('gathered/wrong.ts'));
    assert.deepEqual(lines, [
      'gathered/wrong.ts:2: error: unknown',
      'gathered/wrong.ts:1: warning: unused name (lint)',
    ]);
  });

  it('secrets are redacted from an item unless the user includes them', async () => {
    await write('x', 'x');
    const secret = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;
    const item = { id: '1', label: 'a', path: 'a.ts', languageId: 'typescript', text: secret, tokens: 9 };
    assert.equal((await guard.cleanItem(item)).text, '[redacted: openrouter]');
    assert.equal((await guard.cleanItem({ ...item, asIs: true })).text, secret);
  });

  it('instructions are both files of a trusted workspace, each up to about 20,000 tokens', async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    await write('x', 'x');
    const [agents, copilot] = ['AGENTS.md', '.github/copilot-instructions.md'].map((name) =>
      vscode.Uri.joinPath(root, name),
    );
    assert.ok(agents && copilot);
    const put = (file: vscode.Uri, text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const read = async (isTrusted = true): Promise<readonly string[]> => {
      const instructions = new Instructions(guard, new Settings(), () => isTrusted);
      await instructions.load();
      const system = withInstructions(chatSystem, instructions.itemsFor('chat'));
      instructions.dispose();
      return instructions.itemsFor('chat').map(({ path, text }) => {
        assert.ok(system.includes(`from ${path}:\n\n${text.trim()}`), 'it is in the request');
        return path;
      });
    };
    try {
      await put(agents, 'word '.repeat(15_000));
      await put(copilot, 'Be brief.');
      assert.deepEqual(await read(), ['AGENTS.md', '.github/copilot-instructions.md']);
      assert.deepEqual(await read(false), [], 'not those of a workspace that is not trusted');
      await put(agents, 'word '.repeat(25_000));
      assert.deepEqual(await read(), ['.github/copilot-instructions.md']);
    } finally {
      await vscode.workspace.fs.delete(agents);
      await vscode.workspace.fs.delete(copilot);
    }
  });

  it('a symbol is its lines, chosen from those of the document', async () => {
    const uri = await write('symbols.txt', 'first\nclass A\n  run\nend\nlast\n');
    const document = await vscode.workspace.openTextDocument(uri);
    const symbol = new vscode.DocumentSymbol(
      ...(['A', '', vscode.SymbolKind.Class] as const),
      new vscode.Range(1, 0, 3, 3),
      new vscode.Range(1, 6, 1, 7),
    );
    const provider = vscode.languages.registerDocumentSymbolProvider(
      { pattern: '**/symbols.txt' },
      { provideDocumentSymbols: () => [symbol] },
    );
    const { showQuickPick } = vscode.window;
    vscode.window.showQuickPick = ((choices: readonly unknown[]) =>
      Promise.resolve(choices[0])) as typeof showQuickPick;
    try {
      const item = await pickSymbol(document);
      assert.ok(item !== 'none' && item);
      assert.deepEqual([item.text, item.lines], ['class A\n  run\nend', { start: 2, end: 4 }]);
    } finally {
      vscode.window.showQuickPick = showQuickPick;
      provider.dispose();
    }
    assert.equal(await pickSymbol(document), 'none');
  });

  it('instructions of the workspace are read anew when they change, without secrets', async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    await write('x', 'x');
    const file = vscode.Uri.joinPath(root, 'AGENTS.md');
    const instructions = new Instructions(guard, new Settings());
    const secret = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;
    try {
      await instructions.load();
      assert.deepEqual(instructions.itemsFor('chat'), []);
      // The watcher may still tell of what was there before.
      const changed = new Promise((resolve) =>
        instructions.onDidChange(() => {
          if (instructions.itemsFor('chat').length > 0) {
            resolve(undefined);
          }
        }),
      );
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`Use tabs. ${secret}\n`));
      await changed;
      const [item] = instructions.itemsFor('chat');
      assert.equal(item?.label, 'AGENTS.md');
      assert.equal(item.text, 'Use tabs. [redacted: openrouter]\n');
      assert.equal(instructions.leaveOut('chat', item.id), true);
      assert.deepEqual(instructions.itemsFor('chat'), []);
      assert.equal(instructions.itemsFor('another').length, 1);
    } finally {
      instructions.dispose();
      await vscode.workspace.fs.delete(file);
    }
  });

  it('instructions of the user are read anew when the setting changes, before those of the workspace', async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    const file = vscode.Uri.joinPath(root, 'AGENTS.md');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('Use tabs.\n'));
    const instructions = new Instructions(guard, new Settings());
    const set = async (value: string | undefined, count: number): Promise<void> => {
      // The file's being there is told in its own time.
      const changed = new Promise<void>((resolve) =>
        instructions.onDidChange(() => {
          if (instructions.itemsFor().length === count) {
            resolve();
          }
        }),
      );
      await vscode.workspace
        .getConfiguration('switchboard')
        .update('instructions', value, vscode.ConfigurationTarget.Global);
      await changed;
    };
    try {
      await instructions.load();
      await set(`Answer in French. sk-or-v1-${'0123456789abcdef'.repeat(4)}`, 2);
      assert.deepEqual(
        instructions.itemsFor().map(({ path, text }) => [path, text]),
        [
          [userInstructionsPath, 'Answer in French. [redacted: openrouter]'],
          ['AGENTS.md', 'Use tabs.\n'],
        ],
      );
      await set(undefined, 1);
      assert.equal(instructions.itemsFor()[0]?.path, 'AGENTS.md');
    } finally {
      instructions.dispose();
      await vscode.workspace.fs.delete(file);
    }
  });
});

describe('Git as a source of context', () => {
  let repository: string;
  const git = async (...args: readonly string[]): Promise<void> => {
    const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
    await promisify(execFile)('git', [...who, ...args], { cwd: repository });
  };

  before(async () => {
    repository = await mkdtemp(join(tmpdir(), 'repository-'));
    await git('init', '--quiet');
    await writeFile(join(repository, 'a.txt'), 'one\n');
    await git('add', '.');
    await git('commit', '--quiet', '-m', 'First');
    await writeFile(join(repository, 'a.txt'), 'two\n');
    await writeFile(join(repository, '.env'), 'KEY=1\n');
    await git('add', '.');
    await writeFile(join(repository, 'a.txt'), 'three\n');
  });
  after(() => rm(repository, { recursive: true, force: true }));

  it('gives staged and unstaged changes as differences, and names excluded files', async () => {
    const opened = await openRepository(vscode.Uri.file(repository));
    assert.ok(opened, 'VS Code’s own Git extension opens it');
    const staged = await gitContext(opened, 'staged', bounds());
    assert.match(staged?.items[0]?.text ?? '', /^-one\n\+two$/m);
    assert.match(staged?.leftOut ?? '', /\.env$/);
    assert.doesNotMatch(staged?.items[0]?.text ?? '', /KEY/);
    const unstaged = await gitContext(opened, 'unstaged', bounds());
    assert.match(unstaged?.items[0]?.text ?? '', /^-two\n\+three$/m);
    const tight = await gitContext(opened, 'unstaged', bounds(1));
    assert.deepEqual(tight?.items, []);
  });

  it('gives nothing of a file that was renamed from an excluded one, nor of one renamed to it', async () => {
    await git('commit', '--quiet', '-a', '-m', 'Second');
    await git('mv', '.env', 'x.txt');
    await git('mv', 'a.txt', 'b.pem');
    const opened = await openRepository(vscode.Uri.file(repository));
    assert.ok(opened);
    const staged = await gitContext(opened, 'staged', bounds());
    assert.deepEqual(staged?.items, []);
    assert.match(staged.leftOut ?? '', /x\.txt/);
    assert.match(staged.leftOut ?? '', /b\.pem/);
    await git('commit', '--quiet', '-m', 'Third');
    const [last] = await opened.log({ maxEntries: 1 });
    assert.ok(last);
    const shown = {
      log: () => Promise.resolve([last]),
      diffBetween: opened.diffBetween.bind(opened),
    } as unknown as typeof opened;
    const pick = vscode.window.showQuickPick;
    vscode.window.showQuickPick = ((rows: readonly vscode.QuickPickItem[]) =>
      Promise.resolve(rows[0])) as unknown as typeof pick;
    try {
      const commit = await gitContext(shown, 'commit', bounds());
      assert.equal(commit?.items[0]?.text, 'Third');
      assert.match(commit.leftOut ?? '', /x\.txt/);
    } finally {
      vscode.window.showQuickPick = pick;
    }
  });
});
