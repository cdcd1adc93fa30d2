import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Usage } from '../../../src/core/conversation/message.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { UsageReconciler } from '../../../src/core/usage/usageReconciler.ts';

const usage: Usage = { promptTokens: 1, completionTokens: 2, cost: 3 };

/** Looks up in books that answer so, one after the other; gives what came of it and how long each pause was. */
async function lookUp(
  answers: readonly (Usage | Error | undefined)[],
  stop = new AbortController(),
): Promise<readonly [Usage | undefined, readonly number[]]> {
  const pauses: number[] = [];
  let asked = 0;
  const source = {
    usageOf: (id: string): Promise<Usage | undefined> => {
      assert.equal(id, 'gen-1');
      const answer = answers[asked];
      asked += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const sleep = (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };
  const settled: Usage[] = [];
  const reconciler = new UsageReconciler({
    ledger: { settle: (_id, told) => settled.push(told), unsettled: () => [] },
    generations: () => source,
    sleep,
    signal: stop.signal,
    failed: (error) => assert.fail(String(error)),
  });
  const told = await reconciler.lookUp('gen-1');
  assert.deepEqual(settled, told ? [told] : []);
  return [told, pauses];
}

describe("the service's books", () => {
  it('are asked with growing pauses, until they know', async () => {
    assert.deepEqual(await lookUp([undefined, new RequestError('network'), usage]), [
      usage,
      [1_000, 2_000, 4_000],
    ]);
  });

  it('are given up in the end', async () => {
    assert.deepEqual(await lookUp([]), [undefined, [1_000, 2_000, 4_000, 8_000, 30_000]]);
  });

  it('are not asked once the editor closes', async () => {
    const stop = new AbortController();
    stop.abort();
    assert.deepEqual(await lookUp([usage], stop), [undefined, [1_000]]);
  });

  it('are not asked where the server keeps none', async () => {
    const reconciler = new UsageReconciler({
      ledger: { settle: () => assert.fail('nothing is known'), unsettled: () => ['gen-1'] },
      generations: () => undefined,
      sleep: () => assert.fail('there is nothing to wait for'),
      signal: new AbortController().signal,
      failed: (error) => assert.fail(String(error)),
    });
    assert.equal(await reconciler.lookUp('gen-1'), undefined);
    await reconciler.reconcileLost(0);
  });
});
