import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ModelCatalog } from '../../src/core/model/catalog.ts';
import type { GivenQuestion } from '../../src/host/chat/askFlow.ts';
import { QuestionGuard } from '../../src/host/context/questionGuard.ts';
import { Suggestions } from '../../src/host/chat/suggestions.ts';
import { runPromptFile } from '../../src/host/commands/runPromptFile.ts';
import { ContextGuard } from '../../src/host/context/contextGuard.ts';
import { InlineReview } from '../../src/host/edits/inlineReview.ts';
import type { PromptFileServices } from '../../src/host/promptFiles/runFile.ts';
import { promptFilesHere } from '../../src/host/workspace/promptFiles.ts';
import { PromptRunner } from '../../src/host/prompts/promptRunner.ts';
import { Settings } from '../../src/host/platform/settings.ts';
import { WriteGuard } from '../../src/host/context/writeGuard.ts';
import { FakeChatModel, FakeInstructions } from '../support/fakes.ts';

const secret = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;

type Window = 'showQuickPick' | 'showInputBox' | 'showWarningMessage' | 'showInformationMessage';
interface Choice {
  readonly label: string;
  readonly description?: string;
}

const writes = new WriteGuard(new ContextGuard(new Settings()));

describe('a prompt file', () => {
  const settings = new Settings();
  const review = new InlineReview(writes);
  const catalog = new ModelCatalog(
    { listModels: () => Promise.resolve([]) },
    {
      read: () => Promise.resolve(undefined),
      write: () => Promise.resolve(),
      writtenAt: () => Promise.resolve(undefined),
    },
    () => 'other',
  );
  const restore: (() => void)[] = [];
  let model: FakeChatModel;
  let asked: { readonly text: string; readonly given: GivenQuestion }[];
  let told: string[];
  let parts: PromptFileServices;
  let root: vscode.Uri;
  let tests = 0;
  /** Where the code of this test is: an editor remembers files that are gone. */
  let folder: string;

  /** Lets the test act for the user. */
  function stub(name: Window, act: (...args: readonly never[]) => unknown): void {
    const before: unknown = Reflect.get(vscode.window, name);
    Reflect.set(vscode.window, name, (...args: readonly never[]) => Promise.resolve(act(...args)));
    restore.push(() => void Reflect.set(vscode.window, name, before));
  }

  async function write(path: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.joinPath(root, path);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  }

  const prompt = (name: string, ...lines: readonly string[]): Promise<vscode.Uri> =>
    write(`.github/prompts/${name}.prompt.md`, lines.join('\n'));

  const openText = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';

  beforeEach(() => {
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(workspace);
    root = workspace;
    tests += 1;
    folder = `prompted${tests}`;
    model = new FakeChatModel();
    [asked, told] = [[], []];
    const questions = new QuestionGuard({
      guard: new ContextGuard(settings),
      catalog,
      model: () => settings.model(),
      raise: ({ message }) => void told.push(message),
    });
    const controller = {
      questions,
      ask: (text: string, given: GivenQuestion) => {
        asked.push({ text, given });
        return Promise.resolve();
      },
      raise: ({ message }: { readonly message: string }) => void told.push(message),
      report: (error: unknown) => void told.push(String(error)),
    };
    parts = {
      surface: { controller: () => Promise.resolve(controller), reveal: () => Promise.resolve() },
      runner: new PromptRunner({
        chat: () => Promise.resolve(model),
        catalog,
        settings,
        instructions: new FakeInstructions(),
      }),
      review: () => Promise.resolve(review),
      globalStorage: vscode.Uri.joinPath(root, 'storage'),
      writes,
    } as unknown as PromptFileServices;
    for (const name of ['showWarningMessage', 'showInformationMessage'] as const) {
      stub(name, (words: string) => void told.push(words));
    }
  });
  afterEach(async () => {
    restore
      .splice(0)
      .toReversed()
      .forEach((each) => each());
    review.rejectAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const path of ['.github', folder]) {
      await vscode.workspace.fs
        .delete(vscode.Uri.joinPath(root, path), { recursive: true, useTrash: false })
        .then(undefined, () => undefined);
    }
  });
  after(() => {
    review.dispose();
    catalog.dispose();
  });

  async function openCode(text: string, ...range: readonly [number, number, number, number]) {
    const uri = await write(`${folder}/code.ts`, text);
    const editor = await vscode.window.showTextDocument(uri, { preview: false });
    editor.selection = new vscode.Selection(...range);
    return editor;
  }

  it('is chosen by its name and description, and asks the chat with its variables filled in', async () => {
    await prompt('broken', '---', 'output: paper', '---', 'Do it.');
    const body =
      '${fileBasename} in ${workspaceFolder}: ${input:what:A word} "${selection}" ${input:what} ${file}';
    await prompt('ask', '---', 'description: Asks', 'model: author/own', 'mode: ask', '---', body);
    await openCode('one\ntwo\n', 1, 0, 1, 3);
    let offered: readonly Choice[] = [];
    stub('showQuickPick', (choices: readonly Choice[]) => (offered = choices)[0]);
    const boxes: unknown[] = [];
    stub('showInputBox', ({ prompt: name, placeHolder }: vscode.InputBoxOptions) => {
      boxes.push([name, placeHolder]);
      return 'yes';
    });
    await runPromptFile(parts);
    assert.deepEqual(
      offered.map(({ label }) => label),
      ['ask', 'broken'],
    );
    assert.deepEqual([offered[0]?.description, boxes], ['Asks', [['what', 'A word']]]);
    assert.match(offered[1]?.description ?? '', /^Line 2: There is no output "paper"/);
    const name = vscode.workspace.workspaceFolders?.[0]?.name ?? '';
    assert.equal(asked[0]?.text, `code.ts in ${name}: yes "two" yes ${folder}/code.ts`);
    const { context, settings: changes } = asked[0].given;
    assert.deepEqual(
      context.map(({ path, text }) => [path, text]),
      [[`${folder}/code.ts`, 'one\ntwo\n']],
    );
    assert.deepEqual(changes, { model: 'author/own', fallbackModels: [] });
  });

  it('in the active editor is run on the code beside it, and stops where an input is called off', async () => {
    const uri = await prompt('ask', 'Explain ${selectedText} to ${input:whom}.');
    const code = await openCode('one\ntwo\n', 0, 0, 0, 3);
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Two });
    assert.equal(vscode.window.visibleTextEditors.includes(code), true);
    const answers = [undefined, ''];
    stub('showInputBox', () => answers.shift());
    await runPromptFile(parts);
    assert.equal(asked.length, 0);
    await runPromptFile(parts);
    assert.equal(asked[0]?.text, 'Explain one to .');
  });

  it('says what it needs, and where it cannot be read', async () => {
    const uri = await prompt('ask', '---', 'description: "open', '---', 'Do it.');
    await runPromptFile(parts, uri);
    const selecting = await prompt('select', 'Explain ${selection}.');
    await runPromptFile(parts, selecting);
    await openCode('one\n', 0, 0, 0, 0);
    await runPromptFile(parts, selecting);
    assert.deepEqual(asked, []);
    assert.match(told[0] ?? '', /^\.github\/prompts\/ask\.prompt\.md, line 2: /);
    assert.match(told[1] ?? '', /needs a file/);
    assert.match(told[2] ?? '', /nothing is selected/);
  });

  it('starts as an unsaved example if there is none', async () => {
    stub('showInformationMessage', (...words: readonly string[]) => words[1]);
    await runPromptFile(parts);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.isUntitled, true);
    assert.match(document.uri.path, /\/\.github\/prompts\/example\.prompt\.md$/);
    assert.deepEqual(await promptFilesHere(), []);
    stub('showInputBox', () => 'a child');
    await openCode('one\n', 0, 0, 0, 0);
    await runPromptFile(parts, document.uri);
    assert.ok(asked[0]?.text.startsWith(`Explain ${folder}/code.ts to a child.`));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('is neither offered nor run in an untrusted workspace', async () => {
    const uri = await prompt('ask', 'Do it.');
    await runPromptFile(parts, uri, false);
    assert.deepEqual(asked, []);
    assert.match(told[0] ?? '', /only in trusted workspaces/);
    assert.deepEqual(await promptFilesHere(false), []);
  });

  it('sends nothing of excluded files', async () => {
    const uri = await prompt('ask', 'Explain ${file}.');
    await vscode.window.showTextDocument(await write(`${folder}/.env`, 'KEY=1\n'));
    await runPromptFile(parts, uri);
    const form = await prompt(
      'form',
      '---',
      'output: document',
      `schema: ../../${folder}/.env`,
      '---',
      'Do it.',
    );
    await runPromptFile(parts, form);
    assert.deepEqual([asked, model.requests, told.length], [[], [], 2]);
    told.forEach((words) => assert.match(words, /^prompted\d+\/\.env is excluded by/));
  });

  const documentPrompt = () =>
    prompt(
      'form',
      '---',
      'output: document',
      'model: author/own',
      'schema: form.json',
      '---',
      `Use ${secret}.`,
    );

  it('makes a document in the form that its schema says, without secrets, and writes nothing', async () => {
    await write(
      '.github/prompts/form.json',
      JSON.stringify({
        type: 'object',
        properties: { title: { type: 'string', description: secret }, due: { type: 'string' } },
        required: ['title'],
      }),
    );
    model.willAnswer({ type: 'text', text: '{"due": null}' });
    model.willAnswer({ type: 'text', text: '{"title": "A", "due": null}' });
    await runPromptFile(parts, await documentPrompt());
    assert.equal(openText(), '{\n  "title": "A"\n}\n');
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'json');
    assert.equal(vscode.window.activeTextEditor.document.isUntitled, true);
    const [request] = model.requests;
    assert.deepEqual(
      [model.requests.length, request?.model, request?.schema?.form],
      [2, 'author/own', 'format'],
    );
    assert.doesNotMatch(JSON.stringify(model.requests), new RegExp(secret));
    assert.match(JSON.stringify(request?.messages), /\[redacted: openrouter\]/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('says why a schema cannot be used, and asks nothing', async () => {
    const uri = await documentPrompt();
    await runPromptFile(parts, uri);
    await write('.github/prompts/form.json', '{ "type": ');
    await runPromptFile(parts, uri);
    const outside = await prompt(
      'out',
      '---',
      'output: document',
      'schema: ../../../x.json',
      '---',
      'Do it.',
    );
    await runPromptFile(parts, outside);
    const words = [/doesn't exist/, /isn't a JSON object/, /file in the workspace/];
    assert.equal(told.length, words.length);
    words.forEach((each, index) => assert.match(told[index] ?? '', each));
    assert.deepEqual(model.requests, []);
  });

  it('puts a snippet where the cursor is', async () => {
    const uri = await prompt('guard', '---', 'output: snippet', '---', 'A guard for ${file}.');
    const editor = await openCode('one\n\n', 1, 0, 1, 0);
    const snippet = {
      name: 'Guard',
      prefix: 'guard',
      language: 'typescript',
      description: '',
      body: 'if ({{x}}) {}',
      placeholders: [{ name: 'x', default: 'true' }],
    };
    model.willAnswer({ type: 'text', text: JSON.stringify(snippet) });
    await runPromptFile(parts, uri);
    assert.equal(editor.document.getText(), 'one\nif (true) {}\n');
    const question = JSON.stringify(model.requests[0]?.messages);
    assert.match(question, /Language: typescript.*A guard for prompted\d+\/code\.ts\./);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('proposes edits of the selected code for review', async () => {
    const uri = await prompt('better', '---', 'output: edits', '---', 'Make it better.');
    const editor = await openCode('const a = 1;\nconst b = 2;\n', 1, 0, 1, 12);
    const edit = {
      file: `${folder}/code.ts`,
      search: 'const b = 2;',
      replace: 'const b = 3;',
      startLine: 2,
      reason: 'Better.',
    };
    model.willAnswer({ type: 'text', text: JSON.stringify({ summary: 'Done.', edits: [edit] }) });
    await runPromptFile(parts, uri);
    assert.equal(editor.document.getText(), 'const a = 1;\nconst b = 2;\n', 'nothing is changed yet');
    await review.acceptAll();
    assert.equal(editor.document.getText(), 'const a = 1;\nconst b = 3;\n');
    const question = JSON.stringify(model.requests[0]?.messages);
    assert.match(question, /begins at line 2 of the file.*Make it better\./);
    assert.doesNotMatch(question, /const a/);
  });

  it('is offered after a slash, by its name', async () => {
    await prompt('fix-all', '---', 'description: Fixes', '---', 'Fix it.');
    const offered = await new Suggestions().suggest('/', 'FIX-');
    assert.deepEqual(
      offered.map(({ label, detail }) => [label, detail]),
      [['/fix-all', 'Fixes']],
    );
  });
});
