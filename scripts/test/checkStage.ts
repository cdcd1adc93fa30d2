import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../vscode/folders.ts';
import { runGroup } from './processGroup.ts';
import type { Counts } from './results.ts';

const modules = 'node_modules';
const tsc = join(modules, 'typescript', 'bin', 'tsc');

/** The TypeScript projects: one a layer, because each layer sees another world. */
const projects = ['.', 'src/core', 'src/webview', 'scripts', 'test'].map(
  (folder) => `${folder}/tsconfig.json`,
);

const checks: readonly (readonly [string, readonly string[]])[] = [
  ['lint', [join(modules, 'eslint', 'bin', 'eslint.js'), '.']],
  ...projects.map((project) => [`types of ${project}`, [tsc, '-p', project]] as const),
  ['format', [join(modules, 'prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['unused code', [join(modules, 'knip', 'bin', 'knip.js')]],
  [
    'layers',
    [
      join(modules, 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
      'src',
      '--config',
      '.ci/dependency-cruiser.cjs',
    ],
  ],
];

/** Lint, types, format, unused code and layers, each counted as one test. */
export async function checkStage(signal: AbortSignal): Promise<Counts> {
  let passed = 0;
  for (const [name, args] of checks) {
    const program = args[0];
    const code =
      program !== undefined && existsSync(join(root, program))
        ? await runGroup(args, { signal, quiet: true })
        : 1;
    console.log(`  ${code === 0 ? '✔' : '✘'} ${name}`);
    passed += code === 0 ? 1 : 0;
  }
  return { passed, failed: checks.length - passed };
}
