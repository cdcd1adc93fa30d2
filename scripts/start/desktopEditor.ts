import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { ownEnvironment, quietSettings } from '../vscode/codeServer.ts';
import { ensureDesktop } from '../vscode/desktop.ts';
import { endTree } from '../vscode/processTree.ts';
import { run } from '../vscode/run.ts';
import { prepareSettings } from '../vscode/userSettings.ts';
import type { Editor, EditorOptions } from './editor.ts';

/** Starts a desktop VS Code with folders of its own; the user's settings and extensions are not touched. */
export async function openDesktopEditor({
  vsix,
  workspace,
  service,
  folder,
}: EditorOptions): Promise<Editor> {
  const program = await ensureDesktop();
  const dataFolder = join(folder, `${service.name}-desktop`);
  const userData = join(dataFolder, 'user-data');
  const env = { ...ownEnvironment(), ...service.env };
  const settings = { defaults: quietSettings, managed: service.settings };
  await prepareSettings(join(userData, 'User', 'settings.json'), settings);
  const common = [
    '--user-data-dir',
    userData,
    '--extensions-dir',
    join(dataFolder, 'extensions'),
    ...rootFlags(),
  ];
  const [cli = program, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(program, {
    reuseMachineInstall: true,
  });
  await runCommand(cli, [...cliArgs, ...common, '--install-extension', vsix, '--force'], env);
  const flags = [
    '--disable-workspace-trust',
    '--disable-updates',
    '--skip-welcome',
    '--password-store=basic',
  ];
  const child = spawn(program, [...common, ...flags, workspace], { env, stdio: 'ignore', detached: true });
  process.once('exit', () => {
    if (child.pid !== undefined) {
      endTree(child.pid);
    }
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) {
        resolve();
      } else {
        reject(new Error(`VS Code has ended by itself (${String(code)})`));
      }
    });
  });
  return { words: 'VS Code opens in a window of its own. Closing it ends this, too.', ended };
}

/** Runs VS Code's own command, which is a batch file on Windows. */
async function runCommand(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const shell = command.endsWith('.cmd');
  const quote = (words: string): string => (shell ? `"${words}"` : words);
  await run(quote(command), args.map(quote), { env, shell });
}

/** Electron does not run as root without it. */
function rootFlags(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
