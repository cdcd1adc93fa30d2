import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { QuestionGuard } from '../../../src/host/context/questionGuard.ts';
import type { Report } from '../../../src/host/words/report.ts';
import { aContextItem, aModel, clean } from '../../support/builders.ts';

describe('what must not be sent', () => {
  let raised: Report[];
  let guard: QuestionGuard;

  beforeEach(() => {
    raised = [];
    const model = aModel({ id: 'author/small', contextLength: 1_000 });
    guard = new QuestionGuard({
      guard: {
        warmUp: () => undefined,
        refusalOf: () => Promise.resolve(undefined),
        clean: (text) => Promise.resolve(clean(text)),
        cleanItem: (item) => Promise.resolve(aContextItem(item)),
        cleanAsIs: aContextItem,
      },
      catalog: { find: () => model, nameOf: () => 'Small' },
      model: () => model.id,
      raise: (report) => raised.push(report),
    });
  });

  it('is a question of more words than the model can read', () => {
    assert.equal(guard.refuseText('Why?'), false);
    assert.equal(guard.refuseText('word '.repeat(200_000)), true);
    assert.match(raised[0]?.message ?? '', /^The question has about .* tokens, but at most 750 fit/);
    assert.deepEqual(
      raised[0]?.remedies.map(({ kind }) => kind),
      ['switchModel', 'dismiss'],
    );
  });

  it('is more context than the model can read, in all', () => {
    const item = aContextItem({ text: 'word', tokens: 400 });
    assert.equal(guard.refuse([item]), false);
    assert.equal(guard.refuse([item, item]), true);
    assert.match(raised[0]?.message ?? '', /tokens, but at most 750 fit/);
  });
});
