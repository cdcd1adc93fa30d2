import { globSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../vscode/folders.ts';
import { runGroup } from './processGroup.ts';
import type { Job } from './stages.ts';

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
export function checkJobs(): readonly Job[] {
  return findChecks().map(({ name, args }) => ({
    name,
    limitMinutes: 8,
    run: async (signal) => {
      const isGood = (await runGroup(args, { signal, shown: 'onFailure' })) === 0;
      return isGood ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  }));
}
