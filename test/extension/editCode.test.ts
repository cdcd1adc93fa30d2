import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { hunksOf } from '../../src/core/edits/hunks.ts';
import type { Edits } from '../../src/core/prompts/edits.ts';
import { ContextGuard } from '../../src/host/context/contextGuard.ts';
import { DocumentWatch } from '../../src/host/workspace/documentWatch.ts';
import { HunkDrawings } from '../../src/host/edits/hunkDrawings.ts';
import { InlineReview } from '../../src/host/edits/inlineReview.ts';
import { showEdits, type EditServices } from '../../src/host/edits/showEdits.ts';
import { rangeContext } from '../../src/host/workspace/selection.ts';
import type { GivenCode } from '../../src/host/prompts/givenCode.ts';
import { Settings } from '../../src/host/platform/settings.ts';
import { WriteGuard } from '../../src/host/context/writeGuard.ts';
import { aContextItem } from '../support/builders.ts';

const text =
  '\ufeffdef one():\r\n\treturn 1\r\n\r\ndef two():\r\n\treturn 2\r\n\r\ndef three():\r\n\treturn 1';

const writes = new WriteGuard(new ContextGuard(new Settings()));

describe('edits of an answer', () => {
  const review = new InlineReview(writes);
  const raised: string[] = [];
  let files = 0;
  let folder: vscode.Uri;
  let file: vscode.Uri;

  /** What a command works with, as far as showing edits needs it. */
  const parts = {
    review: () => Promise.resolve(review),
    writes,
    surface: {
      controller: () =>
        Promise.resolve({
          raise: ({ message, detail }: { message: string; detail?: string }) => {
            raised.push(`${message}\n${detail ?? ''}`);
          },
        }),
      reveal: () => Promise.resolve(),
    },
  } as unknown as EditServices;

  const onDisk = async (uri = file): Promise<string> =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(await vscode.workspace.fs.readFile(uri));
  const write = (uri: vscode.Uri, content: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  const anEdit = (facts: Partial<Edits['edits'][number]>): Edits['edits'][number] => ({
    file: vscode.workspace.asRelativePath(file),
    search: 'return 2',
    replace: 'return 22',
    startLine: 5,
    reason: 'because',
    ...facts,
  });

  async function given(): Promise<GivenCode> {
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const range = new vscode.Range(0, 0, document.lineCount - 1, 0);
    return {
      document,
      items: [aContextItem(rangeContext(document, range))],
      ranges: [range],
      tokens: 10,
      watch: new DocumentWatch(document),
    };
  }

  /** Opened as a user does it: what an extension opens stays open for minutes. */
  async function givenByHand(): Promise<GivenCode> {
    await vscode.commands.executeCommand('vscode.open', file);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.toString(), file.toString());
    const range = new vscode.Range(0, 0, document.lineCount - 1, 0);
    const [items, watch] = [[aContextItem(rangeContext(document, range))], new DocumentWatch(document)];
    return { document, items, ranges: [range], tokens: 10, watch };
  }

  async function close(document: vscode.TextDocument): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidCloseTextDocument((each) => {
        if (each === document) {
          subscription.dispose();
          resolve();
        }
      });
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await closed;
  }

  const show = async (edits: Edits['edits'], code?: GivenCode): Promise<void> => {
    await showEdits(parts, code ?? (await given()), {
      title: 'Fix Selection',
      value: { summary: 'Done', edits },
      again: () => undefined,
    });
  };

  beforeEach(async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root);
    files += 1;
    raised.length = 0;
    folder = vscode.Uri.joinPath(root, 'edited');
    file = vscode.Uri.joinPath(folder, `code${files}.py`);
    await write(file, text);
  });
  afterEach(async () => {
    review.rejectAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: false });
  });
  after(() => {
    review.dispose();
  });

  const three = (): Edits['edits'] => [
    anEdit({ search: 'def one():\n\treturn 1', replace: 'def one():\n\treturn 11', startLine: 1 }),
    anEdit({}),
    anEdit({ search: 'def three():', replace: 'def three(x):', startLine: 7 }),
  ];

  it('are accepted and rejected one by one, byte for byte, and undone step by step', async () => {
    await show(three());
    assert.equal(await onDisk(), text);
    await review.go(1);
    await review.accept();
    assert.equal(await onDisk(), text.replace('return 2', 'return 22'));
    review.reject(file, 0);
    await review.accept(file, 2);
    const after = text.replace('return 2', 'return 22').replace('three()', 'three(x)');
    assert.equal(await onDisk(), after);
    await vscode.commands.executeCommand('undo');
    const document = await vscode.workspace.openTextDocument(file);
    assert.equal(document.getText(), text.replace('return 2', 'return 22').slice(1));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text.slice(1));
    await document.save();
    assert.equal(await onDisk(), text);
  });

  it('change no byte when all are rejected, and undo in one step when all are accepted', async () => {
    await show(three());
    review.rejectAll();
    assert.equal(await onDisk(), text);
    await show(three());
    await review.acceptAll();
    const document = await vscode.workspace.openTextDocument(file);
    assert.match(document.getText(), /return 11[^]*return 22[^]*three\(x\)/);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text.slice(1));
    await document.save();
  });

  it('find their places though somebody typed while the answer was on its way', async () => {
    const code = await given();
    const typed = new vscode.WorkspaceEdit();
    typed.insert(file, new vscode.Position(0, 0), '# first\r\n');
    typed.replace(file, new vscode.Range(6, 4, 6, 9), 'drei');
    await vscode.workspace.applyEdit(typed);
    await show(three(), code);
    await review.acceptAll();
    const now = code.document.getText();
    assert.ok(now.startsWith('# first\r\ndef one():\r\n\treturn 11\r\n'), now);
    assert.match(now, /return 22/);
    assert.match(now, /def drei\(\):/, 'the typing is not written over');
    await code.document.save();
  });

  it('are applied again if the editor rejects them because of simultaneous typing', async () => {
    const code = await given();
    await show(three(), code);
    const editor = vscode.window.activeTextEditor;
    const typing = editor?.edit((builder) => {
      builder.insert(new vscode.Position(0, 0), '# mine\r\n');
    });
    await Promise.all([typing, review.accept(file, 1)]);
    await review.acceptAll();
    const made = text.replace('return 1', 'return 11').replace('return 2', 'return 22');
    assert.equal(code.document.getText(), `# mine\r\n${made.replace('three()', 'three(x)').slice(1)}`);
    await code.document.save();
  });

  it('keep their places when the lines of the document get other ends, or are given up', async () => {
    const { document } = await given();
    await show(three());
    await vscode.window.activeTextEditor?.edit((builder) => {
      builder.setEndOfLine(vscode.EndOfLine.LF);
    });
    assert.equal(document.getText(), text.slice(1).replaceAll('\r\n', '\n'));
    await review.acceptAll();
    const made = text.replace('return 2', 'return 22').replace('three()', 'three(x)');
    assert.equal(document.getText(), made.slice(1).replaceAll('\r\n', '\n'));
    await document.save();
  });

  it('are all made when several are accepted before the first is in the document', async () => {
    const code = await given();
    await show(three(), code);
    await Promise.all([review.accept(file, 0), review.accept(file, 2), review.accept(file, 1)]);
    const made = text.replace('return 1', 'return 11').replace('return 2', 'return 22');
    assert.equal(await onDisk(), made.replace('three()', 'three(x)'));
    await vscode.commands.executeCommand('undo');
    assert.equal(
      code.document.getText(),
      text.replace('return 1', 'return 11').replace('three()', 'three(x)').slice(1),
    );
    await code.document.save();
  });

  it('stay open if the editor accepts no edit, which is reported', async () => {
    const code = await given();
    await show(three(), code);
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    await assert.rejects(review.accept(file, 1), /didn't accept the change/);
    assert.equal(code.document.getText(), text.slice(1));
    assert.equal(review.provideCodeLenses(code.document).length, 3 * 3 + 2);
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorWriteableInSession');
    await review.accept(file, 1);
    assert.equal(await onDisk(), text.replace('return 2', 'return 22'));
  });

  it('are not made any more once others have taken their place', async () => {
    const code = await given();
    await show(three(), code);
    const accepting = review.accept(file, 0);
    const late = review.accept(file, 1);
    await show([anEdit({ replace: 'return 222' })], code);
    await Promise.all([accepting, late]);
    assert.equal(code.document.getText(), text.replace('return 1', 'return 11').slice(1));
    await review.acceptAll();
    const made = text.replace('return 1', 'return 11').replace('return 2', 'return 222');
    assert.equal(await onDisk(), made);
  });

  describe('of a file whose tab is closed', () => {
    const made = text.replace('return 1', 'return 11').replace('return 2', 'return 22');
    const above = (code: string): string => code.replace('\ufeff', '\ufeff# above\r\n');

    it('find their places when it is opened again, though the file was changed meanwhile', async () => {
      const code = await givenByHand();
      await show(three(), code);
      await close(code.document);
      await write(file, above(text));
      await vscode.commands.executeCommand('vscode.open', file);
      await review.acceptAll();
      assert.equal(await onDisk(), above(made).replace('three()', 'three(x)'));
    });

    it('are opened with it when they are accepted', async () => {
      const code = await givenByHand();
      await show(three(), code);
      await close(code.document);
      await write(file, above(text));
      await review.acceptAll();
      assert.equal(await onDisk(), above(made).replace('three()', 'three(x)'));
    });

    it("are shown even if it was closed before they arrived, and don't overwrite newer changes", async () => {
      const code = await givenByHand();
      await close(code.document);
      await write(file, above(text).replace('return 2', 'return 3'));
      await show(three(), code);
      await review.acceptAll();
      const others = above(made).replace('three()', 'three(x)');
      assert.equal(await onDisk(), others.replace('return 22', 'return 3'));
    });
  });

  it("of a file that was closed and deleted meanwhile aren't applied, which is reported", async () => {
    const code = await givenByHand();
    await close(code.document);
    await vscode.workspace.fs.delete(file, { useTrash: false });
    await show(three(), code);
    assert.match(raised.join(), /nothing was changed[^]*no such file/);
    await assert.rejects(onDisk());
  });

  it('show their reasons as plain, wrapping text', async () => {
    const { document, watch } = await given();
    watch.dispose();
    const [start, reason] = [document.getText().indexOf('return 2'), '  Two   *stars*, and\ta <b>.\n'];
    const [hunk] = hunksOf(document.getText(), [{ start, end: start + 8, text: 'return 22', reason }]);
    assert.ok(hunk);
    const { value } = new HunkDrawings({ document }).body({ index: 0, hunk });
    assert.ok(value.startsWith('Two \\*stars\\*, and a '), value);
    assert.ok(!value.includes('&nbsp;') && !/[^\\]<b>/.test(value), value);
    assert.match(value, /```diff\n\+\treturn 22\n```/);
  });

  it('that fit nowhere change nothing, and say why', async () => {
    const elsewhere = vscode.Uri.joinPath(folder, '.env');
    await write(elsewhere, 'KEY=1\n');
    const bad: readonly (readonly [edits: Edits['edits'], words: RegExp])[] = [
      [[anEdit({ search: 'return 7' })], /isn't in the file/],
      [[anEdit({ search: 'return 1', startLine: 4 })], /more than once/],
      [[anEdit({ search: 'return 2', replace: 'return 2' })], /has no effect/],
      [[anEdit({}), anEdit({ search: 'def two():\n\treturn 2', replace: 'x' })], /overlaps/],
      [[anEdit({ replace: 'key = "[redacted: github]"' })], /redaction placeholder/],
      [[anEdit({ file: '/etc/passwd' })], /isn't a file in the workspace/],
      [[anEdit({ file: '../outside.py' })], /isn't a file in the workspace/],
      [
        [anEdit({ file: `/outside/${vscode.workspace.asRelativePath(file)}` })],
        /isn't a file in the workspace/,
      ],
      [[anEdit({ file: 'edited/nowhere.py' })], /no such file/],
      [
        [
          anEdit({ file: 'edited/new.py', search: '', replace: 'a' }),
          anEdit({ file: 'edited/new.py', search: '', replace: 'b' }),
        ],
        /overlaps/,
      ],
      [[anEdit({ file: 'edited/.env.new', search: '', replace: 'KEY=1' })], /excluded/],
      [[anEdit({ file: 'edited/.env', search: 'KEY=1', replace: 'KEY=2' })], /excluded/],
    ];
    for (const [edits, words] of bad) {
      raised.length = 0;
      await show(edits);
      assert.match(raised.join(), words);
      assert.match(raised.join(), /nothing was changed/);
      assert.equal(await onDisk(), text);
      assert.equal(await onDisk(elsewhere), 'KEY=1\n');
      const document = await vscode.workspace.openTextDocument(file);
      assert.equal(document.isDirty, false);
    }
  });
});
