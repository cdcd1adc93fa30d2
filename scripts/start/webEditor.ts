import { join } from 'node:path';
import { findChromium } from '../vscode/chromium.ts';
import { freePort, installVsix, startCodeServer } from '../vscode/codeServer.ts';
import { ensureCodeServer } from '../vscode/codeServerInstall.ts';
import type { Editor, EditorOptions } from './editor.ts';

/** Starts code-server: VS Code itself, which any browser opens. */
export async function openWebEditor({
  vsix,
  workspace,
  service,
  folder,
  port,
}: EditorOptions): Promise<Editor> {
  const install = await ensureCodeServer();
  const wanted = port ?? service.port;
  const found = await freePort(wanted);
  // The browser keeps a key for one port, so what the editor keeps belongs to that port, too.
  const dataFolder = join(folder, `${service.name}-${String(found)}`);
  await installVsix(install, dataFolder, vsix);
  const { env, settings } = service;
  const server = await startCodeServer({ install, dataFolder, port: found, env, settings });
  const lines = ['Open it in your browser:', '', `  ${server.url}/?folder=${encodeURI(workspace)}`, ''];
  if (found !== wanted) {
    lines.unshift(`Port ${String(wanted)} is taken. Another one has a profile of its own.`);
  }
  if (findChromium() === undefined) {
    lines.push('There is no Chromium on this machine; Firefox, Edge or Safari will do.');
  }
  const ended = server.ended.then(() => {
    throw new Error(`VS Code has ended by itself; its log is ${server.logFile}`);
  });
  return { words: lines.join('\n'), ended };
}
