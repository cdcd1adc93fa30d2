import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as esbuild from 'esbuild';

const name = 'start-up-script';

/** The files of a build that are read when the one of an entry point is. */
function readWith(entryPoint, outputs) {
  const read = new Set(Object.keys(outputs).filter((file) => outputs[file].entryPoint === entryPoint));
  for (const file of read) {
    for (const { path, kind, external } of outputs[file].imports) {
      if (kind === 'import-statement' && external !== true) {
        read.add(path);
      }
    }
  }
  return read;
}

const isOurs = (path) => path.startsWith('src/');

const modulesIn = (files, outputs) =>
  [...files].flatMap((file) => Object.keys(outputs[file].inputs)).filter(isOurs);

/**
 * Brings what an entry point reads at start-up into one script. Each module that lazy code shares with it would
 * otherwise be a file of its own, and the editor takes half a millisecond to load one. So every module of ours that is
 * loaded later imports all of the start-up, which by then has long been read.
 */
export function startUpScript(entryPoint) {
  let modules = [];
  let later = new Set();
  return {
    name,
    setup(build) {
      const { plugins, ...options } = build.initialOptions;
      build.onStart(async () => {
        const withoutThis = plugins.filter((plugin) => plugin.name !== name);
        const trial = { ...options, plugins: withoutThis, metafile: true, write: false, logLevel: 'silent' };
        const { outputs } = (await esbuild.build(trial)).metafile;
        const read = readWith(entryPoint, outputs);
        modules = modulesIn(read, outputs);
        // Another program, perhaps in a thread of its own, doesn't read our start-up.
        const others = options.entryPoints.flatMap((point) =>
          modulesIn(readWith(point.in, outputs), outputs),
        );
        const isRead = new Set([...modules, ...others]);
        later = new Set(
          Object.values(outputs)
            .flatMap((output) => output.entryPoint ?? [])
            .filter((path) => isOurs(path) && !isRead.has(path))
            .map((path) => resolve(path)),
        );
      });
      build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
      build.onLoad({ filter: /.*/, namespace: name }, () => ({
        contents: modules.map((path) => `import ${JSON.stringify(`./${path}`)};`).join('\n'),
        resolveDir: process.cwd(),
      }));
      build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) =>
        later.has(path)
          ? { contents: `import '${name}';\n${await readFile(path, 'utf8')}`, loader: 'ts' }
          : undefined,
      );
    },
  };
}
