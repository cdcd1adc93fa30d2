import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CatalogueCache } from '../../core/model/catalogue.ts';
import type { Model } from '../../core/model/model.ts';
import type { BaseUrl } from '../../core/openrouter/server.ts';
import { arrayIn, numberIn, objectIn, parseJson, type JsonObject } from '../../core/util/json.ts';

/** Raised whenever the saved form of a model changes; an older file is then read from the service again. */
const version = 2;

/** Keeps the catalogue of one server in a file. It is a cache: whatever is wrong with it, it is simply empty. */
export class CatalogueFile implements CatalogueCache {
  readonly #file: string;
  readonly #baseUrl: () => BaseUrl;
  #written: Promise<void> = Promise.resolve();

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
      return arrayIn(saved['models']).filter(isModel);
    } catch {
      // No file yet, or no permission: the list comes from the service.
      return undefined;
    }
  }

  write(models: readonly Model[]): Promise<void> {
    const saved = JSON.stringify({ version, baseUrl: this.#baseUrl(), models });
    this.#written = this.#written.then(() => this.#replace(saved));
    return this.#written;
  }

  /** Renaming makes the change whole, so that another window never reads half a file. */
  async #replace(text: string): Promise<void> {
    const temporary = `${this.#file}.${String(process.pid)}`;
    try {
      await mkdir(dirname(this.#file), { recursive: true });
      await writeFile(temporary, text);
      await rename(temporary, this.#file);
    } catch {
      // A full disk or a missing permission: the list comes from the service again next time.
    }
  }
}

/** Whether a row can be shown: the file is ours and of this version, but a disk may give back anything. */
function isModel(row: unknown): row is Model {
  const model = objectIn(row);
  if (!model || ![model['id'], model['name']].every((each) => typeof each === 'string')) {
    return false;
  }
  const { contextLength, maxOutput, pricing, capabilities, parameters, inputs, reasoning } = model;
  return (
    isTexts(capabilities) &&
    [contextLength, maxOutput].every((each) => each === undefined || numberIn(each) !== undefined) &&
    [parameters, inputs].every((each) => each === undefined || isTexts(each)) &&
    (pricing === undefined || isPricing(objectIn(pricing))) &&
    (reasoning === undefined || isReasoning(objectIn(reasoning)))
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isReasoning(reasoning: JsonObject | undefined): boolean {
  const efforts = reasoning?.['efforts'];
  return typeof reasoning?.['mandatory'] === 'boolean' && (efforts === undefined || isTexts(efforts));
}

function isPricing(pricing: JsonObject | undefined): boolean {
  const prices = [pricing?.['prompt'], pricing?.['completion']];
  return pricing?.['kind'] === 'variable' || prices.every((each) => numberIn(each) !== undefined);
}
