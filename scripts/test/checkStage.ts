import { globSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../vscode/folders.ts';
import { runGroup } from './processGroup.ts';
import type { Counts } from './results.ts';

/** Something that looks at the sources without running them. */
interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

const programs = {
  tsc: join('node_modules', 'typescript', 'bin', 'tsc'),
  eslint: join('node_modules', 'eslint', 'bin', 'eslint.js'),
  prettier: join('node_modules', 'prettier', 'bin', 'prettier.cjs'),
  knip: join('node_modules', 'knip', 'bin', 'knip.js'),
  cruiser: join('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
};

function findChecks(): readonly Check[] {
  return [
    { name: 'lint', args: [programs.eslint, '.'] },
    ...findProjects().map((project) => ({
      name: `types of ${project}`,
      args: [programs.tsc, '-p', project],
    })),
    { name: 'format', args: [programs.prettier, '--check', '--log-level', 'warn', '.'] },
    { name: 'unused code', args: [programs.knip] },
    { name: 'layers', args: [programs.cruiser, 'src', '--config', '.ci/dependency-cruiser.cjs'] },
  ];
}

/** The TypeScript projects: one a layer, because each layer sees another world. */
function findProjects(): readonly string[] {
  const patterns = ['tsconfig.json', '{src,scripts,test}/**/tsconfig.json'];
  return globSync(patterns, { cwd: root }).sort();
}

/** Lint, types, format, unused code and layers, each counted as one test. */
export async function checkStage(signal: AbortSignal): Promise<Counts> {
  const checks = findChecks();
  const waiting = checks.values();
  let passed = 0;
  const runWaiting = async (): Promise<void> => {
    for (const { name, args } of waiting) {
      const code = await runGroup(args, { signal, shown: 'onFailure' });
      if (signal.aborted) {
        return;
      }
      console.log(`  ${code === 0 ? '✔' : '✘'} ${name}`);
      passed += code === 0 ? 1 : 0;
    }
  };
  // Two at a time: both cores of a small machine are busy, and none is short of memory.
  await Promise.all([runWaiting(), runWaiting()]);
  return { passed, failed: checks.length - passed };
}
