import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { ensureDesktop, isDesktopWanted } from '../vscode/desktop.ts';
import { cacheFolder, root } from '../vscode/folders.ts';
import { endDescendants } from '../vscode/processTree.ts';
import { bundleExtensionTests } from './extensionBundle.ts';
import { showReport } from './extensionReport.ts';
import { reportPortVariable, resultsVariable } from './results.ts';

/** The program that stands in for VS Code where no desktop is wanted. */
const codeServerHost = join(root, 'scripts', 'vscode', 'extensionHost.ts');

/** Runs the bundled tests in a VS Code whose folders, also the workspace, are new. */
async function runInVsCode(folder: string, reportPort: number): Promise<void> {
  const workspace = join(folder, 'workspace');
  await cp(join(root, 'examples', 'workspace'), workspace, { recursive: true });
  await runTests({
    vscodeExecutablePath: isDesktopWanted() ? await ensureDesktop() : codeServerHost,
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleExtensionTests(),
    launchArgs: [
      workspace,
      `--user-data-dir=${join(folder, 'user-data')}`,
      `--extensions-dir=${join(folder, 'extensions')}`,
    ],
    extensionTestsEnv: {
      // The stand-in is a script of our Node.
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      [reportPortVariable]: String(reportPort),
      OPENROUTER_API_KEY: '',
    },
  });
}

const resultsFile = process.env[resultsVariable];
if (resultsFile === undefined) {
  throw new Error(`${resultsVariable} must name the file of results`);
}
const runs = join(cacheFolder, 'run');
await mkdir(runs, { recursive: true });
const folder = await mkdtemp(join(runs, 'extension-'));
const report = await showReport(() => existsSync(resultsFile));
try {
  await Promise.race([runInVsCode(folder, report.port), report.lost]);
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  endDescendants();
  report.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
