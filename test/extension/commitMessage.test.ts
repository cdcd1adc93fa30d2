import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { RequestError } from '../../src/core/model/requestError.ts';
import { commitMessage } from '../../src/host/commands/commitMessage.ts';
import { openRepository, type Repository } from '../../src/host/context/sources/git.ts';
import { PromptWindow } from '../support/promptWindow.ts';

const secret = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;
const answer = {
  type: 'feat',
  scope: 'shop',
  subject: `count ${'many '.repeat(20)}things`,
  body: 'Because.',
};

describe('Generate Commit Message', () => {
  let window: PromptWindow;
  let root: string;
  let repository: Repository;

  const git = async (...args: readonly string[]): Promise<void> => {
    const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
    await promisify(execFile)('git', [...who, ...args], { cwd: root });
  };
  const write = (name: string, text: string): Promise<void> => writeFile(join(root, name), text);
  const run = (): Promise<void> => commitMessage(window.parts, { rootUri: repository.rootUri });

  beforeEach(async () => {
    window = new PromptWindow();
    root = await realpath(await mkdtemp(join(tmpdir(), 'described-')));
    await git('init', '--quiet');
    await write('a.txt', 'one\n');
    await git('add', '.');
    const opened = await openRepository(vscode.Uri.file(root));
    assert.ok(opened);
    repository = opened;
  });
  afterEach(async () => {
    window.restore();
    await rm(root, { recursive: true, force: true });
  });

  it('describes staged changes, even before the first commit', async () => {
    await write('b.txt', 'not staged\n');
    window.willAnswer(answer);
    await run();
    assert.match(window.sent, /^\+one$/m);
    assert.doesNotMatch(window.sent, /not staged|Earlier commits/);
    const [header = '', blank] = repository.inputBox.value.split('\n');
    assert.match(header, /^feat\(shop\): count many/);
    assert.ok(header.length <= 72);
    assert.equal(blank, '');
    assert.deepEqual(window.said, ['Wrote a commit message for 1 staged file ($0.001000).']);
  });

  it('describes all changes if none are staged, in the style of earlier commits', async () => {
    await git('commit', '--quiet', '-m', `shop: add ${secret} a\n\nBody of the first.`);
    await write('a.txt', `two ${secret}\n`);
    await write('new.txt', 'quite new\n');
    window.willAnswer(answer);
    await run();
    assert.match(window.sent, /^-one\n\+two \[redacted: openrouter\]$/m);
    assert.match(window.sent, /^\+quite new$/m);
    assert.match(window.sent, /^- shop: add \[redacted: openrouter\] a$/m);
    assert.doesNotMatch(window.sent, /sk-or|Body of the first/);
    assert.deepEqual(window.said, ['Wrote a commit message for 2 changed files ($0.001000).']);
  });

  it('never sends an excluded file, not even under its new name', async () => {
    await write('.env', 'KEY=hunter2\nANOTHER=line\nAND=one\n');
    await git('add', '-f', '.');
    await git('commit', '--quiet', '-m', 'First');
    await git('mv', '.env', 'plain.txt');
    await run();
    assert.equal(window.model.requests.length, 0);
    assert.match(window.said[0] ?? '', /^All changed files are excluded .*plain\.txt\.$/);
    await git('reset', '--quiet', '--hard');
    await write('.env', 'KEY=hunter3\n');
    await write('a.txt', 'two\n');
    await git('add', '-f', '.');
    window.willAnswer(answer);
    await run();
    assert.match(window.sent, /^\+two$/m);
    assert.doesNotMatch(window.sent, /hunter|\.env/);
    assert.match(window.said.at(-1) ?? '', /Skipped: .*\.env/);
  });

  it("shortens large diffs per file and lists what doesn't fit", async () => {
    for (let index = 0; index < 30; index += 1) {
      await write(`big${index}.txt`, 'some words of a line\n'.repeat(2_000));
    }
    await git('add', '.');
    window.willAnswer(answer);
    await run();
    assert.ok(window.sent.length < 75_000, String(window.sent.length));
    assert.match(window.sent, /more lines; in all \+2000 −0\)/);
    assert.match(window.sent, /big29\.txt \(\+\d+ −0\)|^\+\+\+ b\/big9\.txt$/m);
    assert.match(window.sent, /Also changed, not shown:/);
  });

  it('uses typed text as a hint and can restore it', async () => {
    repository.inputBox.value = `WIP: the shop ${secret}`;
    window.willAnswer(answer);
    window.presses = (_, [button]) => {
      assert.match(repository.inputBox.value, /^feat\(shop\)/);
      return button;
    };
    await run();
    assert.match(window.sent, /begun with, and means: WIP: the shop \[redacted: openrouter\]$/m);
    assert.match(window.said[0] ?? '', /You can restore the previous message\.$/);
    assert.equal(repository.inputBox.value, `WIP: the shop ${secret}`);
  });

  it('leaves the box alone when the request fails, and can be tried again', async () => {
    repository.inputBox.value = 'mine';
    window.model.willAnswer(new RequestError('credit'));
    await run();
    assert.equal(repository.inputBox.value, 'mine');
    assert.ok(window.reported[0]?.error instanceof RequestError);
    const asked = new Promise((resolve) => {
      window.presses = () => {
        resolve(undefined);
        return undefined;
      };
    });
    window.willAnswer(answer);
    window.reported[0].again?.();
    await asked;
    assert.match(repository.inputBox.value, /^feat\(shop\)/);
  });

  it('says so when nothing has changed', async () => {
    await git('commit', '--quiet', '-m', 'First');
    await run();
    assert.deepEqual(window.said, ['There are no changes to describe.']);
    assert.equal(window.model.requests.length, 0);
  });
});
