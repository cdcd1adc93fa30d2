import { isAbsolute, join } from 'node:path';
import { findProgram, isExecutable } from './systemPackages.ts';

/** Where installers put VS Code. */
const usualPlaces: readonly string[] = [
  '/usr/share/code/code',
  '/snap/code/current/usr/share/code/code',
  '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
  '/Applications/Visual Studio Code.app/Contents/MacOS/Code',
  join(process.env['LOCALAPPDATA'] ?? '', 'Programs', 'Microsoft VS Code', 'Code.exe'),
];

/**
 * The program of a desktop VS Code, if there is one: the one that `VSCODE_PATH` names, or one in a usual place. On
 * Linux a desktop needs a display.
 */
export function findDesktop(): string | undefined {
  const named = process.env['VSCODE_PATH'];
  if (named !== undefined && named !== '') {
    if (isAbsolute(named) && isExecutable(named)) {
      return named;
    }
    throw new Error(`VSCODE_PATH names no program: ${named}`);
  }
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return undefined;
  }
  return usualPlaces.filter(isAbsolute).find(isExecutable) ?? findProgram('code');
}
