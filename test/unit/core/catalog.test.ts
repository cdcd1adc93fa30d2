import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ModelCatalog } from '../../../src/core/model/catalog.ts';
import { nameFromId, type Model } from '../../../src/core/model/model.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import type { ServerKind } from '../../../src/core/model/server.ts';
import { describeModel } from '../../../src/host/models/describeModel.ts';
import { aModel } from '../../support/builders.ts';
import { deferred } from '../../support/fakes.ts';

describe('the catalog', () => {
  let cached: Promise<readonly Model[] | undefined>;
  let listed: Promise<readonly Model[]>;
  let written: (readonly Model[])[];
  let seen: string[];
  let catalog: ModelCatalog;
  const { signal } = new AbortController();
  const [old, fresh] = [aModel({ id: 'a/old' }), aModel({ id: 'a/fresh', name: 'Fresh' })];

  beforeEach(() => {
    cached = Promise.resolve([old]);
    listed = Promise.resolve([fresh]);
    written = [];
    seen = [];
    catalog = new ModelCatalog(
      { listModels: () => listed },
      {
        read: () => cached,
        writtenAt: () => Promise.resolve(5),
        write: (models) => {
          written.push(models);
          return Promise.resolve();
        },
      },
    );
    catalog.onDidChange((models) => seen.push(models.map(({ id }) => id).join()));
  });

  it('starts with the cached list, without a request', async () => {
    listed = Promise.reject(new Error('not now'));
    listed.catch(() => undefined);
    await catalog.load();
    assert.deepEqual(catalog.models, [old]);
  });

  it('says how old it is', async () => {
    const age = (): number | undefined => catalog.updatedAt;
    assert.equal(age(), undefined);
    await catalog.load();
    assert.equal(age(), 5);
    const before = Date.now();
    await catalog.refresh(signal);
    assert.ok((age() ?? 0) >= before);
    catalog.clear();
    assert.equal(age(), undefined);
  });

  it('is loaded anew for a model that it does not list, once for each', async () => {
    await catalog.seek('a/fresh', signal);
    assert.deepEqual(seen, [], 'nothing can be told of an empty list');
    await catalog.load();
    await catalog.seek('a/old', signal);
    await catalog.seek('a/old:nitro', signal);
    assert.deepEqual(seen, ['a/old']);
    await catalog.seek('a/fresh', signal);
    assert.deepEqual(seen, ['a/old', 'a/fresh']);
    await catalog.seek('a/none', signal);
    await catalog.seek('a/none', signal);
    assert.deepEqual(seen, ['a/old', 'a/fresh', 'a/fresh']);
  });

  it('is read from the cache once', async () => {
    await catalog.load();
    cached = Promise.resolve([fresh]);
    await catalog.load();
    assert.deepEqual(seen, ['a/old']);
  });

  it('takes the fresh list over, and keeps it for the next time', async () => {
    await catalog.load();
    await catalog.refresh(signal);
    assert.deepEqual(seen, ['a/old', 'a/fresh']);
    assert.deepEqual(written, [[fresh]]);
  });

  it('is read for a question that comes before it is there, and only then', async () => {
    const reads: string[] = [];
    let kind: ServerKind = 'openrouter';
    const source = {
      listModels: () => {
        reads.push('service');
        return listed;
      },
    };
    const cache = {
      read: () => cached,
      write: () => Promise.resolve(),
      writtenAt: () => Promise.resolve(undefined),
    };
    const make = (): ModelCatalog => new ModelCatalog(source, cache, () => kind);
    await make().ready();
    assert.deepEqual(reads, [], 'the cache has it');
    cached = Promise.resolve(undefined);
    const empty = make();
    await Promise.all([empty.ready(), empty.ready()]);
    assert.deepEqual(empty.models, [fresh]);
    await empty.ready();
    assert.deepEqual(reads, ['service']);
    listed = Promise.reject(new RequestError('network'));
    listed.catch(() => undefined);
    await make().ready();
    kind = 'other';
    await make().ready();
    assert.deepEqual(reads, ['service', 'service'], 'a server without prices is not waited for');
  });

  it("keeps its list when the service can't be reached", async () => {
    await catalog.load();
    listed = Promise.reject(new RequestError('network'));
    await assert.rejects(catalog.refresh(signal), RequestError);
    assert.deepEqual(catalog.models, [old]);
    assert.deepEqual(written, []);
  });

  it('never goes back to an older list that is read late', async () => {
    const late = deferred<readonly Model[] | undefined>();
    cached = late.promise;
    const loading = catalog.load();
    await catalog.refresh(signal);
    late.resolve([old]);
    await loading;
    assert.deepEqual(catalog.models, [fresh]);
  });

  it("is empty for another server until that server's cached list is read", async () => {
    await catalog.load();
    catalog.clear();
    assert.deepEqual(catalog.models, []);
    cached = Promise.resolve([fresh]);
    await catalog.load();
    assert.deepEqual(catalog.models, [fresh]);
  });

  it('takes nothing over from a server that was replaced meanwhile', async () => {
    const [lateList, lateCache] = [deferred<readonly Model[]>(), deferred<readonly Model[] | undefined>()];
    [listed, cached] = [lateList.promise, lateCache.promise];
    const both = [catalog.load(), catalog.refresh(signal)];
    catalog.clear();
    lateCache.resolve([old]);
    lateList.resolve([fresh]);
    await Promise.all(both);
    assert.deepEqual(catalog.models, []);
    assert.deepEqual(written, []);
  });

  it('names a model that it does not list by its id', async () => {
    await catalog.refresh(signal);
    assert.equal(catalog.nameOf('a/fresh'), 'Fresh');
    assert.equal(catalog.nameOf('author/unlisted:free'), 'unlisted:free');
    assert.equal(catalog.find('author/unlisted'), undefined);
  });

  it('offers only what the account may ask, and knows the others all the same', async () => {
    const excluded = aModel({
      id: 'a/excluded',
      name: 'Excluded',
      pricing: { kind: 'fixed', prompt: 0, completion: 0 },
      excluded: true,
    });
    listed = Promise.resolve([fresh, excluded]);
    await catalog.refresh(signal);
    assert.deepEqual(catalog.models, [fresh]);
    assert.deepEqual(catalog.all, [fresh, excluded]);
    assert.equal(catalog.nameOf('a/excluded'), 'Excluded');
    assert.equal(catalog.freeModel(), undefined);
    assert.deepEqual(written, [[fresh, excluded]]);
  });

  it('takes an id before a permanent one, and of several permanent ones the first', async () => {
    const base = aModel({ id: 'a/b', slug: 'a/b-2026' });
    listed = Promise.resolve([
      base,
      aModel({ id: 'a/b:free', slug: 'a/b-2026' }),
      aModel({ id: 'a/c', slug: 'a/b' }),
    ]);
    await catalog.refresh(signal);
    assert.equal(catalog.find('a/b-2026'), base);
    assert.equal(catalog.find('a/b'), base);
  });

  it('describes a variant or preset by its base model, unless it has its own row', async () => {
    const own = aModel({ id: 'a/fresh:free', name: 'Fresh (free)' });
    listed = Promise.resolve([fresh, own]);
    await catalog.refresh(signal);
    for (const id of ['a/fresh:nitro', 'a/fresh:floor', 'a/fresh:exacto', 'a/fresh@preset/mine']) {
      assert.equal(catalog.find(id), fresh, id);
    }
    assert.equal(catalog.find('a/fresh:free'), own);
    for (const id of ['@preset/mine', 'a/other:nitro', 'fresh', ':nitro']) {
      assert.equal(catalog.find(id), undefined, id);
    }
    assert.equal(catalog.nameOf('a/fresh:nitro'), 'Fresh (nitro)');
    assert.equal(catalog.nameOf('a/fresh@preset/mine'), 'Fresh (preset mine)');
    assert.equal(catalog.nameOf('a/fresh:free'), 'Fresh (free)');
    assert.equal(catalog.nameOf('@preset/mine'), 'mine');
  });
});

describe('a model in one line', () => {
  const rows: readonly (readonly [string, Model, string])[] = [
    [
      'all that is known',
      aModel(),
      '128k context · $1.25 input, $10.00 output per 1M tokens · tools, structured output',
    ],
    [
      'free of charge',
      aModel({ pricing: { kind: 'fixed', prompt: 0, completion: 0 }, capabilities: [] }),
      '128k context · free',
    ],
    [
      'free to ask only',
      aModel({ pricing: { kind: 'fixed', prompt: 0, completion: 37_500 }, capabilities: [] }),
      '128k context · $0.00 input, $0.0375 output per 1M tokens',
    ],
    [
      'priced by a router',
      aModel({ pricing: { kind: 'variable' }, capabilities: [] }),
      '128k context · price varies',
    ],
    [
      'other prices for long prompts and at night, and a discount',
      aModel({
        pricing: {
          kind: 'fixed',
          prompt: 1_000_000,
          completion: 5_000_000,
          discount: 0.25,
          overrides: [
            { minPromptTokens: 200_000, prices: { prompt: 2_000_000, completion: 9_000_000 } },
            { hours: { start: 1630, end: 30 }, prices: { completion: 2_500_000 } },
          ],
        },
        capabilities: [],
      }),
      '128k context · $1.00 input, $5.00 output per 1M tokens · over 200k tokens: $2.00 input, $9.00 ' +
        'output · 16:30–00:30 UTC: $1.00 input, $2.50 output · 25% off',
    ],
    ['next to nothing', { id: 'a/b', name: 'B', capabilities: [] }, ''],
  ];
  for (const [what, model, line] of rows) {
    it(`says ${what}: "${line}"`, () => {
      assert.equal(describeModel(model), line);
    });
  }

  it('is called by its id without the author', () => {
    assert.equal(nameFromId('anthropic/claude-sonnet-4.6'), 'claude-sonnet-4.6');
    assert.equal(nameFromId('local-model'), 'local-model');
  });
});
