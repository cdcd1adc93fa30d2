import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { RequestError } from '../../src/core/model/requestError.ts';
import type { Edits } from '../../src/core/prompts/edits.ts';
import { fixSelection } from '../../src/host/commands/fixSelection.ts';
import { generateSnippet } from '../../src/host/commands/generateSnippet.ts';
import { generateTests } from '../../src/host/commands/generateTests.ts';
import { reviewSelection } from '../../src/host/commands/reviewSelection.ts';
import { suggestNames } from '../../src/host/commands/suggestNames.ts';
import { extensionId } from '../../src/host/platform/contributions.ts';
import { InlineReview } from '../../src/host/edits/inlineReview.ts';
import type { CommandServices } from '../../src/host/commands/commandServices.ts';
import { reportOfError } from '../../src/host/words/report.ts';
import { Findings } from '../../src/host/review/findings.ts';
import { ContextGuard } from '../../src/host/context/contextGuard.ts';
import { Settings } from '../../src/host/platform/settings.ts';
import { WriteGuard } from '../../src/host/context/writeGuard.ts';
import { PromptWindow } from '../support/promptWindow.ts';

/** Set, the table is written anew; whoever does that reads what has changed. */
const rewrite = process.env['SWITCHBOARD_REWRITE'] === '1';

const code =
  '\uFEFFexport function total(a) {\r\n\tlet sum = 0;\r\n\tsum += a;\r\n\tsum += a;\r\n\treturn sum;\r\n}';

type Answer = string | Readonly<Record<string, unknown>>;
type Command = (parts: CommandServices) => Promise<void>;

const writes = new WriteGuard(new ContextGuard(new Settings()));

describe('the table of bad answers: what a user sees of each, and that nothing is written', () => {
  const review = new InlineReview(writes);
  let findings: Findings;
  const rows: string[] = [];
  let window: PromptWindow;
  let parts: CommandServices;
  let root: vscode.Uri;
  let folder: vscode.Uri;
  let outside: string;

  const write = (path: string, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, path), new TextEncoder().encode(text));

  /** All files around, byte for byte. */
  const everything = async (uri = root): Promise<readonly string[]> => {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    const found = entries.map(async ([name, type]) => {
      const place = vscode.Uri.joinPath(uri, name);
      return type === vscode.FileType.Directory
        ? everything(place)
        : type === vscode.FileType.File
          ? [`${place.path} ${Buffer.from(await vscode.workspace.fs.readFile(place)).toString('base64')}`]
          : [place.path];
    });
    return (await Promise.all(found)).flat().sort();
  };

  before(async () => {
    findings = new Findings(writes);
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(workspace);
    root = workspace;
    folder = vscode.Uri.joinPath(root, 'bad');
    outside = await mkdtemp(join(tmpdir(), 'outside-'));
    await write('total.ts', code);
    await write('other.ts', 'export const other = 1;\n');
    await write('.env', 'KEY=1\n');
    await symlink(outside, join(folder.fsPath, 'link'));
    await vscode.workspace.fs.writeFile(vscode.Uri.file(join(outside, 'out.ts')), Buffer.from('out;\n'));
  });
  beforeEach(async () => {
    window = new PromptWindow();
    window.replace(vscode.window, 'showInputBox', () => Promise.resolve('a guard'));
    parts = {
      ...window.parts,
      review: () => Promise.resolve(review),
      findings: () => Promise.resolve(findings),
    };
    const editor = await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'total.ts'));
    editor.selection = new vscode.Selection(0, 0, editor.document.lineCount - 1, 1);
  });
  afterEach(async () => {
    review.rejectAll();
    window.restore();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    review.dispose();
    findings.dispose();
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: false });
    await rm(outside, { recursive: true });
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension);
    const file = vscode.Uri.joinPath(extension.extensionUri, 'test', 'extension', 'badAnswers.txt');
    const table = `${rows.join('\n')}\n`;
    if (rewrite) {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(table));
    }
    const kept = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    assert.equal(table, kept, 'the table has changed');
  });

  /** What the user sees, a line each. */
  function seen(): readonly string[] {
    const failures = window.reported.map(({ error }) => {
      assert.ok(error instanceof RequestError, String(error));
      return reportOfError(error);
    });
    const alerts = [...window.raised, ...failures].flatMap(({ message, detail = '', remedies }) => [
      `alert: "${message}"`,
      ...(detail
        .split('\n\n')[0]
        ?.split('\n')
        .filter((line) => line !== '')
        .map((line) => `  ${line.slice(0, 160)}`) ?? []),
      `  ways on: ${remedies.map(({ label }) => label).join(', ')}`,
    ]);
    return [...window.said.map((words) => `notification: "${words}"`), ...alerts];
  }

  async function row(what: string, command: Command, ...answers: readonly Answer[]): Promise<void> {
    const first = await everything();
    const out = await everything(vscode.Uri.file(outside));
    for (const answer of answers) {
      window.model.willAnswer(
        { type: 'text', text: typeof answer === 'string' ? answer : JSON.stringify(answer) },
        { type: 'usage', usage: { promptTokens: 1, completionTokens: 1, cost: 1_000_000_000 } },
        { type: 'finish', reason: 'stop' },
      );
    }
    await command(parts);
    assert.deepEqual(await everything(), first, 'no file has changed');
    assert.deepEqual(await everything(vscode.Uri.file(outside)), out);
    assert.deepEqual(
      vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.path),
      [],
      'no editor has another text',
    );
    const requests = window.model.requests.length;
    assert.equal(requests, answers.length);
    const pending = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      vscode.Uri.joinPath(folder, 'total.ts'),
    );
    const proposed = pending.filter(({ command: lens }) => lens?.title === 'Accept').length;
    rows.push(
      what,
      ...[...seen(), `requests: ${requests}, proposed changes: ${proposed}`].map((line) => `  ${line}`),
    );
  }

  type Edit = Edits['edits'][number];
  const anEdit = (facts: Partial<Edit>): Edit => ({
    ...{ file: 'bad/total.ts', search: '\treturn sum;', replace: '\treturn 0;', startLine: 5, reason: 'Why' },
    ...facts,
  });
  const edits = (...all: readonly Partial<Edit>[]): Answer => ({
    summary: 'Done.',
    edits: all.map(anEdit),
  });
  const good = JSON.stringify(edits({}));

  const table: readonly (readonly [what: string, command: Command, ...answers: readonly Answer[]])[] = [
    ['Fix: words in place of JSON', fixSelection, 'I would rather talk.', 'Really.'],
    ['Fix: nothing at all', fixSelection, '', ''],
    ['Fix: half of the JSON', fixSelection, good.slice(0, good.length / 2), good.slice(0, good.length / 2)],
    ['Fix: half of the JSON, whole when it is asked for again', fixSelection, good.slice(0, 30), good],
    ['Fix: JSON of another schema', fixSelection, { answer: 42 }, { answer: 42 }],
    [
      'Fix: values of other types',
      fixSelection,
      { summary: 'x', edits: [{ ...anEdit({}), startLine: 'five', replace: null }] },
      { summary: 'x', edits: 'none' },
    ],
    ['Fix: prose around the JSON, which fits', fixSelection, `Sure!\n\n${good}\n\nI hope {it} helps.`],
    ['Fix: a quote that matches nothing', fixSelection, edits({ search: '\treturn total;' })],
    [
      'Fix: a quote that leaves something out',
      fixSelection,
      edits({ search: 'let sum = 0;\n…\nreturn sum;' }),
    ],
    ['Fix: a quote that matches twice', fixSelection, edits({ search: '\tsum += a;', startLine: 1 })],
    [
      'Fix: edits that overlap',
      fixSelection,
      edits({}, { search: '\tsum += a;\n\treturn sum;', replace: '\treturn a;' }),
    ],
    ['Fix: one good edit and one that matches nothing', fixSelection, edits({}, { search: 'nowhere' })],
    ['Fix: an edit that changes nothing', fixSelection, edits({ replace: '\treturn sum;' })],
    ['Fix: an edit that quotes nothing', fixSelection, edits({ search: '' })],
    ['Fix: no edits', fixSelection, edits()],
    ['Fix: an absolute path', fixSelection, edits({ file: '/etc/passwd' })],
    ['Fix: a path that ends like the file', fixSelection, edits({ file: '/elsewhere/bad/total.ts' })],
    ['Fix: a path of Windows', fixSelection, edits({ file: 'C:\\bad\\total.ts' })],
    ['Fix: a path that leads out', fixSelection, edits({ file: '../bad/total.ts' })],
    ['Fix: a path that leads out in the middle', fixSelection, edits({ file: 'bad/../../total.ts' })],
    ['Fix: a new file outside', fixSelection, edits({ file: '../new.ts', search: '' })],
    ['Fix: a hook of Git', fixSelection, edits({ file: '.git/hooks/pre-commit', search: '' })],
    ['Fix: a link that leads out', fixSelection, edits({ file: 'bad/link/out.ts', search: 'out;' })],
    ['Fix: a file that is not there', fixSelection, edits({ file: 'bad/none.ts' })],
    ['Fix: a folder', fixSelection, edits({ file: 'bad' })],
    ['Fix: an excluded file', fixSelection, edits({ file: 'bad/.env', search: 'KEY=1' })],
    ['Fix: a new file that is excluded', fixSelection, edits({ file: 'bad/.env.local', search: '' })],
    [
      'Fix: an excluded file beside the right one',
      fixSelection,
      edits({}, { file: 'bad/.env', search: 'KEY' }),
    ],
    ['Fix: the mark of a secret', fixSelection, edits({ replace: '\treturn "[redacted: github]";' })],
    ['Fix: two megabytes of words', fixSelection, 'word '.repeat(400_000)],
    ['Fix: two megabytes of JSON', fixSelection, edits({ replace: 'x'.repeat(2_000_000) })],
    ['Review: JSON of another schema', reviewSelection, { findings: [{}] }, { findings: [{}] }],
    [
      'Review: a finding in another file, with a suggestion that matches twice',
      reviewSelection,
      {
        summary: 'One fault.',
        findings: [
          {
            ...{ file: '../other.ts', quote: 'sum += a;', startLine: 400, endLine: 400 },
            ...{ severity: 'error', category: 'x', message: 'Twice.' },
            suggestion: { search: 'sum += a;', replace: 'sum = a;' },
          },
        ],
      },
    ],
    [
      'Tests: a path that leads out',
      generateTests,
      { framework: 'mocha', files: [{ path: '../a.test.ts', content: 'it();' }], cases: [] },
    ],
    [
      'Tests: an excluded file',
      generateTests,
      { framework: 'mocha', files: [{ path: 'bad/.env.test', content: 'it();' }], cases: [] },
    ],
    ['Tests: no file', generateTests, { framework: 'mocha', files: [], cases: [] }, 'No.'],
    [
      'Names: none that is one',
      suggestNames,
      {
        names: [
          { name: 'two words', reason: '' },
          { name: '1st', reason: '' },
        ],
      },
    ],
    ['Snippet: without a body', generateSnippet, { name: 'x', body: '' }, { name: 'x', body: '' }],
  ];
  for (const [what, command, ...answers] of table) {
    it(`has a row for ${what}`, () => row(what, command, ...answers));
  }
});
