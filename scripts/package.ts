import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, root, vsixFile } from './vscode/folders.ts';
import { run } from './vscode/run.ts';

/** Everything that the package is made of. */
const sources = [
  'src',
  'media',
  'esbuild.js',
  'package.json',
  'package-lock.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  '.vscodeignore',
];

/** Builds and packages the extension, unless nothing has changed since the last time; gives the file. */
export async function ensurePackage(): Promise<string> {
  const stampFile = join(cacheFolder, 'package.stamp');
  const stamp = await stampOfSources();
  const last = await readFile(stampFile, 'utf8').catch(() => '');
  if (last !== stamp || !existsSync(vsixFile)) {
    await buildPackage();
    await mkdir(cacheFolder, { recursive: true });
    await writeFile(stampFile, stamp);
  }
  return vsixFile;
}

async function buildPackage(): Promise<void> {
  await run(process.execPath, ['esbuild.js', '--production'], { cwd: root });
  // The bundle holds the dependencies, so they are not packaged a second time.
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', vsixFile];
  await run(process.execPath, args, { cwd: root });
}

async function stampOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of await filesIn(join(root, source))) {
      hash.update(file).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function filesIn(path: string): Promise<readonly string[]> {
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
  const file = await ensurePackage();
  const kilobytes = Math.round((await stat(file)).size / 1_024);
  console.log(`dist/switchboard.vsix (${String(kilobytes)} KB)`);
}
