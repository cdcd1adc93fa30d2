import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, root } from '../../scripts/vscode/folders.ts';
import { run } from '../../scripts/vscode/run.ts';

/** The small extensions that are measured beside ours, or that measure. */
export const benchExtensions = ['bare', 'empty', 'probe'] as const;

export type BenchExtension = (typeof benchExtensions)[number];

/** The id under which one of them is installed. */
export function idOf(name: BenchExtension): string {
  return `switchboard-bench.${name}`;
}

/** Packages one of them as ours is packaged; gives the file. */
export async function packageOf(name: BenchExtension): Promise<string> {
  const folder = join(cacheFolder, 'bench');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.vsix`);
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  await run(process.execPath, [vsce, 'package', ...flags, '--out', file], {
    cwd: join(import.meta.dirname, name),
  });
  return file;
}
