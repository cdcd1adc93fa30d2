// Builds the extension (`dist/extension.js` and its lazy chunks) and the panel (`dist/panel/`).
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import * as esbuild from 'esbuild';
import { openaiParts } from './scripts/openaiParts.js';
import { startUpScript } from './scripts/startUpScript.js';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Options that both bundles share. */
const common = {
  bundle: true,
  format: 'esm',
  splitting: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  // Its other file is CommonJS with the file system and the network in it, of which nothing is used.
  alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
};

const extension = {
  ...common,
  plugins: [openaiParts, startUpScript('src/extension.ts')],
  entryPoints: [
    { in: 'src/extension.ts', out: 'extension' },
    // A program of its own, in a thread of its own.
    { in: 'src/host/colors/colorWorker.ts', out: 'colorWorker' },
  ],
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  target: 'node22',
  external: ['vscode'],
  mainFields: ['module', 'main'],
};

const panel = {
  ...common,
  entryPoints: [
    { in: 'src/webview/panel/main.ts', out: 'panel' },
    { in: 'src/webview/chat/chat.css', out: 'panel' },
    { in: 'src/webview/compare/compare.css', out: 'compare' },
  ],
  outdir: 'dist/panel',
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'browser',
  target: 'chrome128',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  external: ['./codicon.ttf'],
  tsconfig: 'src/webview/tsconfig.json',
};

/** The pages of the usage and of a model load nothing later. */
const pages = {
  ...panel,
  entryPoints: [
    { in: 'src/webview/usage/main.tsx', out: 'usage' },
    { in: 'src/webview/usage/usage.css', out: 'usage' },
    { in: 'src/webview/model/main.tsx', out: 'model' },
    { in: 'src/webview/model/model.css', out: 'model' },
  ],
  splitting: false,
};

/** Tells the watch task of `.vscode/tasks.json` when a build begins and ends. */
const watchMarks = {
  name: 'watch-marks',
  setup(build) {
    build.onStart(() => console.log('[watch] build started'));
    build.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) {
          console.error(`    ${location.file}:${String(location.line)}:${String(location.column)}:`);
        }
      }
      console.log('[watch] build finished');
    });
  },
};

await rm('dist/chunks', { recursive: true, force: true });
await rm('dist/panel', { recursive: true, force: true });
await mkdir('dist/panel', { recursive: true });
await copyFile('node_modules/@vscode/codicons/dist/codicon.ttf', 'dist/panel/codicon.ttf');

if (watch) {
  for (const options of [extension, panel, pages]) {
    const plugins = [...(options.plugins ?? []), watchMarks];
    const context = await esbuild.context({ ...options, plugins });
    await context.watch();
  }
} else {
  const [host, view] = await Promise.all([extension, panel, pages].map((options) => esbuild.build(options)));
  await mkdir('dist/meta', { recursive: true });
  await writeFile('dist/meta/extension.json', JSON.stringify(host.metafile));
  await writeFile('dist/meta/panel.json', JSON.stringify(view.metafile));
}
