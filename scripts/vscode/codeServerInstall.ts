import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { withLock } from './lock.ts';
import { cacheFolder } from './folders.ts';
import { run } from './run.ts';
import { findProgram, installSystemPackages } from './systemPackages.ts';

/** VS Code's workbench and extension host, as code-server packages them for npm, and the Node they run on. */
const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';

/** Raised when the steps below change, so that an older install is made anew. */
const recipe = 1;

/** Where an installed code-server lies. */
export interface CodeServerInstall {
  readonly node: string;
  readonly entry: string;
}

/** Installs code-server into the cache folder, once; says what is missing when it cannot. */
export async function ensureCodeServer(): Promise<CodeServerInstall> {
  const folder = join(cacheFolder, `code-server-${codeServerVersion}-${String(recipe)}`);
  if (!existsSync(folder)) {
    await mkdir(cacheFolder, { recursive: true });
    await withLock(join(cacheFolder, 'code-server.lock'), async () => {
      if (!existsSync(folder)) {
        await install(folder);
      }
    });
  }
  return {
    node: join(folder, 'node_modules', nodePackage(), 'bin', 'node'),
    entry: join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
}

/** The npm package that holds the Node binary and its headers for this machine. */
function nodePackage(): string {
  return `node-${process.platform}-${process.arch}`;
}

/** Built aside and renamed when it is whole, so that half an install is never taken for one. */
async function install(folder: string): Promise<void> {
  await ensureCompiler();
  console.log('Installing the VS Code host (about a minute, once) …');
  const aside = `${folder}.part`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  await writeFile(join(aside, 'package.json'), JSON.stringify({ private: true }));
  const nodeFolder = join(aside, 'node_modules', nodePackage());
  const env = {
    ...process.env,
    PATH: [join(nodeFolder, 'bin'), process.env['PATH']].join(delimiter),
    // Native modules must be built against the headers of the Node that will run them.
    npm_config_nodedir: nodeFolder,
  };
  const npm = async (cwd: string, ...args: readonly string[]): Promise<void> => {
    await run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, env });
  };
  await npm(aside, 'install', '--save-exact', `${nodePackage()}@${nodeVersion}`);
  // Its own post-install step stops at a module that is not needed here; its parts follow below.
  await npm(aside, 'install', '--save-exact', '--ignore-scripts', `code-server@${codeServerVersion}`);
  const vscode = join(aside, 'node_modules', 'code-server', 'lib', 'vscode');
  await npm(vscode, 'install', '--omit=dev', '--ignore-scripts');
  await npm(vscode, 'rebuild', '@vscode/spdlog', '@vscode/native-watchdog', 'node-pty');
  await npm(join(vscode, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
  await linkHelpers(vscode);
  await rename(aside, folder);
}

async function linkHelpers(vscode: string): Promise<void> {
  const system = process.platform === 'darwin' ? 'darwin' : 'linux';
  const links = [
    ['bin/remote-cli', 'code-server', `code-${system}.sh`],
    ['bin/helpers', 'browser.sh', `browser-${system}.sh`],
  ] as const;
  for (const [folder, name, target] of links) {
    const link = join(vscode, folder, name);
    if (!existsSync(link)) {
      await symlink(target, link);
    }
  }
}

async function ensureCompiler(): Promise<void> {
  const missing = ['g++', 'make', 'python3'].filter((name) => findProgram(name) === undefined);
  if (missing.length > 0 && !(await installSystemPackages(...missing))) {
    throw new Error(
      `${missing.join(', ')} missing: the VS Code host has native modules that must be compiled. ` +
        'Install them ("apt-get install g++ make python3" on Debian), and start again.',
    );
  }
}
