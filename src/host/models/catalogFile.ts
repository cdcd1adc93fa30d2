import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CatalogCache } from '../../core/model/catalog.ts';
import type { Benchmarks, Model } from '../../core/model/model.ts';
import type { Prices } from '../../core/model/pricing.ts';
import { arrayIn, objectIn, parseJson } from '../../core/util/json.ts';
import { SerialQueue } from '../../core/util/serialQueue.ts';
import { isFlag, isListOf, isNumber, isObjectOf, isText, type Test } from '../../core/util/shape.ts';
import type { BaseUrl } from '../../core/model/server.ts';

/** Increased when the saved format changes; older files are then refreshed from the service. */
const version = 3;

/** Caches one server's catalog in a file. Whatever is wrong with the file, it counts as empty. */
export class CatalogFile implements CatalogCache {
  readonly #file: string;
  readonly #baseUrl: () => BaseUrl;
  readonly #writing = new SerialQueue();

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

  async writtenAt(): Promise<number | undefined> {
    // Without a file, nothing was kept.
    return (await stat(this.#file).catch(() => undefined))?.mtimeMs;
  }

  write(models: readonly Model[]): Promise<void> {
    const saved = JSON.stringify({ version, baseUrl: this.#baseUrl(), models });
    return this.#writing.take(() => this.#replace(saved));
  }

  /** Renaming is atomic, so another window never reads half a file. */
  async #replace(text: string): Promise<void> {
    const temporary = `${this.#file}.${String(process.pid)}`;
    try {
      await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
      await writeFile(temporary, text, { mode: 0o600 });
      await rename(temporary, this.#file);
    } catch {
      // Disk full or no permission: the list comes from the service next time.
    }
  }
}

/** Whether a row is usable: the file is ours and of this version, but a disk may return anything. */
function isModel(row: unknown): row is Model {
  const model = objectIn(row);
  return (
    isText(model?.['id']) && isText(model?.['name']) && isTexts(model?.['capabilities']) && isOfForm(model)
  );
}

const isTexts = isListOf(isText);

const isPrices = isObjectOf({
  prompt: isNumber,
  completion: isNumber,
  reasoning: isNumber,
  cacheRead: isNumber,
  cacheWrite: isNumber,
  cacheWriteHour: isNumber,
  imageToken: isNumber,
  imageOutput: isNumber,
  audio: isNumber,
  audioOutput: isNumber,
  audioCache: isNumber,
  request: isNumber,
  image: isNumber,
  webSearch: isNumber,
} satisfies Readonly<Record<keyof Prices, Test>>);

const isOverride: Test = (value) => {
  const [override, hours] = [objectIn(value), objectIn(objectIn(value)?.['hours'])];
  return (
    isPrices(override?.['prices']) &&
    isObjectOf({ minPromptTokens: isNumber })(override) &&
    (override?.['hours'] === undefined || (isNumber(hours?.['start']) && isNumber(hours?.['end'])))
  );
};

const isPricing: Test = (value) => {
  const pricing = objectIn(value);
  if (pricing?.['kind'] === 'variable') {
    return true;
  }
  return (
    pricing?.['kind'] === 'fixed' &&
    isNumber(pricing['prompt']) &&
    isNumber(pricing['completion']) &&
    isPrices(pricing) &&
    isObjectOf({ discount: isNumber, overrides: isListOf(isOverride) })(pricing)
  );
};

const isReasoning: Test = (value) =>
  isFlag(objectIn(value)?.['mandatory']) &&
  isObjectOf({ efforts: isTexts, byDefault: isFlag, defaultEffort: isText })(value);

const isAlias: Test = (value) => isText(objectIn(value)?.['slug']) && isText(objectIn(value)?.['name']);

const isArena: Test = (value) => {
  const score = objectIn(value);
  return (
    isText(score?.['arena']) &&
    isText(score?.['category']) &&
    isNumber(score?.['elo']) &&
    isObjectOf({ rank: isNumber })(score)
  );
};

const isBenchmarks = isObjectOf({
  intelligence: isNumber,
  coding: isNumber,
  agentic: isNumber,
  arenas: isListOf(isArena),
} satisfies Readonly<Record<keyof Benchmarks, Test>>);

const isOfForm = isObjectOf({
  slug: isText,
  aliasOf: isAlias,
  description: isText,
  createdAt: isNumber,
  knowledgeCutoff: isText,
  expiresOn: isText,
  inputs: isTexts,
  outputs: isTexts,
  parameters: isTexts,
  topContextLength: isNumber,
  moderated: isFlag,
  benchmarks: isBenchmarks,
  excluded: isFlag,
  contextLength: isNumber,
  maxOutput: isNumber,
  pricing: isPricing,
  reasoning: isReasoning,
  fixedTemperature: isFlag,
  toolless: isFlag,
  explicitCache: isFlag,
} satisfies Readonly<Record<Exclude<keyof Model, 'id' | 'name' | 'capabilities'>, Test>>);
