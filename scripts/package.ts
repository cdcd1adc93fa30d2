import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { cacheFolder, root, vsixFile } from './vscode/folders.ts';
import { withLock } from './vscode/lock.ts';
import { run } from './vscode/run.ts';

/** Everything that the package is made of. */
const sources = [
  'src',
  'media',
  'esbuild.js',
  'l10n',
  'package.json',
  'package.nls.json',
  'package.nls.de.json',
  'package.nls.ja.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  '.vscodeignore',
];

/** What is made: another build, such as that of a watch task, may have written over it since. */
const products = ['dist/extension.js', 'dist/chunks', 'dist/panel', 'dist/switchboard.vsix'];

/** The files of the package. */
const filesFile = join(root, '.ci', 'packageFiles.txt');

/** Where the packaged files are gathered. */
const stageFolder = join(cacheFolder, 'package');

/** In bytes. */
const largestPackage = 1_048_576;

/** Builds and packages the extension, unless nothing has changed since the last time; gives the file. */
export async function ensurePackage(): Promise<string> {
  await packageOnce({ always: false });
  return vsixFile;
}

/** Gives what the packager says; nothing, when there was nothing to do. */
async function packageOnce({ always }: { readonly always: boolean }): Promise<string> {
  await mkdir(cacheFolder, { recursive: true });
  const stampFile = join(cacheFolder, 'package.stamp');
  return withLock(join(cacheFolder, 'package.lock'), async () => {
    const stamp = await stampOf(sources);
    const last = await readFile(stampFile, 'utf8').catch(() => '');
    if (!always && last === `${stamp} ${await stampOf(products)}`) {
      return '';
    }
    const words = await buildPackage();
    await writeFile(stampFile, `${stamp} ${await stampOf(products)}`);
    return words;
  });
}

async function buildPackage(): Promise<string> {
  await run(process.execPath, ['esbuild.js', '--production'], { cwd: root });
  // The bundle holds the dependencies, so they are not packaged a second time.
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const list = await run(process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: root });
  await checkFiles(list);
  const args = [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', vsixFile];
  const words = await run(process.execPath, args, { cwd: await stageFiles(list) });
  const { size } = await stat(vsixFile);
  if (size > largestPackage) {
    throw new Error(`the package has ${String(size)} bytes; it may have ${String(largestPackage)}`);
  }
  return words;
}

/** Copies what is packaged, with a README without pictures: VS Code shows none that lie in an extension's folder. */
async function stageFiles(list: string): Promise<string> {
  await rm(stageFolder, { recursive: true, force: true });
  for (const name of list.trim().split('\n')) {
    await cp(join(root, name), join(stageFolder, name));
  }
  const readme = join(stageFolder, 'README.md');
  const text = await readFile(readme, 'utf8');
  await writeFile(readme, text.replace(/^!\[[^\]]*\]\(docs\/[^)]*\)\n\n/gm, ''));
  return stageFolder;
}

/** What is packaged is what is meant to be: no more, and no less. */
async function checkFiles(list: string): Promise<void> {
  // Chunks are named after what is in them, and come and go with it.
  const names = list
    .trim()
    .split('\n')
    .map((name) => name.replace(/[^/]+-[A-Z0-9]{8}\.js$/, '*.js'));
  const packaged = `${[...new Set(names)].sort().join('\n')}\n`;
  if (process.env['SWITCHBOARD_REWRITE'] === '1') {
    await writeFile(filesFile, packaged);
  } else if (packaged !== (await readFile(filesFile, 'utf8'))) {
    throw new Error(
      `the package holds other files than .ci/packageFiles.txt, which SWITCHBOARD_REWRITE=1 writes anew:\n${packaged}`,
    );
  }
}

async function stampOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesIn(join(root, path))) {
      hash.update(relative(root, file)).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function filesIn(path: string): Promise<readonly string[]> {
  if (!existsSync(path)) {
    return [];
  }
  if (!(await stat(path)).isDirectory()) {
    return [path];
  }
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

if (process.argv[1] === import.meta.filename) {
  console.log(await packageOnce({ always: true }));
}
