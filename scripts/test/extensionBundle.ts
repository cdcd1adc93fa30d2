import { globSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { cacheFolder, root } from '../vscode/folders.ts';

/** One CommonJS file with all tests, because that is what the extension host loads as a test runner. */
export async function bundleExtensionTests(): Promise<string> {
  const tests = join(root, 'test', 'extension');
  const names = globSync('**/*.test.ts', { cwd: tests }).sort();
  const folder = join(cacheFolder, 'extension-tests');
  await mkdir(folder, { recursive: true });
  const list = join(folder, 'list.ts');
  const loaders = names.map((name) => `  () => import(${JSON.stringify(join(tests, name))}),`);
  await writeFile(list, `export const loadTests = [\n${loaders.join('\n')}\n];\n`);
  const outfile = join(folder, 'index.cjs');
  await esbuild.build({
    entryPoints: [join(tests, 'index.ts')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode', 'mocha'],
    mainFields: ['module', 'main'],
    alias: { 'test-list': list },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
