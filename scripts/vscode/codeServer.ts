import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CodeServerInstall } from './codeServerInstall.ts';
import { run } from './run.ts';
import { prepareSettings, type SettingsByName } from './userSettings.ts';

/** How a server is started. Everything it writes goes below `dataFolder`. */
export interface CodeServerOptions {
  readonly install: CodeServerInstall;
  readonly dataFolder: string;
  /** A free one is found when it is absent. */
  readonly port?: number;
  readonly extraArgs?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** The user's settings that must hold at this start. */
  readonly settings?: SettingsByName;
}

/** A running VS Code, to be opened in a browser. */
export interface CodeServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly logFile: string;
  /** The process that all others of the server descend from. */
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** Settings without which the workbench cannot be driven, or would call out. */
export const quietSettings: SettingsByName = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  // In the form that VS Code keeps: it rewrites older forms in the file, some time after the start.
  'extensions.autoUpdate': 'off',
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

/** Where the installed extensions of a server lie. */
export function extensionsFolder(dataFolder: string): string {
  return foldersIn(dataFolder).extensions;
}

/** Where the user's settings of a server lie. */
export function userSettingsFile(dataFolder: string): string {
  return join(foldersIn(dataFolder).userData, 'User', 'settings.json');
}

/**
 * Variables by which a VS Code, in whose terminal we may run, would make our server its helper, and by which
 * code-server takes another port, asks for a password, or hands on a token.
 */
const foreignVariables =
  /^(VSCODE_|ELECTRON_|CODE_SERVER_|CS_|PORT$|(HASHED_)?PASSWORD$|GITHUB_TOKEN$|LOG_LEVEL$)/;

/** The environment without what belongs to another VS Code. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !foreignVariables.test(name));
  return Object.fromEntries(own);
}

function environment(dataFolder: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { home } = foldersIn(dataFolder);
  return {
    ...ownEnvironment(),
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
  const settings = { defaults: quietSettings, managed: options.settings ?? {} };
  await prepareSettings(userSettingsFile(dataFolder), settings);
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
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const close = closer(child, ended);
  await untilHealthy(child, url, logFile);
  return { port, url, logFile, pid: child.pid ?? 0, ended, close };
}

/** Ends the whole group, now or when this process ends without having asked. */
function closer(child: ChildProcess, ended: Promise<void>): () => Promise<void> {
  const kill = (): void => {
    killGroup(child);
  };
  process.once('exit', kill);
  return async () => {
    process.off('exit', kill);
    killGroup(child);
    await ended;
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

/** A port that nobody listens on at this moment: the preferred one or one of the next, or any when none is named. */
export async function freePort(preferred = 0): Promise<number> {
  for (const candidate of preferred === 0 ? [0] : Array.from({ length: 20 }, (_, step) => preferred + step)) {
    const port = await tryPort(candidate);
    if (port !== undefined) {
      return port;
    }
  }
  throw new Error('there is no free port');
}

async function tryPort(candidate: number): Promise<number | undefined> {
  const server = createServer();
  const listens = await new Promise<boolean>((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(candidate, '127.0.0.1', () => {
      resolve(true);
    });
  });
  const address = listens ? server.address() : null;
  await new Promise((resolve) => server.close(resolve));
  return address === null || typeof address === 'string' ? undefined : address.port;
}
