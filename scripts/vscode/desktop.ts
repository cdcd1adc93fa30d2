import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { cacheFolder } from './folders.ts';
import { findProgram, isExecutable } from './systemPackages.ts';

/** Where installers put VS Code. */
const usualPlaces: readonly string[] = [
  '/usr/share/code/code',
  '/opt/visual-studio-code/code',
  '/snap/code/current/usr/share/code/code',
  '/Applications/Visual Studio Code.app/Contents/MacOS/Code',
  '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
  join(process.env['LOCALAPPDATA'] ?? '', 'Programs', 'Microsoft VS Code', 'Code.exe'),
];

/** Where the program lies as seen from the `code` command, which only starts it and does not wait for its end. */
const besideTheCommand: readonly string[] = [
  join('..', 'code'),
  join('..', 'Code.exe'),
  join('..', '..', '..', 'MacOS', 'Code'),
  join('..', '..', '..', 'MacOS', 'Electron'),
];

/** A server that does not answer must not keep anybody waiting. */
const downloadTimeoutMs = 5_000;

/** Whether a desktop VS Code is asked for; on Windows there is no other. */
export function isDesktopWanted(): boolean {
  return process.env['SWITCHBOARD_DESKTOP'] === '1' || process.platform === 'win32';
}

/** The program of a desktop VS Code: one that is installed, or else one that is downloaded into the cache folder. */
export async function ensureDesktop(): Promise<string> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    throw new Error('a desktop VS Code needs a display: set DISPLAY, or run under xvfb-run');
  }
  return findDesktop() ?? (await downloadDesktop());
}

/** The program that `VSCODE_PATH` names, one in a usual place, or the one behind the `code` command. */
function findDesktop(): string | undefined {
  const named = process.env['VSCODE_PATH'];
  if (named !== undefined && named !== '') {
    if (isAbsolute(named) && isExecutable(named)) {
      return named;
    }
    throw new Error(`VSCODE_PATH names no program: ${named}`);
  }
  const command = findProgram(process.platform === 'win32' ? 'code.cmd' : 'code');
  const beside =
    command === undefined ? [] : besideTheCommand.map((path) => join(dirname(realpathSync(command)), path));
  return [...usualPlaces.filter(isAbsolute), ...beside].find(isExecutable);
}

async function downloadDesktop(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({
      version: 'stable',
      cachePath: cacheFolder,
      timeout: downloadTimeoutMs,
    });
  } catch (cause) {
    throw new Error(
      'no desktop VS Code was found and none can be downloaded: install one, or set VSCODE_PATH to its program',
      { cause },
    );
  }
}
