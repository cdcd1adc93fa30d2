import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { whenAskedToEnd } from './ending.ts';
import { mutations, type Mutation } from './mutate/mutations.ts';
import { ensurePackage } from './package.ts';
import { runGroup } from './test/processGroup.ts';
import { root } from './vscode/folders.ts';
import { endDescendants } from './vscode/processTree.ts';

/*
 * Breaks the product on purpose, one place at a time, and runs the tests that guard the place: each must turn red. A
 * mutation whose text is not in its file any more fails, too, so that the table follows the code.
 *
 * npm run mutate               all of them
 * npm run mutate -- money      those whose file or promise has this word in it
 */

const [word = ''] = process.argv.slice(2);
const chosen = mutations.filter(({ file, promise }) => `${file} ${promise}`.includes(word));
const survived: string[] = [];
let undo: (() => Promise<void>) | undefined;

whenAskedToEnd(() => {
  void (undo?.() ?? Promise.resolve()).then(() => {
    endDescendants();
    process.exit(130);
  });
});

/** The exit code of mocha: 0 only when all tests passed. */
async function runTests(tests: readonly string[]): Promise<number> {
  if (tests.some((file) => file.startsWith('test/webview/'))) {
    await ensurePackage();
  }
  const mocha = join('node_modules', 'mocha', 'bin', 'mocha.js');
  const args = [mocha, '--bail', '--exit', '--reporter', 'dot', '--timeout', '60000', ...tests];
  return runGroup(args, { signal: new AbortController().signal, shown: 'never' });
}

/** A test that is red already says nothing of what is broken. */
async function areGreen(): Promise<boolean> {
  const tests = [...new Set(chosen.flatMap((mutation) => mutation.tests))];
  return (await runTests(tests)) === 0;
}

async function isCaught(mutation: Mutation): Promise<boolean> {
  const path = join(root, mutation.file);
  const text = await readFile(path, 'utf8');
  if (text.split(mutation.find).length !== 2) {
    throw new Error(`${mutation.file} has not exactly one place with: ${mutation.find}`);
  }
  undo = () => writeFile(path, text);
  await writeFile(
    path,
    text.replace(mutation.find, () => mutation.replace),
  );
  try {
    return (await runTests(mutation.tests)) !== 0;
  } finally {
    await undo();
    undo = undefined;
  }
}

if (!(await areGreen())) {
  throw new Error('the tests fail though nothing is broken');
}
for (const mutation of chosen) {
  const isRed = await isCaught(mutation);
  console.log(`${isRed ? '✔ turned red' : '✘ SURVIVED'}: ${mutation.promise} (${mutation.file})`);
  if (!isRed) {
    survived.push(mutation.promise);
  }
}
console.log(`\n${String(chosen.length - survived.length)} of ${String(chosen.length)} turned a test red`);
process.exitCode = survived.length === 0 && chosen.length > 0 ? 0 : 1;
