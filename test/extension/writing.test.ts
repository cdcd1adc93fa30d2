import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { applyToFile } from '../../src/host/answers/applyToFile.ts';
import { insertAtCursor } from '../../src/host/answers/insertAtCursor.ts';
import { newFile } from '../../src/host/answers/newFile.ts';
import { suggestNames } from '../../src/host/commands/suggestNames.ts';
import { ContextGuard } from '../../src/host/context/contextGuard.ts';
import { WriteGuard } from '../../src/host/context/writeGuard.ts';
import { InlineReview } from '../../src/host/edits/inlineReview.ts';
import { showEdits } from '../../src/host/edits/showEdits.ts';
import { Settings } from '../../src/host/platform/settings.ts';
import type { GivenCode } from '../../src/host/prompts/givenCode.ts';
import { Findings } from '../../src/host/review/findings.ts';
import { placeSnippet } from '../../src/host/snippets/placeSnippet.ts';
import { placeTests } from '../../src/host/testGeneration/testFiles.ts';
import { DocumentWatch } from '../../src/host/workspace/documentWatch.ts';
import { rangeContext } from '../../src/host/workspace/selection.ts';
import { aContextItem } from '../support/builders.ts';
import { PromptWindow } from '../support/promptWindow.ts';

const secrets = ['a', 'b'].map((letter) => `sk-or-v1-${`0123456789abcde${letter}`.repeat(4)}`);
const text = `const one = 1;\nconst key = '${secrets[0] ?? ''}';\nconst two = 2;\n`;
const reason = 'because';

/** All ways of writing, each for one file of the folder `written` and a text. */
type Way = (name: string, code: string) => Promise<void>;

describe('whatever writes', () => {
  const writes = new WriteGuard(new ContextGuard(new Settings()));
  let review: InlineReview;
  let findings: Findings;
  let window: PromptWindow;
  let outside: string;
  let folder: vscode.Uri;

  const uriOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  const write = (name: string, content: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(uriOf(name), new TextEncoder().encode(content));
  const read = async (uri: vscode.Uri): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const open = async (name: string): Promise<vscode.TextEditor> => {
    const document = await vscode.workspace.openTextDocument(uriOf(name));
    return vscode.window.showTextDocument(document, { preview: false });
  };

  async function given(name: string): Promise<GivenCode> {
    const { document } = await open(name);
    const range = new vscode.Range(0, 0, document.lineCount - 1, 0);
    const items = [aContextItem(rangeContext(document, range))];
    return { document, items, ranges: [range], tokens: 10, watch: new DocumentWatch(document) };
  }

  async function edit(from: string, name: string, search: string, replace: string): Promise<void> {
    const code = await given(from);
    const parts = { ...window.parts, writes, review: () => Promise.resolve(review) };
    const edits = [{ file: `written/${name}`, search, replace, startLine: 1, reason }];
    try {
      await showEdits(parts, code, {
        value: { summary: '', edits },
        title: 'Fix',
        again: () => undefined,
      });
    } finally {
      code.watch.dispose();
    }
  }

  const services = { review: () => Promise.resolve(review), writes };
  const accepting = async (propose: Promise<void>): Promise<void> => {
    await propose;
    await review.acceptAll();
  };

  const ways: Readonly<Record<string, Way>> = {
    'Apply, by name': (name, code) =>
      accepting(applyToFile({ text: code, language: 'ts', fileName: `written/${name}` }, services)),
    'Apply, in the active editor': async (name, code) => {
      await open(name);
      await accepting(applyToFile({ text: code, language: 'ts' }, services));
    },
    'Insert at cursor': async (name, code) => {
      await open(name);
      await insertAtCursor(code, writes);
    },
    'an edit of the code in question': (name, code) => accepting(edit(name, name, 'const one = 1;', code)),
    'an edit of another file': (name, code) => accepting(edit('plain.ts', name, 'const one = 1;', code)),
    'the tests of an answer': async (name, content) => {
      const root = vscode.workspace.workspaceFolders?.[0]?.uri;
      assert.ok(root);
      const placed = await placeTests([{ path: `written/${name}`, content }], root, writes);
      window.said.push(placed.state === 'refused' ? placed.words : 'placed');
    },
    'the suggestion of a finding': async (name, code) => {
      const { document } = await open(name);
      const watch = new DocumentWatch(document);
      const suggestion = { search: 'const one = 1;', replace: code };
      const facts = {
        file: name,
        quote: 'const one = 1;',
        startLine: 1,
        endLine: 1,
        message: 'm',
        category: 'c',
      };
      await findings.show({ uri: document.uri, lines: [{ start: 1, end: 3 }], watch }, [
        { ...facts, severity: 'error', suggestion },
      ]);
      watch.dispose();
      const range = new vscode.Range(0, 0, 0, 3);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
      );
      const apply = actions.find(({ title }) => title.startsWith('Apply suggestion'))?.command;
      await (apply
        ? vscode.commands.executeCommand(apply.command, ...((apply.arguments ?? []) as unknown[]))
        : window.said.push('not offered, so nothing was written'));
    },
    'a snippet': async (name, body) => {
      const { document } = await open(name);
      const value = { name: 'n', prefix: 'p', language: 'ts', description: '', body, placeholders: [] };
      const globalStorage = vscode.Uri.file('/nowhere/at/all');
      await placeSnippet({ value }, { globalStorage, languageId: 'ts', document, writes });
    },
  };

  before(async () => {
    review = new InlineReview(writes);
    findings = new Findings(writes);
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    folder = vscode.Uri.joinPath(root, 'written');
    outside = await mkdtemp(join(tmpdir(), 'outside-'));
    await write('plain.ts', text);
  });
  beforeEach(async () => {
    window = new PromptWindow();
    await write('file.ts', text);
    await write('.env.ts', text);
    await vscode.workspace.fs.writeFile(
      vscode.Uri.file(join(outside, 'away.ts')),
      new TextEncoder().encode(text),
    );
    await symlink('.env.ts', uriOf('linked.ts').fsPath);
    await symlink(join(outside, 'away.ts'), uriOf('away.ts').fsPath);
    await symlink(outside, uriOf('out').fsPath);
  });
  afterEach(async () => {
    review.rejectAll();
    window.restore();
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await Promise.all(['linked.ts', 'away.ts', 'out'].map((name) => rm(uriOf(name).fsPath, { force: true })));
  });
  after(async () => {
    review.dispose();
    findings.dispose();
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await rm(outside, { recursive: true });
  });

  /** Everything that could have been changed, on disk and in editors. */
  async function unchanged(): Promise<void> {
    for (const uri of [uriOf('file.ts'), uriOf('.env.ts'), vscode.Uri.file(join(outside, 'away.ts'))]) {
      assert.equal(await read(uri), text, uri.path);
    }
    for (const document of vscode.workspace.textDocuments.filter(({ uri }) =>
      uri.path.includes('/written/'),
    )) {
      assert.equal(document.getText(), text, document.uri.path);
    }
  }

  const told = (): string =>
    [...window.said, ...window.raised.flatMap(({ message, detail = '' }) => [message, detail])].join('\n');

  for (const [way, run] of Object.entries(ways)) {
    it(`${way}: leaves excluded files alone, and such as links lead out to, and says so`, async () => {
      const refusals = [
        ['.env.ts', /\.env\.ts is excluded by "\*\*\/\.env\*" in "switchboard\.context\.exclude"/],
        ['linked.ts', /linked\.ts leads to a file that is excluded by/],
        ['away.ts', /away\.ts leads out of the workspace/],
        ['out/away.ts', /away\.ts leads out of the workspace/],
      ] as const;
      for (const [name, words] of refusals) {
        await run(name, 'const one = 11;');
        assert.match(told(), words);
        assert.match(told(), /nothing was (?:written|changed)/i);
        await unchanged();
        window.said.length = 0;
        window.raised.length = 0;
      }
    });

    it(`${way}: writes no mark in the place of a secret, and says so`, async () => {
      for (const mark of ['[redacted: openrouter]', '[Redacted:openrouter]', '[redacted: …]']) {
        await run('file.ts', `const one = '${mark}';`);
        assert.match(told(), /redaction placeholder|not offered/);
        assert.match(told(), /nothing was (?:written|changed)/i);
        await unchanged();
        window.said.length = 0;
        window.raised.length = 0;
      }
    });
  }

  it('makes no new file that is excluded, outside, or has a mark', async () => {
    for (const [fileName, code, words] of [
      ['written/.env.new', 'x', /excluded/],
      ['written/out/new.ts', 'x', /leads out/],
      ['written/new.ts', 'x = "[redacted: a]"', /redaction placeholder/],
      [undefined, 'x = "[redacted: a]"', /The new file would contain a redaction placeholder/],
    ] as const) {
      const before = vscode.workspace.textDocuments.length;
      await newFile({ text: code, language: 'ts', fileName }, writes);
      assert.match(window.said.join(), words);
      assert.equal(vscode.workspace.textDocuments.length, before);
      window.said.length = 0;
    }
  });

  it('renames nothing in an excluded file', async () => {
    const provider = vscode.languages.registerRenameProvider(
      { pattern: '**/written/file.ts' },
      {
        provideRenameEdits: () => {
          const edit = new vscode.WorkspaceEdit();
          edit.replace(uriOf('file.ts'), new vscode.Range(0, 6, 0, 9), 'first');
          edit.replace(uriOf('linked.ts'), new vscode.Range(0, 6, 0, 9), 'first');
          return edit;
        },
      },
    );
    try {
      const editor = await open('file.ts');
      editor.selection = new vscode.Selection(0, 6, 0, 9);
      window.willAnswer({ names: [{ name: 'first', reason }] });
      await suggestNames(window.parts);
      assert.match(told(), /linked\.ts leads to a file that is excluded/);
      await unchanged();
    } finally {
      provider.dispose();
    }
  });

  it('puts the secrets back in code that is applied, where they can only be those of the file', async () => {
    await write('applied.ts', text);
    const code = `const one = 1;\nconst key = '[redacted: openrouter]';\nconst two = 3;\n`;
    const editor = await open('applied.ts');
    editor.selection = new vscode.Selection(0, 0, 3, 0);
    await accepting(applyToFile({ text: code, language: 'ts' }, services));
    assert.equal(await read(uriOf('applied.ts')), text.replace('two = 2', 'two = 3'));
  });

  it('puts the secrets back in an edit, also where it searches for them', async () => {
    await write('edited.ts', text);
    const search = `const key = '[redacted: openrouter]';\nconst two = 2;`;
    await accepting(edit('edited.ts', 'edited.ts', search, search.replace('2', '22')));
    assert.equal(told(), '');
    assert.equal(await read(uriOf('edited.ts')), text.replace('two = 2', 'two = 22'));
  });

  it('accepts nothing after the file has become a link to an excluded one', async () => {
    await applyToFile({ text: 'const one = 11;', language: 'ts', fileName: 'written/file.ts' }, services);
    await rm(uriOf('file.ts').fsPath);
    await symlink('.env.ts', uriOf('file.ts').fsPath);
    await review.acceptAll();
    assert.match(told(), /file\.ts leads to a file that is excluded/);
    assert.equal(await read(uriOf('.env.ts')), text);
    await rm(uriOf('file.ts').fsPath);
  });
});
