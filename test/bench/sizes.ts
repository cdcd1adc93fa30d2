import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { installVsix } from '../../scripts/vscode/codeServer.ts';
import { ensureCodeServer } from '../../scripts/vscode/codeServerInstall.ts';
import { root } from '../../scripts/vscode/folders.ts';
import { extensionId } from '../../src/host/platform/contributions.ts';
import { toFigure, type Figure } from './figure.ts';

const kilobyte = 1_024;

/** The package, against the one library that it cannot do without. */
export async function vsixSize(vsix: string): Promise<Figure> {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: "export { OpenAI } from 'openai';", resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    write: false,
  });
  const library = deflateRawSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
  return toFigure({
    figure: 'vsix-size',
    value: (await stat(vsix)).size / kilobyte,
    unit: 'KB',
    comparison: {
      what: 'the openai package alone, bundled, minified, compressed',
      value: library / kilobyte,
    },
    limit: 1_024,
    runs: 1,
  });
}

/** The libraries that a page is made with. */
interface Page {
  readonly name: string;
  readonly libraries: readonly string[];
  readonly limit: number;
}

const pages: readonly Page[] = [
  { name: 'panel', libraries: ['preact', '@preact/signals', 'marked'], limit: 170 },
  { name: 'usage', libraries: ['preact'], limit: 40 },
  { name: 'model', libraries: ['preact'], limit: 30 },
];

/** What each page reads before it draws, script and style, against its libraries alone: what is lazy is not counted. */
export async function pageSizes(vsix: string): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-sizes-'));
  try {
    await installVsix(await ensureCodeServer(), folder, vsix);
    const panel = join(await installedIn(folder), 'dist', 'panel');
    return await Promise.all(
      pages.map(async ({ name, libraries, limit }) => {
        const { atStart } = await modulesOf(join(panel, `${name}.js`));
        const style = (await stat(join(panel, `${name}.css`))).size;
        const { outputFiles } = await esbuild.build({
          stdin: {
            contents: libraries.map((each) => `export * from '${each}';`).join('\n'),
            resolveDir: root,
          },
          bundle: true,
          minify: true,
          format: 'esm',
          write: false,
        });
        return toFigure({
          figure: `page-${name}`,
          value: (atStart + style) / kilobyte,
          unit: 'KB',
          comparison: {
            what: `${libraries.join(', ')} alone, bundled and minified`,
            value: (outputFiles[0]?.contents.length ?? 0) / kilobyte,
          },
          limit,
          runs: 1,
        });
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What is read at activation, against all the code that the extension host may ever load: the rest is lazy. */
export async function activationScript(vsix: string): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-sizes-'));
  try {
    await installVsix(await ensureCodeServer(), folder, vsix);
    const dist = join(await installedIn(folder), 'dist');
    const { atStart, all } = await modulesOf(join(dist, 'extension.js'));
    return toFigure({
      figure: 'activation-script',
      value: atStart / kilobyte,
      unit: 'KB',
      comparison: { what: 'all code of the extension host, lazy parts included', value: all / kilobyte },
      limit: 60,
      runs: 1,
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function installedIn(dataFolder: string): Promise<string> {
  const extensions = join(dataFolder, 'extensions');
  const name = (await readdir(extensions)).find((each) => each.startsWith(extensionId));
  if (name === undefined) {
    throw new Error('the package was not installed');
  }
  return join(extensions, name);
}

/** The bytes of the modules that an entry imports statically, and of all that it can reach. */
async function modulesOf(entry: string): Promise<{ atStart: number; all: number }> {
  const { metafile } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['vscode'],
    metafile: true,
    write: false,
    outdir: 'unwritten',
    absWorkingDir: root,
    splitting: true,
  });
  const modules = new Map(
    Object.entries(metafile.inputs).map(([path, module]) => [resolve(root, path), module]),
  );
  const reached = new Set<string>();
  const reach = (path: string): void => {
    const module = modules.get(path);
    if (module && !reached.has(path)) {
      reached.add(path);
      for (const { path: next, kind } of module.imports) {
        if (kind === 'import-statement') {
          reach(resolve(root, next));
        }
      }
    }
  };
  reach(entry);
  const bytes = (paths: Iterable<string>): number =>
    [...paths].reduce((sum, path) => sum + (modules.get(path)?.bytes ?? 0), 0);
  return { atStart: bytes(reached), all: bytes(modules.keys()) };
}
