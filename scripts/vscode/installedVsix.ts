import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { extensionsFolder, installVsix } from './codeServer.ts';
import type { CodeServerInstall } from './codeServerInstall.ts';
import { cacheFolder } from './folders.ts';
import { withLock } from './lock.ts';

const prefix = 'installed-';

/** Gives the folders of a new server a VSIX as installing it leaves it; it is installed once, and then copied. */
export async function placeVsix(install: CodeServerInstall, dataFolder: string, vsix: string): Promise<void> {
  const hash = createHash('sha256').update(await readFile(vsix));
  const installed = join(cacheFolder, `${prefix}${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(installed)) {
    await withLock(join(cacheFolder, 'installed.lock'), async () => {
      if (!existsSync(installed)) {
        await installAside(install, installed, vsix);
      }
    });
  }
  await cp(extensionsFolder(installed), extensionsFolder(dataFolder), { recursive: true });
}

/** Makes it aside, so that half an install is never taken for one, and in the place of those of other packages. */
async function installAside(install: CodeServerInstall, folder: string, vsix: string): Promise<void> {
  const names = await readdir(cacheFolder);
  for (const name of names.filter((name) => name.startsWith(prefix))) {
    await rm(join(cacheFolder, name), { recursive: true, force: true });
  }
  const aside = `${folder}.part`;
  await installVsix(install, aside, vsix);
  await rename(aside, folder);
}
