import { join } from 'node:path';

/** The folder of the repository. */
export const root = join(import.meta.dirname, '..', '..');

/** Where everything lies that is fetched or made for running; git ignores it. */
export const cacheFolder = join(root, '.vscode-test');

/** The package that `npm run package` writes. */
export const vsixFile = join(root, 'dist', 'switchboard.vsix');
