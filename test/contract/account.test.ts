import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { creditText } from '../../src/core/model/credit.ts';
import { RequestError } from '../../src/core/model/requestError.ts';
import { OpenRouterAccount } from '../../src/core/openrouter/account.ts';
import { keys, startSimulator, type Simulator } from '../simulator/simulator.ts';

describe('the account against the simulator', () => {
  let simulator: Simulator;
  let key: string | undefined;
  const { signal } = new AbortController();

  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());
  afterEach(() => {
    simulator.reset();
  });

  const account = new OpenRouterAccount({
    baseUrl: () => simulator.baseUrl,
    apiKey: () => Promise.resolve(key),
  });
  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => (error instanceof RequestError ? error.kind : error),
    );

  it('reads the record of every sort of key', async () => {
    const text = async (candidate: string): Promise<string> => {
      const info = await account.keyInfo(signal, candidate);
      return creditText({ state: 'known', key: info, readAt: 0 });
    };
    assert.match(await text(keys.standard), /^\$\d+\.\d\d left$/);
    assert.match(await text(keys.noLimit), /^\$\d+\.\d\d today$/);
    assert.match(await text(keys.freeTier), /^\d+ free left$/);
    assert.equal(await text(keys.exhausted), '$0.00 left');
    assert.equal((await account.keyInfo(signal, keys.management)).management, true);
    assert.equal(await failureOf(account.keyInfo(signal, keys.rejected)), 'key');
  });

  it('asks nothing without a key', async () => {
    key = undefined;
    assert.equal(await failureOf(account.keyInfo(signal)), 'noKey');
    assert.deepEqual(simulator.journal.requests, []);
  });

  it('lists the models of the account, and all models where there is no such list', async () => {
    key = keys.standard;
    const models = await account.listModels(signal);
    assert.ok(models.length >= 300);
    assert.ok(models.every(({ id }) => !id.endsWith(':batch')));
    assert.ok(simulator.journal.last()?.path.endsWith('/models/user'));
    simulator.use({
      name: 'no user list',
      about: 'Another kind of server',
      reach: ['/models/user'],
      refusal: { kind: 'reply', reply: { status: 404, body: { error: { message: 'Not Found' } } } },
    });
    assert.ok((await account.listModels(signal)).length >= 300);
    assert.ok(simulator.journal.last()?.path.endsWith('/models'));
  });

  for (const [scenario, kind] of [
    ['html', 'protocol'],
    ['html-502', 'provider'],
    ['offline', 'network'],
    ['redirect', 'network'],
  ] as const) {
    it(`tells "${scenario}" as ${kind}, and goes nowhere else`, async () => {
      key = keys.standard;
      simulator.use(scenario);
      assert.equal(await failureOf(account.keyInfo(signal)), kind);
      assert.equal(await failureOf(account.listModels(signal)), kind);
      assert.deepEqual(simulator.elsewhere.journal.requests, []);
    });
  }
});
