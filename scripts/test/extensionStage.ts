import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import { findDesktop } from '../vscode/desktop.ts';
import { cacheFolder, root } from '../vscode/folders.ts';
import { readResults, resultsFile, resultsVariable, type Counts } from './results.ts';

/** The program that stands in for VS Code where there is no desktop. */
const codeServerHost = join(root, 'scripts', 'vscode', 'extensionHost.ts');

/** Runs mocha inside the extension host of a real VS Code: a desktop where one is found, else code-server. */
export async function extensionStage(): Promise<Counts> {
  const file = await resultsFile('extension');
  const runs = join(cacheFolder, 'run');
  await mkdir(runs, { recursive: true });
  const folder = await mkdtemp(join(runs, 'extension-'));
  const workspace = join(folder, 'workspace');
  await cp(join(root, 'examples', 'workspace'), workspace, { recursive: true });
  try {
    await runTests({
      vscodeExecutablePath: findDesktop() ?? codeServerHost,
      extensionDevelopmentPath: root,
      extensionTestsPath: await bundleTests(),
      launchArgs: [
        workspace,
        `--user-data-dir=${join(folder, 'user-data')}`,
        `--extensions-dir=${join(folder, 'extensions')}`,
        '--disable-workspace-trust',
      ],
      extensionTestsEnv: { [resultsVariable]: file, OPENROUTER_API_KEY: '' },
    });
  } catch (error) {
    // A failed test ends the run with an error; what counts is in the file, and if it is not there, that says so.
    console.log(error instanceof Error ? error.message : error);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const { passed, failed, report } = await readResults(file);
  console.log(report);
  return { passed, failed };
}

/** One CommonJS file with all tests, because that is what the extension host loads as a test runner. */
async function bundleTests(): Promise<string> {
  const tests = join(root, 'test', 'extension');
  const names = (await readdir(tests)).filter((name) => name.endsWith('.test.ts'));
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
