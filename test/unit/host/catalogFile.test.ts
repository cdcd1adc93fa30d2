import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { CatalogFile } from '../../../src/host/models/catalogFile.ts';
import { describeModel } from '../../../src/host/models/describeModel.ts';
import { aModel } from '../../support/builders.ts';

describe('the file of the catalog', () => {
  let folder: string;
  let file: string;
  let baseUrl: string;
  let cache: CatalogFile;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
    file = join(folder, 'not yet', 'catalogue.json');
    baseUrl = 'https://one.test/v1';
    cache = new CatalogFile(file, () => baseUrl);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const models = [
    aModel(),
    aModel({ id: 'a/b', pricing: { kind: 'variable' } }),
    { id: 'x', name: 'X', capabilities: [] },
  ];

  it('gives back what it was given', async () => {
    await cache.write(models);
    assert.deepEqual(await new CatalogFile(file, () => baseUrl).read(), models);
    assert.deepEqual(
      readdirSync(join(folder, 'not yet')),
      ['catalogue.json'],
      'and leaves nothing else behind',
    );
  });

  it('says when it was written', async () => {
    assert.equal(await cache.writtenAt(), undefined);
    const before = Date.now();
    await cache.write(models);
    const at = (await cache.writtenAt()) ?? 0;
    assert.ok(Math.abs(at - before) < 60_000, String(at - before));
  });

  it('is empty before anything was kept, and for another server', async () => {
    assert.equal(await cache.read(), undefined);
    await cache.write(models);
    baseUrl = 'https://two.test/v1';
    assert.equal(await cache.read(), undefined);
  });

  it('belongs to the server of the moment at which it was given', async () => {
    const written = cache.write(models);
    baseUrl = 'https://two.test/v1';
    await written;
    assert.equal(await cache.read(), undefined);
  });

  it('has the last of several lists that are written at once, whole', async () => {
    await Promise.all(Array.from({ length: 5 }, (_, index) => cache.write([aModel({ id: `a/${index}` })])));
    assert.deepEqual(
      (await cache.read())?.map(({ id }) => id),
      ['a/4'],
    );
  });

  it('is empty when it is of another form, and leaves out rows that are', async () => {
    mkdirSync(join(folder, 'not yet'));
    const save = (saved: unknown): void => {
      writeFileSync(file, typeof saved === 'string' ? saved : JSON.stringify(saved));
    };
    for (const odd of [
      '',
      'garbage',
      '[]',
      'null',
      { version: 0, baseUrl, models },
      { version: 3, models },
    ]) {
      save(odd);
      assert.equal(await cache.read(), undefined, JSON.stringify(odd));
    }
    save({
      version: 3,
      baseUrl,
      models: [null, 7, {}, { id: 'x' }, { id: 1, name: 'x', capabilities: [] }, models[0]],
    });
    assert.deepEqual(await cache.read(), [models[0]]);
  });

  it('gives nothing that cannot be shown, whatever lies on the disk', async () => {
    mkdirSync(join(folder, 'not yet'));
    const field = fc.constantFrom(...Object.keys(aModel()));
    await fc.assert(
      fc.asyncProperty(field, fc.jsonValue(), async (name, value) => {
        writeFileSync(
          file,
          JSON.stringify({ version: 3, baseUrl, models: [{ ...aModel(), [name]: value }] }),
        );
        for (const model of (await cache.read()) ?? []) {
          assert.doesNotMatch(describeModel(model), /NaN|undefined|\[object/);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("works without the file if it can't be written", async () => {
    writeFileSync(join(folder, 'a file'), '');
    const nowhere = new CatalogFile(join(folder, 'a file', 'catalogue.json'), () => baseUrl);
    await nowhere.write(models);
    assert.equal(await nowhere.read(), undefined);
  });
});
