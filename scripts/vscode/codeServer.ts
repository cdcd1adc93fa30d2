import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CodeServerInstall } from './codeServerInstall.ts';
import { run } from './run.ts';

/** How a server is started. Everything it writes goes below `dataFolder`. */
export interface CodeServerOptions {
  readonly install: CodeServerInstall;
  readonly dataFolder: string;
  /** A free one is found when it is absent. */
  readonly port?: number;
  readonly extraArgs?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A running VS Code, to be opened in a browser. */
export interface CodeServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly logFile: string;
  /** The process that all others of the server descend from. */
  readonly pid: number;
  close(): Promise<void>;
}

/** Settings without which the workbench cannot be driven, or would call out. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'workbench.startupEditor': 'none',
  'workbench.editor.useModal': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
};

/** The folders of one server; its home is not the user's. */
function foldersIn(dataFolder: string): { userData: string; extensions: string; home: string } {
  const inside = (name: string): string => join(dataFolder, name);
  return { userData: inside('user-data'), extensions: inside('extensions'), home: inside('home') };
}

/** Where the user's settings of a server lie. */
export function userSettingsFile(dataFolder: string): string {
  return join(foldersIn(dataFolder).userData, 'User', 'settings.json');
}

function environment(dataFolder: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { home } = foldersIn(dataFolder);
  return {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    // Without a gallery there is nothing to look up or to update.
    EXTENSIONS_GALLERY: '{}',
    ...env,
  };
}

function folderArgs(dataFolder: string): readonly string[] {
  const { userData, extensions } = foldersIn(dataFolder);
  const config = join(dataFolder, 'config.yaml');
  return ['--user-data-dir', userData, '--extensions-dir', extensions, '--config', config];
}

/** Installs a VSIX into the folders of a server, running or not yet. */
export async function installVsix(
  install: CodeServerInstall,
  dataFolder: string,
  vsix: string,
): Promise<void> {
  await makeFolders(dataFolder);
  const args = [install.entry, ...folderArgs(dataFolder), '--install-extension', vsix, '--force'];
  await run(install.node, args, { env: environment(dataFolder, {}) });
}

async function makeFolders(dataFolder: string): Promise<void> {
  const { userData, extensions, home } = foldersIn(dataFolder);
  for (const folder of [join(userData, 'User'), extensions, home]) {
    await mkdir(folder, { recursive: true });
  }
}

/** Starts a server, and resolves when it answers. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const { install, dataFolder, env = {}, extraArgs = [] } = options;
  await makeFolders(dataFolder);
  const settings = { ...quietSettings, ...options.settings };
  await writeFile(userSettingsFile(dataFolder), JSON.stringify(settings, null, 2));
  const port = options.port ?? (await freePort());
  const args = [
    install.entry,
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${String(port)}`],
    ...folderArgs(dataFolder),
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
    '--ignore-last-opened',
    ...extraArgs,
  ];
  // A group of its own, because the server has children that must end with it.
  const child = spawn(install.node, args, {
    env: environment(dataFolder, env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const logFile = join(dataFolder, 'server.log');
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const url = `http://127.0.0.1:${String(port)}`;
  const close = closer(child);
  await untilHealthy(child, url, logFile);
  return { port, url, logFile, pid: child.pid ?? 0, close };
}

/** Ends the whole group, now or when this process ends without having asked. */
function closer(child: ChildProcess): () => Promise<void> {
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const kill = (): void => {
    killGroup(child);
  };
  process.once('exit', kill);
  return async () => {
    process.off('exit', kill);
    killGroup(child);
    await exited;
  };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
}

async function untilHealthy(child: ChildProcess, url: string, logFile: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const healthy = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) {
      return;
    }
    await delay(50);
  }
  killGroup(child);
  throw new Error(`code-server did not start; its log is ${logFile}`);
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') {
    throw new Error('there is no free port');
  }
  return address.port;
}
