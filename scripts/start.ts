import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { whenAskedToEnd } from './ending.ts';
import { ensurePackage } from './package.ts';
import { openDesktopEditor } from './start/desktopEditor.ts';
import { openService } from './start/service.ts';
import { openWebEditor } from './start/webEditor.ts';
import { isDesktopWanted } from './vscode/desktop.ts';
import { cacheFolder, root } from './vscode/folders.ts';
import { endDescendants } from './vscode/processTree.ts';

const help = `npm start                    a real VS Code with Switchboard in it, at the URL that is printed
npm start -- --port 9000     at another port
npm start -- --desktop       a desktop VS Code instead: the one that is installed, or one that is downloaded
OPENROUTER_API_KEY in the environment makes it talk to OpenRouter; without, a simulator answers.`;

interface Choice {
  readonly desktop: boolean;
  /** The port of the service's own when absent. */
  readonly port: number | undefined;
}

function readArguments(): Choice {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      desktop: { type: 'boolean', default: isDesktopWanted() },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    process.exit();
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`not a port: ${String(values.port)}`);
  }
  return { desktop: values.desktop, port };
}

/** The sample workspace as the user left it; a fresh copy when there is none. */
async function ensureWorkspace(folder: string): Promise<string> {
  const workspace = join(folder, 'workspace');
  if (!existsSync(workspace)) {
    await mkdir(folder, { recursive: true });
    await cp(join(root, 'examples', 'workspace'), workspace, { recursive: true });
  }
  return workspace;
}

async function start(): Promise<void> {
  const { desktop, port } = readArguments();
  console.log('Preparing VS Code with Switchboard …');
  const folder = join(cacheFolder, 'start');
  const workspace = await ensureWorkspace(folder);
  const vsix = await ensurePackage();
  const service = await openService();
  const open = desktop ? openDesktopEditor : openWebEditor;
  const editor = await open({ vsix, workspace, service, folder, port });
  console.log(`\n${service.words}\n${editor.words}\nCtrl-C ends it.`);
  await editor.ended;
}

const asked = new Promise<void>((resolve) => {
  whenAskedToEnd(resolve);
});
try {
  await Promise.race([start(), asked]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  // Also what was only being prepared when Ctrl-C came.
  endDescendants();
  process.exit();
}
