import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CatalogueCache } from '../../core/model/catalogue.ts';
import type { Model } from '../../core/model/model.ts';
import type { BaseUrl } from '../../core/openrouter/server.ts';
import { arrayIn, objectIn, parseJson } from '../../core/util/json.ts';

/** Raised whenever the saved form of a model changes; an older file is then read from the service again. */
const version = 1;

/** Keeps the catalogue of one server in a file. It is a cache: whatever is wrong with it, it is simply empty. */
export class CatalogueFile implements CatalogueCache {
  readonly #file: string;
  readonly #baseUrl: () => BaseUrl;

  constructor(file: string, baseUrl: () => BaseUrl) {
    this.#file = file;
    this.#baseUrl = baseUrl;
  }

  async read(): Promise<readonly Model[] | undefined> {
    try {
      const saved = objectIn(parseJson(await readFile(this.#file, 'utf8')));
      if (saved?.['version'] !== version || saved['baseUrl'] !== this.#baseUrl()) {
        return undefined;
      }
      // The file is ours and of this version; rows are only shown, so their form is not checked again.
      return arrayIn(saved['models']) as readonly Model[];
    } catch {
      // No file yet, or no permission: the list comes from the service.
      return undefined;
    }
  }

  async write(models: readonly Model[]): Promise<void> {
    // Renaming makes the change whole, so that another window never reads half a file.
    const temporary = `${this.#file}.${String(process.pid)}`;
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(temporary, JSON.stringify({ version, baseUrl: this.#baseUrl(), models }));
    await rename(temporary, this.#file);
  }
}
