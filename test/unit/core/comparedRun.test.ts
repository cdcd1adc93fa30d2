import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ComparedRun } from '../../../src/core/conversation/session/comparedRun.ts';
import {
  answerIn,
  Comparison,
  type ComparedModel,
} from '../../../src/core/conversation/session/comparison.ts';
import type { RequestEstimate } from '../../../src/core/conversation/generation/requestEstimate.ts';
import { toPicoDollars } from '../../../src/core/money/money.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { asking, clean } from '../../support/builders.ts';
import { FakeChatModel } from '../../support/fakes.ts';

const cent = toPicoDollars(10_000);

describe('what a comparison asks', () => {
  let model: FakeChatModel;
  let comparison: Comparison;
  let run: ComparedRun;
  let unasked: number | undefined;
  let each: RequestEstimate;
  let questions: string[];
  let agrees: boolean;

  beforeEach(() => {
    model = new FakeChatModel();
    let id = 0;
    const newId = (): string => `id${String((id += 1))}`;
    comparison = new Comparison(
      {
        chat: () => Promise.resolve(model),
        request: () => ({ model: 'author/one', maxTokens: 100, system: clean('') }),
        now: () => 1,
        newId,
        estimate: () => undefined,
        lookUpUsage: () => Promise.resolve(undefined),
      },
      ['author/one', 'author/two'],
    );
    [unasked, questions, agrees] = [30_000, [], true];
    each = { tokens: 1, cost: { least: 1, uncached: 1, most: cent }, uncounted: [] };
    run = new ComparedRun(comparison, {
      estimate: () => each,
      unasked: () => unasked,
      newId: () => 'run',
      confirm: (estimates) => {
        questions.push(`for ${String(estimates.length)}`);
        return Promise.resolve(agrees);
      },
      confirmMore: (_estimate, spent) => {
        questions.push(`more than ${String(spent / cent)}`);
        return Promise.resolve(agrees);
      },
    });
  });

  const first = (): ComparedModel => {
    const [one] = comparison.models;
    assert.ok(one);
    return one;
  };
  const answers = (cost: number): void => {
    const usage = { promptTokens: 1, completionTokens: 1, cost };
    model.willAnswer(
      { type: 'text', text: 'Half' },
      { type: 'usage', usage },
      { type: 'finish', reason: 'length' },
    );
  };
  const begin = async (cost: number): Promise<void> => {
    answers(cost);
    answers(cost);
    await (
      await run.prepare(asking('Which?'))
    )?.();
  };
  const ways = {
    'Try again': () => run.again(first(), (prepare) => prepare.retry(answerIn(first())?.id ?? '')),
    Continue: () => run.again(first(), (prepare) => prepare.continue(answerIn(first())?.id ?? '')),
  };
  const limits = (): unknown =>
    model.requests.slice(2).map(({ run: about }) => [about?.id, (about?.limit ?? NaN) / cent]);

  it('is sent only if one agrees', async () => {
    agrees = false;
    await begin(cent);
    assert.deepEqual([questions, model.requests.length], [['for 2'], 0]);
  });

  for (const [name, way] of Object.entries(ways)) {
    it(`belongs to the same run after "${name}"`, async () => {
      await begin(cent / 2);
      answers(cent / 2);
      await way();
      assert.deepEqual([questions, limits()], [['for 2'], [['run', 3]]]);
    });

    it(`is asked about before "${name}" if it could go beyond the limit, and raises it`, async () => {
      await begin(1.2 * cent);
      answers(cent);
      await way();
      assert.deepEqual([questions, limits()], [['for 2', 'more than 2.4'], [['run', 4]]]);
      answers(cent);
      await way();
      assert.deepEqual(questions.at(-1), 'more than 3.4');
    });

    it(`is not sent after "${name}" if one refuses`, async () => {
      await begin(1.5 * cent);
      agrees = false;
      await way();
      assert.deepEqual([questions, model.requests.length], [['for 2', 'more than 3'], 2]);
    });

    it(`is asked about as any other request after "${name}" where nothing has a price`, async () => {
      each = { tokens: 1, uncounted: [] };
      await begin(0);
      answers(0);
      await way();
      assert.deepEqual(questions, ['for 2', 'for 1']);
    });
  }

  it('fails where it is sent if a setting is wrong', async () => {
    await begin(1);
    const wrong = new RequestError('routing');
    await run.again(first(), (prepare) => {
      const prepared = prepare.retry(answerIn(first())?.id ?? '');
      return prepared && { ...prepared, request: wrong };
    });
    assert.deepEqual(answerIn(first())?.answer.outcome, { state: 'failed', failure: { kind: 'routing' } });
  });
});
